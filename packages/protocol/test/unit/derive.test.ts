/** Derived keys: bound to their label and parts, and never from a key of another length. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { derive } from '../../src/derive.ts';
import { createNobleLibrary } from '../../src/library-noble.ts';
import { createSodiumLibrary } from '../../src/library-sodium.ts';

const random = (length: number) => Uint8Array.from(randomBytes(length));
const libraries = [createSodiumLibrary(random), createNobleLibrary(random)];

test('a label, a part and a key each change what is derived', () => {
  for (const library of libraries) {
    const key = random(32);
    const derived = [
      derive(library, key, 'chunk', random(4)),
      derive(library, key, 'chunk', random(4)),
      derive(library, key, 'chunk'),
      derive(library, key, 'check'),
      derive(library, random(32), 'check'),
    ];
    assert.equal(new Set(derived.map((bytes) => Buffer.from(bytes).toString('hex'))).size, derived.length);
  }
});

test('a key of another length than 32 bytes is refused, an empty one too', () => {
  for (const library of libraries)
    for (const length of [0, 16, 31, 33, 64])
      assert.throws(() => derive(library, random(length), 'check'), { code: 'WRONG_LENGTH' });
});

test('the unkeyed hash is BLAKE2b with 32 bytes out, which is not BLAKE2b-512 cut short', () => {
  const message = random(100);
  for (const library of libraries) {
    const cut = createHash('blake2b512').update(message).digest().subarray(0, 32);
    assert.notDeepEqual(library.blake2b256(message), Uint8Array.from(cut));
    // RFC 7693 gives none for 32 bytes; this one is the reference implementation's, of the empty message.
    assert.equal(
      Buffer.from(library.blake2b256(new Uint8Array(0))).toString('hex'),
      '0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8',
    );
  }
});
