/** The heading of a view: takes the focus when the view appears, so that a screen reader begins there. */
import { afterNextRender, Directive, ElementRef, inject } from '@angular/core';

@Directive({ selector: 'h1[viewHeading]', host: { tabindex: '-1' } })
export class ViewHeading {
  constructor() {
    const { nativeElement } = inject<ElementRef<HTMLElement>>(ElementRef);
    afterNextRender(() => {
      scrollTo(0, 0);
      nativeElement.focus({ preventScroll: true });
    });
  }
}
