/** The three envelopes: fresh each time, refused for another version before anything is tried. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { box, chunk, openBox, openChunk, openSeal, seal } from '../../src/box.ts';
import type { Bytes } from '../../src/bytes.ts';
import { createNobleLibrary } from '../../src/library-noble.ts';
import { createSodiumLibrary } from '../../src/library-sodium.ts';
import { boxOverhead, sealOverhead } from '../../src/sizes.ts';

const random = (length: number) => Uint8Array.from(randomBytes(length));

for (const [name, library] of [
  ['libsodium', createSodiumLibrary(random)],
  ['noble', createNobleLibrary(random)],
] as const) {
  const key = random(32);
  const envelopes: readonly [string, number, (message: Bytes) => Bytes, (envelope: Bytes) => Bytes][] = [
    [
      'box',
      boxOverhead,
      (message) => box(library, key, message),
      (envelope) => openBox(library, key, envelope),
    ],
    [
      'chunk',
      boxOverhead,
      (message) => chunk(library, key, message),
      (envelope) => openChunk(library, key, envelope),
    ],
    [
      'seal',
      sealOverhead,
      (message) => seal(library, library.x25519PublicKey(key), message),
      (envelope) => openSeal(library, key, envelope),
    ],
  ];
  for (const [kind, overhead, make, open] of envelopes) {
    test(`${name}: a ${kind} adds ${overhead} bytes to a message of any length, none too`, () => {
      for (const length of [0, 1, 85, 4096]) {
        const message = random(length);
        const envelope = make(message);
        assert.equal(envelope.length, length + overhead);
        assert.deepEqual(open(envelope), message);
      }
    });

    test(`${name}: a ${kind} of the same message is another each time`, () => {
      const message = random(32);
      assert.notDeepEqual(make(message).subarray(1, 25), make(message).subarray(1, 25));
    });

    test(`${name}: a ${kind} of another version is refused whatever its length, and an empty one for its length`, () => {
      for (const first of [0, 2, 255])
        for (const length of [1, overhead - 1, overhead, 200])
          assert.throws(() => open(new Uint8Array(length).fill(first)), { code: 'UNKNOWN_VERSION' });
      assert.throws(() => open(new Uint8Array(0)), { code: 'WRONG_LENGTH' });
      assert.throws(() => open(make(random(0)).subarray(0, overhead - 1)), { code: 'WRONG_LENGTH' });
    });

    test(`${name}: a ${kind} with a byte more does not open`, () => {
      assert.throws(() => open(Uint8Array.of(...make(random(8)), 0)), { code: 'DOES_NOT_OPEN' });
    });
  }

  test(`${name}: nothing is sealed to a public key of another length`, () => {
    for (const length of [0, 31, 33])
      assert.throws(() => seal(library, random(length), random(4)), { code: 'WRONG_LENGTH' });
  });

  test(`${name}: a seal whose ephemeral key is of low order does not open`, () => {
    const sealed = seal(library, library.x25519PublicKey(key), random(4));
    sealed.fill(0, 1, 33);
    assert.throws(() => openSeal(library, key, sealed), { code: 'DOES_NOT_OPEN' });
  });
}
