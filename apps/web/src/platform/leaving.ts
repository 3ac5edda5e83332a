/** Leaving the page: asks first while something would be lost, or goes at once when the person wants to be gone. */
import { DestroyRef, effect, inject, type Signal } from '@angular/core';

let ask: ((event: BeforeUnloadEvent) => void) | null = null;

/**
 * While `wouldLose` is true the browser asks before the page is closed or loaded again. It asks in words of its own.
 *
 * @param asked told each time, so that whoever stays is shown what would have been lost.
 */
export function askBeforeLeaving(wouldLose: Signal<boolean>, asked: () => void): void {
  const asking = (event: BeforeUnloadEvent) => {
    event.preventDefault();
    asked();
  };
  ask = asking;
  effect(() => (wouldLose() ? addEventListener : removeEventListener)('beforeunload', asking));
  inject(DestroyRef).onDestroy(() => removeEventListener('beforeunload', asking));
}

/** Empties the screen and puts another address in this page's place in the history, without a question. */
export function leaveQuickly(address: string): void {
  if (ask !== null) removeEventListener('beforeunload', ask);
  document.documentElement.hidden = true;
  location.replace(address);
}
