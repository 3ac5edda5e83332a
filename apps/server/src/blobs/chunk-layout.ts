/** Where the chunks of an attachment lie in its file (S7); all follows from the padded size. */
import { boxOverhead, chunkCount, chunkLength, sealedChunkBytes } from '@sotto/protocol/sizes';

/** An attachment: its site, its id, the padded size of its plaintext in bytes. */
export type Attachment = { readonly siteId: string; readonly itemId: string; readonly paddedSize: number };

/** Offset of chunk `index` in the file, in bytes. */
export function chunkOffset(index: number): number {
  return index * sealedChunkBytes;
}

/** Bytes of chunk `index` as it travels and lies in the file. @throws ProtocolError `TOO_LARGE` where there is none. */
export function sealedChunkLength(paddedSize: number, index: number): number {
  return chunkLength(paddedSize, index) + boxOverhead;
}

/** Bytes of the whole file. */
export function sealedFileLength(paddedSize: number): number {
  return paddedSize + chunkCount(paddedSize) * boxOverhead;
}
