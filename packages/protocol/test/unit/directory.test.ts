/** Statements of the directory (S14): believed by their signature, by agents and server alike, before they are parsed. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { concat, utf8, uuidBytes, uuidFromRandom } from '../../src/bytes.ts';
import { openStatement, signStatement, siteFingerprint } from '../../src/directory.ts';
import { createNobleLibrary } from '../../src/library-noble.ts';
import { createSodiumLibrary } from '../../src/library-sodium.ts';
import { isEnrolment } from '../../src/server/enrolment.ts';
import { verifyStatement } from '../../src/server/statement.ts';
import { enrolmentMessage, signedBytes } from '../../src/statement.ts';

const random = (length: number) => Uint8Array.from(randomBytes(length));
const sodium = createSodiumLibrary(random);
const noble = createNobleLibrary(random);
const seed = random(32);
const siteKey = sodium.ed25519PublicKey(seed);
const body = { type: 'channel', version: 3, recipients: ['é😀'] };
const readers: readonly [string, (key: Uint8Array, statement: Uint8Array) => unknown][] = [
  ['an agent over libsodium', (key, statement) => openStatement(sodium, key, statement)],
  ['an agent over noble', (key, statement) => openStatement(noble, key, statement)],
  ['the server', verifyStatement],
];

function signedRaw(bytes: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(1), sodium.ed25519Sign(seed, signedBytes(bytes)), bytes);
}

for (const [name, read] of readers) {
  test(`${name} reads a statement of the site's key`, () => {
    for (const library of [sodium, noble])
      assert.deepEqual(read(siteKey, signStatement(library, seed, body)), body);
  });

  test(`${name} refuses a statement by another key, or with one bit changed`, () => {
    const statement = signStatement(sodium, seed, body);
    assert.throws(() => read(sodium.ed25519PublicKey(random(32)), statement), { code: 'WRONG_SIGNATURE' });
    for (let at = 1; at < statement.length; at += 1) {
      const changed = Uint8Array.from(statement);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.throws(() => read(siteKey, changed), { code: 'WRONG_SIGNATURE' });
    }
  });

  test(`${name} refuses a signature made for another purpose`, () => {
    const bytes = utf8(JSON.stringify(body));
    for (const signed of [bytes, concat(utf8('sotto/1/enrolment'), Uint8Array.of(0), bytes)])
      assert.throws(() => read(siteKey, concat(Uint8Array.of(1), sodium.ed25519Sign(seed, signed), bytes)), {
        code: 'WRONG_SIGNATURE',
      });
  });

  test(`${name} refuses another version, a statement without a body, and a body that is no JSON`, () => {
    const statement = signStatement(sodium, seed, body);
    assert.throws(() => read(siteKey, Uint8Array.of(2, ...statement.subarray(1))), {
      code: 'UNKNOWN_VERSION',
    });
    for (const length of [0, 1, 64, 65])
      assert.throws(() => read(siteKey, statement.subarray(0, length)), { code: 'WRONG_LENGTH' });
    for (const bytes of [utf8('{'), Uint8Array.of(0xff)])
      assert.throws(() => read(siteKey, signedRaw(bytes)), { code: 'MALFORMED' });
  });

  test(`${name} looks at the signature before the body: bad JSON by a stranger is a wrong signature`, () => {
    const foreign = concat(
      Uint8Array.of(1),
      sodium.ed25519Sign(random(32), signedBytes(utf8('{'))),
      utf8('{'),
    );
    assert.throws(() => read(siteKey, foreign), { code: 'WRONG_SIGNATURE' });
  });
}

test('under a site key of another length no signature holds', () => {
  const statement = signStatement(sodium, seed, body);
  for (const [, read] of readers)
    for (const length of [0, 31, 33])
      assert.throws(() => read(random(length), statement), { code: 'WRONG_SIGNATURE' });
});

test('the fingerprint is sixteen letters of the SHA-256, the same everywhere', () => {
  assert.match(siteFingerprint(noble, siteKey), /^[A-Z2-7]{4}( [A-Z2-7]{4}){3}$/);
  assert.equal(siteFingerprint(noble, siteKey), siteFingerprint(sodium, siteKey));
  assert.notEqual(siteFingerprint(noble, siteKey), siteFingerprint(noble, random(32)));
});

test('an enrolment is of one user and one public key, by one key, and of one length', () => {
  const user = uuidFromRandom(random(16));
  const publicKey = random(32);
  const signature = noble.ed25519Sign(seed, enrolmentMessage(uuidBytes(user), publicKey));
  assert.ok(isEnrolment(siteKey, user, publicKey, signature));
  assert.ok(!isEnrolment(siteKey, uuidFromRandom(random(16)), publicKey, signature));
  assert.ok(!isEnrolment(siteKey, user, random(32), signature));
  assert.ok(!isEnrolment(noble.ed25519PublicKey(random(32)), user, publicKey, signature));
  assert.ok(!isEnrolment(siteKey, user, publicKey, signature.subarray(1)));
  assert.throws(() => enrolmentMessage(random(15), random(33)), { code: 'WRONG_LENGTH' });
});
