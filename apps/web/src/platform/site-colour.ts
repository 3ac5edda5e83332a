/** The site's own colour: a hue, from which the stylesheet makes every shade of it (styles/tokens.css). */
import { effect, type Signal } from '@angular/core';

/** Gives the page the hue, in degrees; the stylesheet's own while there is none. */
export function showAccent(accent: Signal<number | null>): void {
  effect(() => {
    const hue = accent();
    // A number, so nothing else can get into the stylesheet; set by script, so the page's policy needs no inline styles.
    if (hue !== null) document.documentElement.style.setProperty('--hue', String(hue));
  });
}
