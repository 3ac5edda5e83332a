/** The words of the whistleblower's first view. */
import { InjectionToken } from '@angular/core';
import { firstViewWords } from './en-first-view.ts';

export type FirstViewWords = typeof firstViewWords;

export const FIRST_VIEW_WORDS = new InjectionToken<FirstViewWords>('first view words', {
  factory: () => firstViewWords,
});
