/** The rule of passwords: classes, length and different characters, counted as people see them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkNewPassword, reviewPassword } from '@sotto/client/password-strength';

const strength = (password: string) => reviewPassword(password).strength;
const lacks = (password: string) =>
  reviewPassword(password).lacks.map((lack) => ('count' in lack ? `${lack.count} ${lack.kind}` : lack.kind));

test('strong has all four classes, twelve characters, ten different ones', () => {
  assert.equal(strength('Abcdefgh1-23'), 'strong');
  assert.equal(strength('Abcdefgh1-2'), 'acceptable', 'eleven characters');
  assert.equal(strength('Abcdefg1-AAA'), 'acceptable', 'nine different');
  assert.equal(strength('Abcdefghijkl1'), 'acceptable', 'no symbol');
});

test('acceptable has three classes, ten characters, seven different ones; what is less is insecure', () => {
  assert.equal(strength('Abcdef1111'), 'acceptable');
  assert.equal(strength('Abcdef111'), 'insecure', 'nine characters');
  assert.equal(strength('Abcde11111'), 'insecure', 'six different');
  assert.equal(strength('abcdef1234567890'), 'insecure', 'two classes');
  assert.equal(strength('seven quiet boats on a river'), 'insecure', 'two classes, however long');
  assert.equal(strength(''), 'insecure');
});

test('what is missing for the next better rating is told, and nothing else', () => {
  assert.deepEqual(lacks('abc'), ['capitals', 'digits', 'symbols', '7 characters', '4 different']);
  assert.deepEqual(lacks('Abcdef1111'), ['symbols', '2 characters', '3 different']);
  assert.deepEqual(lacks('Abcdef1 '), ['2 characters']);
  assert.deepEqual(lacks('Abcdefgh1-23'), []);
});

test('characters are counted as people see them, not as UTF-16 or a keyboard wrote them', () => {
  // Six horses are twelve code units, and one different character.
  assert.deepEqual(lacks('🐎🐎🐎🐎🐎🐎'), [
    'capitals',
    'small-letters',
    'digits',
    '4 characters',
    '6 different',
  ]);
  // e with a combining accent is one letter, as it is stretched.
  assert.deepEqual(lacks('Abcde\u0301f1 '), lacks('Abcd\u00e9f1 '));
  // Full-width digits and letters are what they look like.
  assert.equal(strength('Ａbcdef１１１１'), 'acceptable');
});

test('capitals, digits and symbols of any script count', () => {
  assert.equal(strength('Тихая-река-9-фонарь'), 'strong');
  assert.equal(strength('Ήσυχος-ποταμός-٣'), 'strong');
});

test('a new password that is insecure is refused by the agent before anything is stretched', () => {
  assert.throws(() => checkNewPassword('Abcdef111', []), { code: 'PASSWORD_INSECURE' });
  assert.throws(() => checkNewPassword('Password123!', []), { code: 'PASSWORD_INSECURE' });
  assert.throws(() => checkNewPassword('Lindgren-1234', ['Ruth Lindgren']), { code: 'PASSWORD_INSECURE' });
  checkNewPassword('Abcdef1111', []);
});

test('what attackers try first is insecure, whatever capital or sign was put to it', () => {
  for (const password of [
    'Password123',
    'pAssword123!',
    '--Qwerty12345--',
    'Qazwsxedc123',
    'Liverpool-2026!',
  ]) {
    assert.deepEqual(
      reviewPassword(password),
      { strength: 'insecure', lacks: [{ kind: 'common' }] },
      password,
    );
  }
  assert.equal(strength('Password123 on a boat'), 'strong', 'it is part of more');
  assert.equal(strength('Liverpool-84629'), 'strong', 'longer than a year');
});

test('the list of common passwords is the one that its source makes', async () => {
  const { source, commonPasswords } = await import('../support/make-common-passwords.ts');
  const file = join(import.meta.dirname, '../../src/common-passwords.ts');
  assert.ok(readFileSync(file, 'utf8') === source(commonPasswords()), 'make it anew, as its first line says');
});

test('words that everybody here knows do not count: of the person, the account, the site, the product', () => {
  const around = ['ruth.lindgren', 'Ruth Lindgren', 'Harbour Reports'];
  const review = (password: string) => reviewPassword(password, around);
  const leaningOn = (word: string) => ({ strength: 'insecure', lacks: [{ kind: 'known-word', word }] });
  assert.deepEqual(review('Lindgren2026!'), leaningOn('lindgren'));
  assert.deepEqual(review('LINDGREN-ruth-1'), leaningOn('ruth'));
  assert.deepEqual(review('My-harbour-1'), leaningOn('harbour'));
  assert.deepEqual(review('Sotto-Sotto-123'), leaningOn('sotto'));
  // What is left without them is strong by itself.
  assert.equal(review('Ruth-7-lantern-Boat').strength, 'strong');
  // Short words stand in many passwords by chance.
  assert.equal(reviewPassword('Banana-4783-xyz', ['Ana']).strength, 'strong');
});
