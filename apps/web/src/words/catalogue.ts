/**
 * The words that places of both pages use. A catalogue is a plain object, so a key that is missing or misspelt does not compile, in
 * templates too. Another language is another object of the same type, provided under the same token; each page's own
 * words have a token beside them, and so have the words that come first, so that no page carries what it does not show.
 */
import { InjectionToken } from '@angular/core';
import { sharedWords } from './en-shared.ts';

export type SharedWords = typeof sharedWords;

export const SHARED_WORDS = new InjectionToken<SharedWords>('words', { factory: () => sharedWords });
