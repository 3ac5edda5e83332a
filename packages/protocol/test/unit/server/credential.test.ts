/** The server's half of S1: nothing to guess on in the database, and one salt for one name. */
import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import {
  credentialVerifier,
  equalSecrets,
  foldUserName,
  sha256,
  userSalt,
} from '../../../src/server/credential.ts';

const random = (length: number) => Uint8Array.from(randomBytes(length));

test('a verifier is made with the pepper: another pepper gives another', () => {
  const hash = sha256(random(32));
  const pepper = random(32);
  assert.deepEqual(
    credentialVerifier(pepper, hash),
    Uint8Array.from(createHmac('sha256', pepper).update(hash).digest()),
  );
  assert.notDeepEqual(credentialVerifier(random(32), hash), credentialVerifier(pepper, hash));
});

test('an unknown name has a salt as a known one does, always the same', () => {
  const pepper = random(32);
  assert.equal(userSalt(pepper, 'nobody').length, 16);
  assert.deepEqual(userSalt(pepper, 'nobody'), userSalt(pepper, 'nobody'));
  assert.notDeepEqual(userSalt(pepper, 'nobody'), userSalt(pepper, 'somebody'));
  assert.notDeepEqual(userSalt(pepper, 'nobody'), userSalt(random(32), 'nobody'));
});

test('two spellings of a name have one salt', () => {
  const pepper = random(32);
  for (const [one, other] of [
    ['Anna', 'anna'],
    ['Ａｎｎａ', 'ANNA'],
    ['Jose\u0301', 'José'],
  ] as const)
    assert.deepEqual(userSalt(pepper, one), userSalt(pepper, other));
});

test('folding a folded name changes nothing, for every character there is', () => {
  for (let point = 0; point < 0x11_0000; point += 1) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const folded = foldUserName(String.fromCodePoint(point));
    assert.equal(foldUserName(folded), folded);
  }
});

test('secrets are equal when all bytes are, and different lengths are no error', () => {
  const secret = random(32);
  assert.ok(equalSecrets(secret, Uint8Array.from(secret)));
  assert.ok(!equalSecrets(secret, random(32)));
  assert.ok(!equalSecrets(secret, secret.subarray(0, 31)));
});
