/**
 * How strong a password is. The check is the client's alone, since the server never sees a password (docs/security/known-limits.md);
 * it is here, so that every agent holds to it and not only a screen.
 */
import { ClientError } from './errors.ts';

export type Strength = 'strong' | 'acceptable' | 'insecure';
/** What a password may still need, in the order it is told. */
export type Lack =
  | { readonly kind: 'capitals' | 'small-letters' | 'digits' | 'symbols' }
  | { readonly kind: 'characters' | 'different'; readonly count: number };
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

/** Rates a password as it will be stretched: in NFKC (S1), by characters and not by UTF-16 code units. */
export function reviewPassword(password: string): PasswordReview {
  const characters = [...password.slice(0, looksAt).normalize('NFKC')];
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

/** @throws ClientError `PASSWORD_INSECURE`: nothing was stretched or sent. */
export function checkNewPassword(password: string): void {
  if (reviewPassword(password).strength === 'insecure') throw new ClientError('PASSWORD_INSECURE');
}

function lackOf(kind: 'characters' | 'different', count: number): Lack[] {
  return count > 0 ? [{ kind, count }] : [];
}
