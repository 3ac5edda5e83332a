/** The rule of passwords: classes, length and different characters, counted as people see them. */
import assert from 'node:assert/strict';
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
  assert.throws(() => checkNewPassword('Abcdef111'), { code: 'PASSWORD_INSECURE' });
  checkNewPassword('Abcdef1111');
});
