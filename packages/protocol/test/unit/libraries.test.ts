/** libsodium and noble are one to the protocol: what one makes, the other opens, and both refuse the same. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { box, chunk, openBox, openChunk, openSeal, seal } from '../../src/box.ts';
import type { Library } from '../../src/library.ts';
import { createNobleLibrary } from '../../src/library-noble.ts';
import { createSodiumLibrary } from '../../src/library-sodium.ts';

const random = (length: number) => Uint8Array.from(randomBytes(length));
const sodium = createSodiumLibrary(random);
const noble = createNobleLibrary(random);
const pairs: readonly [string, Library, Library][] = [
  ['libsodium → noble', sodium, noble],
  ['noble → libsodium', noble, sodium],
];
const message = random(1000);

for (const [name, from, to] of pairs) {
  test(`${name}: a box, a chunk and a seal of one open with the other`, () => {
    const key = random(32);
    assert.deepEqual(openBox(to, key, box(from, key, message)), message);
    assert.deepEqual(openChunk(to, key, chunk(from, key, message)), message);
    assert.deepEqual(openSeal(to, key, seal(from, to.x25519PublicKey(key), message)), message);
  });

  test(`${name}: hashes, public keys and signatures are the same`, () => {
    const seed = random(32);
    assert.deepEqual(from.sha256(message), to.sha256(message));
    assert.deepEqual(from.blake2b256(message), to.blake2b256(message));
    assert.deepEqual(from.blake2b256(message, seed), to.blake2b256(message, seed));
    assert.deepEqual(from.x25519PublicKey(seed), to.x25519PublicKey(seed));
    assert.deepEqual(from.ed25519Sign(seed, message), to.ed25519Sign(seed, message));
    assert.ok(to.ed25519Verify(from.ed25519PublicKey(seed), message, from.ed25519Sign(seed, message)));
  });
}

// The points of small order on Curve25519 and its twist (Bernstein, cr.yp.to/ecdh.html#validate).
const lowOrderPoints = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];
for (const [name, library] of [
  ['libsodium', sodium],
  ['noble', noble],
] as const) {
  test(`${name}: a public key of low order is refused`, () => {
    for (const point of lowOrderPoints) {
      assert.throws(() => seal(library, Uint8Array.from(Buffer.from(point, 'hex')), message), {
        code: 'LOW_ORDER_KEY',
      });
    }
  });

  test(`${name}: one flipped bit anywhere, a cut or another key, and nothing opens`, () => {
    const key = random(32);
    const whole = box(library, key, message.subarray(0, 40));
    for (let bit = 8; bit < whole.length * 8; bit += 1) {
      const changed = Uint8Array.from(whole);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.throws(() => openBox(library, key, changed), { code: 'DOES_NOT_OPEN' });
    }
    for (let length = 1; length < whole.length; length += 1) {
      assert.throws(() => openBox(library, key, whole.subarray(0, length)), /does not open|another length/);
    }
    assert.throws(() => openBox(library, random(32), whole), { code: 'DOES_NOT_OPEN' });
    assert.throws(() => openBox(library, key, Uint8Array.of(2, ...whole.subarray(1))), {
      code: 'UNKNOWN_VERSION',
    });
  });
}
