/** The words of the whistleblower's page. */
import { InjectionToken } from '@angular/core';
import { whistleblowerWords } from './en-whistleblower.ts';

export type WhistleblowerWords = typeof whistleblowerWords;

export const WHISTLEBLOWER_WORDS = new InjectionToken<WhistleblowerWords>('whistleblower words', {
  factory: () => whistleblowerWords,
});
