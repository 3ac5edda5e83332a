/**
 * How strong a password is. The check is the client's alone, since the server never sees a password (docs/security/known-limits.md);
 * it is here, so that every agent holds to it and not only a screen.
 */
import { commonPasswords } from './common-passwords.ts';
import { ClientError } from './errors.ts';

export type Strength = 'strong' | 'acceptable' | 'insecure';
/** What a password may still need, in the order it is told. */
export type Lack =
  | { readonly kind: 'capitals' | 'small-letters' | 'digits' | 'symbols' }
  | { readonly kind: 'characters' | 'different'; readonly count: number }
  /** Attackers try it first. */
  | { readonly kind: 'common' }
  /** Too little is left of it beside a word that everybody here knows. */
  | { readonly kind: 'known-word'; readonly word: string };
export type PasswordReview = {
  readonly strength: Strength;
  /** What is missing for the next better rating; empty when it is strong. */
  readonly lacks: readonly Lack[];
};

type Rule = { readonly classes: number; readonly characters: number; readonly different: number };
const rules = {
  strong: { classes: 4, characters: 12, different: 10 },
  acceptable: { classes: 3, characters: 10, different: 7 },
} as const satisfies Record<string, Rule>;

/** Anything that is no letter with a case and no digit is a symbol: a space, a full stop, a letter of a script without capitals. */
const classes = [
  ['capitals', /\p{Lu}|\p{Lt}/u],
  ['small-letters', /\p{Ll}/u],
  ['digits', /\p{Nd}/u],
  ['symbols', /[^\p{Lu}\p{Lt}\p{Ll}\p{Nd}]/u],
] as const;

/** Longer texts are not looked at whole while somebody types. */
const looksAt = 2048;
/** In every list of words that a password of this site may not lean on. */
const product = 'sotto';
/** A shorter word stands in many passwords by chance. */
const shortestWord = 4;

/**
 * Rates a password as it will be stretched: in NFKC (S1), by characters and not by UTF-16 code units.
 *
 * @param around what everybody here knows: names of the person, the account, the site. Their words do not count.
 */
export function reviewPassword(password: string, around: readonly string[] = []): PasswordReview {
  const text = password.slice(0, looksAt).normalize('NFKC');
  const whole = rate(text);
  if (whole.strength === 'insecure') return whole;
  if (isCommon(text)) return { strength: 'insecure', lacks: [{ kind: 'common' }] };
  const { rest, word } = without(text, wordsOf([product, ...around]));
  if (word === null) return whole;
  const review = rate(rest);
  return review.strength === 'insecure'
    ? { strength: 'insecure', lacks: [{ kind: 'known-word', word }] }
    : review;
}

/** @throws ClientError `PASSWORD_INSECURE`: nothing was stretched or sent. */
export function checkNewPassword(password: string, around: readonly string[]): void {
  if (reviewPassword(password, around).strength === 'insecure') throw new ClientError('PASSWORD_INSECURE');
}

/** As a list of common passwords has it: in small letters, without signs before and after. */
export function bare(password: string): string {
  return password.toLowerCase().replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}

/** Whether it is one of the list, or one with a number behind it that is no longer than a year. */
function isCommon(password: string): boolean {
  const word = bare(password);
  return commonPasswords.has(word) || commonPasswords.has(bare(word.replace(/\d{1,4}$/, '')));
}

/** By the rule alone. */
export function rate(text: string): PasswordReview {
  const characters = [...text];
  const different = new Set(characters).size;
  const missing = classes.filter(([, form]) => !characters.some((character) => form.test(character)));
  const lacksOf = (rule: Rule): Lack[] => {
    // With one class to spare nothing is said of it: any of those that are missing would do.
    const wanted = classes.length - missing.length < rule.classes ? missing : [];
    return [
      ...wanted.map(([kind]) => ({ kind })),
      ...lackOf('characters', rule.characters - characters.length),
      ...lackOf('different', rule.different - different),
    ];
  };
  const [forStrong, forAcceptable] = [lacksOf(rules.strong), lacksOf(rules.acceptable)];
  if (forStrong.length === 0) return { strength: 'strong', lacks: [] };
  if (forAcceptable.length === 0) return { strength: 'acceptable', lacks: forStrong };
  return { strength: 'insecure', lacks: forAcceptable };
}

function wordsOf(names: readonly string[]): string[] {
  const words = names.flatMap((name) =>
    name
      .normalize('NFKC')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u),
  );
  return [...new Set(words)].filter((word) => [...word].length >= shortestWord);
}

/** The text without the words, in whatever case, and the first of them that it held. */
function without(text: string, words: readonly string[]): { rest: string; word: string | null } {
  let [rest, first]: [string, string | null] = [text, null];
  for (const word of words) {
    // Only where small letters are as many as what they were: no place would be found otherwise.
    for (;;) {
      const small = rest.toLowerCase();
      const at = small.length === rest.length ? small.indexOf(word) : -1;
      if (at === -1) break;
      first ??= word;
      rest = rest.slice(0, at) + rest.slice(at + word.length);
    }
  }
  return { rest, word: first };
}

function lackOf(kind: 'characters' | 'different', count: number): Lack[] {
  return count > 0 ? [{ kind, count }] : [];
}
