/** Attachments (S7): chunks of 512 KiB, each sealed by itself under a key of its place, in a file padded to its Padmé size. */
import { chunk, openChunk } from './box.ts';
import { type Bytes, uint32 } from './bytes.ts';
import { derive } from './derive.ts';
import { ProtocolError } from './errors.ts';
import type { Library } from './library.ts';
import { chunkBytes, chunkLength, keyBytes, paddedFileSize } from './sizes.ts';

export function makeFileKey(library: Library): Bytes {
  return library.random(keyBytes);
}

/**
 * Where the true bytes of a chunk lie in the file: from `start` up to `end`, which is less than the chunk holds where only padding is left.
 *
 * @param size true size of the file, in bytes.
 */
export function chunkRange(size: number, index: number): { start: number; end: number } {
  chunkLength(paddedFileSize(size), index);
  const start = Math.min(size, index * chunkBytes);
  return { start, end: Math.min(size, start + chunkBytes) };
}

/**
 * chunk(derive(file key, "chunk", index), plaintext filled with zeros).
 *
 * @param plaintext the bytes of {@link chunkRange}, not more and not fewer.
 * @throws ProtocolError `WRONG_LENGTH` otherwise, `TOO_LARGE` for a chunk the file does not have.
 */
export function sealChunk(
  library: Library,
  fileKey: Uint8Array,
  size: number,
  index: number,
  plaintext: Uint8Array,
): Bytes {
  const { start, end } = chunkRange(size, index);
  if (plaintext.length !== end - start) throw new ProtocolError('WRONG_LENGTH');
  const filled = new Uint8Array(chunkLength(paddedFileSize(size), index));
  filled.set(plaintext);
  return chunk(library, chunkKey(library, fileKey, index), filled);
}

/**
 * Opens one chunk and takes its filling away.
 *
 * @throws ProtocolError what {@link openChunk} throws, `WRONG_LENGTH` for a chunk of another size, `BAD_PADDING` when the filling is not zeros.
 */
export function openFileChunk(
  library: Library,
  fileKey: Uint8Array,
  size: number,
  index: number,
  sealed: Uint8Array,
): Bytes {
  const { start, end } = chunkRange(size, index);
  const filled = openChunk(library, chunkKey(library, fileKey, index), sealed);
  if (filled.length !== chunkLength(paddedFileSize(size), index)) throw new ProtocolError('WRONG_LENGTH');
  if (filled.subarray(end - start).some((byte) => byte !== 0)) throw new ProtocolError('BAD_PADDING');
  return filled.slice(0, end - start);
}

function chunkKey(library: Library, fileKey: Uint8Array, index: number): Bytes {
  return derive(library, fileKey, 'chunk', uint32(index));
}
