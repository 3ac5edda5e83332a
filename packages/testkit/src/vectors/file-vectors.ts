/** Vectors of S7: the chunks of an attachment. */
import { chunk, derive, draw, uint32 } from './reference.ts';
import type { NamedVector } from './vector.ts';
import { flipped, gives, refuses } from './writing.ts';

const key = draw('report key');
const fileKey = draw('file key');
const size = 5000;
const fileBytes = draw('file', size);
const filled = Buffer.concat([fileBytes, Buffer.alloc(5120 - size)]);
const chunkNonce = draw('chunk nonce', 24);
const chunkKey = (index: number) => derive(fileKey, 'chunk', uint32(index));
const sealedChunk = chunk(chunkKey(0), chunkNonce, filled);
const first = { fileKey, size, index: 0 };

export const fileVectors: readonly NamedVector[] = [
  gives(
    's07-chunk-sealed',
    'a chunk is filled with zeros to its place and sealed under the key of its index',
    'seal-chunk',
    { random: [chunkNonce], ...first, plaintext: fileBytes },
    { chunk: sealedChunk },
  ),
  gives(
    's07-chunk-opened',
    'a chunk opens to the true bytes alone',
    'open-file-chunk',
    { ...first, chunk: sealedChunk },
    { plaintext: fileBytes },
  ),
  gives(
    's07-chunk-of-empty-file',
    'an empty file has one chunk of filling',
    'open-file-chunk',
    { fileKey, size: 0, index: 0, chunk: chunk(chunkKey(0), chunkNonce, Buffer.alloc(4096)) },
    { plaintext: '' },
  ),
  refuses(
    's07-chunk-of-another-place',
    'a chunk of another index does not open',
    'open-file-chunk',
    { ...first, chunk: chunk(chunkKey(1), chunkNonce, filled) },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    's07-chunk-of-another-file',
    'a chunk of another file does not open',
    'open-file-chunk',
    { ...first, fileKey: key, chunk: sealedChunk },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    's07-chunk-changed',
    'a chunk with one bit changed does not open',
    'open-file-chunk',
    { ...first, chunk: flipped(sealedChunk, 2000) },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    's07-chunk-of-another-size',
    'a chunk that opens but is shorter than its place is refused',
    'open-file-chunk',
    { ...first, chunk: chunk(chunkKey(0), chunkNonce, filled.subarray(0, 4096)) },
    'WRONG_LENGTH',
    'content',
  ),
  refuses(
    's07-chunk-filled-with-ones',
    'a chunk filled with anything but zeros is refused',
    'open-file-chunk',
    { ...first, chunk: chunk(chunkKey(0), chunkNonce, flipped(filled, -1)) },
    'BAD_PADDING',
    'content',
  ),
  refuses(
    's07-chunk-too-many',
    'a chunk the file does not have is refused unopened',
    'open-file-chunk',
    { ...first, index: 1, chunk: sealedChunk },
    'TOO_LARGE',
    'form',
  ),
  refuses(
    's07-chunk-one-byte-short',
    'a chunk with a byte missing is not sealed',
    'seal-chunk',
    { ...first, plaintext: fileBytes.subarray(1) },
    'WRONG_LENGTH',
    'form',
  ),
  gives(
    's07-chunk-range-last',
    'the last chunk of a file holds what is left',
    'chunk-range',
    { size: 600_000, index: 1 },
    { start: 524_288, end: 600_000 },
  ),
  gives(
    's07-chunk-range-filling',
    'a chunk behind the end of the file holds none of it',
    'chunk-range',
    { size: 33_554_433, index: 65 },
    { start: 33_554_433, end: 33_554_433 },
  ),
];
