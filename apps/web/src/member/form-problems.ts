/** What is wrong with a form, by the ids of its fields; nothing is sent before it is empty. */
import type { SignInWords } from '../words/sign-in-catalogue.ts';

export type FieldProblems = Readonly<Record<string, string>>;

export function filledProblem(text: string, words: Pick<SignInWords, 'fields'>): string | null {
  return text.trim() === '' ? words.fields.missing : null;
}

/** Only the fields that have a problem, in the order given. */
export function problemsOf(checks: Readonly<Record<string, string | null>>): FieldProblems {
  const found = Object.entries(checks).flatMap(([id, problem]) => (problem === null ? [] : [[id, problem]]));
  return Object.fromEntries(found);
}

/** Moves the focus to the first field that has a problem. @returns whether there is one. */
export function focusFirst(problems: FieldProblems): boolean {
  const [first] = Object.keys(problems);
  if (first === undefined) return false;
  document.getElementById(first)?.focus();
  return true;
}
