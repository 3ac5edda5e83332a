/**
 * The list of common passwords, out of the 49 233 of zxcvbn-ts, which come most common first: `node packages/client/test/support/make-common-passwords.ts`
 * writes src/common-passwords.ts. Two of them pass the rule as they stand. What is kept is what people get past it: each that
 * passes with a capital letter at the front, and of the 3 000 most common each that passes with a sign, or a one and a sign,
 * at its end as well.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bare, rate } from '@sotto/client/password-strength';

const file = join(import.meta.dirname, '../../src/common-passwords.ts');
const mostCommon = 3000;
const lineWidth = 120;

if (import.meta.main) writeFileSync(file, source(commonPasswords()));

export function commonPasswords(): readonly string[] {
  const { resolve } = createRequire(import.meta.url);
  const words: readonly string[] = JSON.parse(
    readFileSync(resolve('@zxcvbn-ts/language-common/src/passwords.json'), 'utf8'),
  );
  const passes = (password: string) => rate(password).strength !== 'insecure';
  const kept = words.filter((word, rank) => {
    const capital = word.charAt(0).toUpperCase() + word.slice(1);
    const ends = rank < mostCommon ? ['', '!', '1!'] : [''];
    return passes(word) || ends.some((end) => passes(capital + end));
  });
  return [...new Set(kept.map(bare))].sort();
}

/** What the file says: words in lines. */
export function source(words: readonly string[]): string {
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + word.length < lineWidth)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return `/** Passwords that attackers try first and that would pass the rule with a capital letter or a sign. Made by test/support/make-common-passwords.ts. */
export const commonPasswords: ReadonlySet<string> = new Set(
  \`
${lines.join('\n')}
\`
    .trim()
    .split(/\\s/),
);
`;
}
