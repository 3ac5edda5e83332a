/** Made-up passphrases: strong by the rule, fair by their making, and as much chance as is said. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { reviewPassword } from '@sotto/client/password-strength';
import { makePassphrase, passphraseBits } from '../../src/member/password/passphrase.ts';
import { words } from '../../src/member/password/word-list.ts';

const random = (count: number): Uint16Array =>
  Uint16Array.from({ length: count }, () => randomBytes(2).readUInt16BE());

test('the list has 1024 different words of three to eight small letters', () => {
  assert.equal(words.length, 1024);
  assert.equal(new Set(words).size, 1024);
  for (const word of words) assert.match(word, /^[a-z]{3,8}$/);
});

test('a passphrase is strong by the rule, whatever chance gives', () => {
  for (let round = 0; round < 2000; round += 1)
    assert.equal(reviewPassword(makePassphrase(random)).strength, 'strong');
});

test('a passphrase holds as many bits of chance as is said: six words of the list and a fair digit', () => {
  assert.equal(passphraseBits, 63);
  const form = /^([A-Z][a-z]+)-([a-z]+)-([a-z]+)-([a-z]+)-([a-z]+)-([a-z]+)-([0-9])$/;
  for (let round = 0; round < 200; round += 1) {
    const [, ...parts] = form.exec(makePassphrase(random)) ?? [];
    assert.equal(parts.length, 7);
    for (const word of parts.slice(0, 6)) assert.ok(words.includes(word.toLowerCase()), word);
  }
});

test('numbers that would favour some digits are drawn again', () => {
  const drawn = [0, 0, 0, 0, 0, 0, 65_535, 65_530, 65_529];
  const given = (count: number) => Uint16Array.from(drawn.splice(0, count));
  assert.match(makePassphrase(given), /-9$/);
  assert.deepEqual(drawn, []);
});
