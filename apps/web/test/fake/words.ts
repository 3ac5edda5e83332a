/** The words that stories read and write: of the pages, in both languages. */

import { firstViewWords } from '../../src/words/en-first-view.ts';
import { frameWords } from '../../src/words/en-frame.ts';
import { memberWords } from '../../src/words/en-member.ts';
import { memberErrorWords } from '../../src/words/en-member-errors.ts';
import { sharedWords } from '../../src/words/en-shared.ts';
import { signInWords } from '../../src/words/en-sign-in.ts';
import { whistleblowerWords } from '../../src/words/en-whistleblower.ts';
import { pseudo, pseudoCatalogue } from './pseudo-language.ts';

export type Language = 'english' | 'pseudo';
export const englishWords = {
  frame: frameWords,
  firstView: firstViewWords,
  shared: sharedWords,
  whistleblower: whistleblowerWords,
  signIn: signInWords,
  member: memberWords,
};
export type Words = typeof englishWords;
export const pseudoWords: Words = pseudoCatalogue(englishWords);
/** Of both pages: whoever finds more words here than a page has does no harm in a test. */
export const pseudoErrorWords: typeof memberErrorWords = (code) => pseudoCatalogue(memberErrorWords(code));
/** What made-up people say, in the language. */
export const sayIn: Readonly<Record<Language, (text: string) => string>> = {
  english: (text) => text,
  pseudo,
};
