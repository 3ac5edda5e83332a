/** Attachments (S7): each chunk opens at its own place in a file of its own size, or not at all. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { chunkRange, makeFileKey, openFileChunk, sealChunk } from '../../src/attachment.ts';
import { chunk } from '../../src/box.ts';
import { concat, uint32 } from '../../src/bytes.ts';
import { derive } from '../../src/derive.ts';
import { createSodiumLibrary } from '../../src/library-sodium.ts';
import { boxOverhead, chunkBytes, chunkCount, paddedFileSize } from '../../src/sizes.ts';

const random = (length: number) => Uint8Array.from(randomBytes(length));
const library = createSodiumLibrary(random);
const fileKey = makeFileKey(library);

for (const size of [0, 1, 4096, 4097, chunkBytes - 1, chunkBytes, chunkBytes + 1, 1_600_000]) {
  test(`a file of ${size} bytes comes back byte for byte from its chunks in any order`, () => {
    const file = random(size);
    const count = chunkCount(paddedFileSize(size));
    const sealed = Array.from({ length: count }, (_, index) => {
      const { start, end } = chunkRange(size, index);
      return sealChunk(library, fileKey, size, index, file.subarray(start, end));
    });
    assert.equal(
      sealed.reduce((sum, one) => sum + one.length - boxOverhead, 0),
      paddedFileSize(size),
    );
    const opened: Uint8Array[] = [];
    for (let index = count - 1; index >= 0; index -= 1)
      opened.unshift(openFileChunk(library, fileKey, size, index, sealed[index] ?? new Uint8Array(0)));
    assert.deepEqual(concat(...opened), file);
  });
}

test('a chunk that is only filling holds no byte of the file', () => {
  const size = chunkBytes * 64 + 1;
  const last = chunkCount(paddedFileSize(size)) - 1;
  assert.equal(last, 65);
  assert.deepEqual(chunkRange(size, last), { start: size, end: size });
  const sealed = sealChunk(library, fileKey, size, last, new Uint8Array(0));
  assert.equal(openFileChunk(library, fileKey, size, last, sealed).length, 0);
});

test('two chunks exchanged, a chunk of another file, or of a file of another size do not open', () => {
  const size = chunkBytes * 2;
  const first = sealChunk(library, fileKey, size, 0, random(chunkBytes));
  assert.throws(() => openFileChunk(library, fileKey, size, 1, first), { code: 'DOES_NOT_OPEN' });
  assert.throws(() => openFileChunk(library, makeFileKey(library), size, 0, first), {
    code: 'DOES_NOT_OPEN',
  });
  assert.throws(() => openFileChunk(library, fileKey, 5000, 0, first), { code: 'WRONG_LENGTH' });
});

test('a chunk filled with anything but zeros is refused', () => {
  const filled = random(5120);
  filled[5000] = 1;
  const sealed = chunk(library, derive(library, fileKey, 'chunk', uint32(0)), filled);
  assert.throws(() => openFileChunk(library, fileKey, 5000, 0, sealed), { code: 'BAD_PADDING' });
});

test('a chunk of more or fewer bytes than its place holds, or of no place, is not sealed', () => {
  assert.throws(() => sealChunk(library, fileKey, 5000, 0, random(4999)), { code: 'WRONG_LENGTH' });
  assert.throws(() => sealChunk(library, fileKey, 5000, 0, random(5001)), { code: 'WRONG_LENGTH' });
  assert.throws(() => sealChunk(library, fileKey, 5000, 1, random(0)), { code: 'TOO_LARGE' });
  assert.throws(() => sealChunk(library, fileKey, -1, 0, random(0)), { code: 'TOO_LARGE' });
});
