/** The printed recovery key is read as people type, and one wrong letter is told. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { createNobleLibrary } from '../../src/library-noble.ts';
import { printRecoveryKey, readRecoveryKey } from '../../src/recovery-key.ts';

const random = (length: number) => Uint8Array.from(randomBytes(length));
const library = createNobleLibrary(random);
const malformed = { code: 'RECOVERY_KEY_MALFORMED' };

test('a recovery key is fourteen groups of four, and is read back', () => {
  const key = random(32);
  const printed = printRecoveryKey(library, key);
  assert.match(printed, /^[A-Z2-7]{4}( [A-Z2-7]{4}){13}$/);
  for (const typed of [
    printed,
    printed.toLowerCase(),
    printed.replaceAll(' ', ''),
    printed.replaceAll(' ', '-'),
    `\t${printed}\n`,
  ])
    assert.deepEqual(readRecoveryKey(library, typed), key);
});

test('any one letter wrong, or two neighbours exchanged, is told', () => {
  const printed = printRecoveryKey(library, random(32)).replaceAll(' ', '');
  for (let at = 0; at < printed.length; at += 1) {
    const letter = printed[at] === 'A' ? 'B' : 'A';
    assert.throws(
      () => readRecoveryKey(library, printed.slice(0, at) + letter + printed.slice(at + 1)),
      malformed,
    );
    const exchanged =
      printed.slice(0, at) + (printed[at + 1] ?? '') + (printed[at] ?? '') + printed.slice(at + 2);
    if (exchanged !== printed) assert.throws(() => readRecoveryKey(library, exchanged), malformed);
  }
});

test('a recovery key cut short, too long, or with a letter that is none is refused', () => {
  const printed = printRecoveryKey(library, random(32));
  for (const typed of [
    '',
    printed.slice(0, -1),
    `${printed}A`,
    printed.replace(/^./, '1'),
    'A'.repeat(10_000_000),
  ])
    assert.throws(() => readRecoveryKey(library, typed), malformed);
});

test('a recovery key of another length is not printed', () => {
  for (const length of [0, 31, 33])
    assert.throws(() => printRecoveryKey(library, random(length)), { code: 'WRONG_LENGTH' });
});
