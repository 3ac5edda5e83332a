/** The words for what went wrong, apart from the others: a page that has just begun to arrive does without them. */
import { InjectionToken } from '@angular/core';
import { errorWords } from './en-errors.ts';

export const ERROR_WORDS = new InjectionToken<typeof errorWords>('error words', {
  factory: () => errorWords,
});
