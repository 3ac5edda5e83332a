/** A made-up passphrase: words that chance puts together, a digit and a capital, so that it is strong by the rule and can be learnt. */
import { words } from './word-list.ts';

/** Six words out of 1024 and a digit. */
const wordCount = 6;
const digits = 10;

/** Bits of chance in one, rounded down. The capital letter is always in the same place and adds none. */
export const passphraseBits = Math.floor(wordCount * Math.log2(words.length) + Math.log2(digits));

/**
 * Words with hyphens between them, the first with a capital letter, and a digit at the end.
 *
 * @param random numbers of 16 bits; the browser's own generator.
 */
export function makePassphrase(random: (count: number) => Uint16Array): string {
  // 1024 divides 65536: each word is as likely as any other.
  const chosen = [...random(wordCount)].map((number) => words[number % words.length] ?? '');
  const [first = '', ...others] = chosen;
  return [first.slice(0, 1).toUpperCase() + first.slice(1), ...others, fairDigit(random)].join('-');
}

/** Numbers at the end that do not fill a whole ten are drawn again. */
function fairDigit(random: (count: number) => Uint16Array): string {
  const most = 0x1_0000 - (0x1_0000 % digits);
  for (;;) {
    const [number = most] = random(1);
    if (number < most) return String(number % digits);
  }
}

export const browserRandom = (count: number): Uint16Array => crypto.getRandomValues(new Uint16Array(count));
