/** Looks through a file too large for memory, most of which may be holes: the image of a disk, the core of a process. */
import { open } from 'node:fs/promises';
import type { ByteSearch, Hit } from './byte-search.ts';

/** Bytes looked at together. */
const pieceSize = 4 * 1024 * 1024;

/** Finds every place of every needle. */
export async function searchFile(path: string, search: ByteSearch): Promise<Hit[]> {
  const hits: Hit[] = [];
  for await (const { at, piece } of writtenPieces(path, search.longest - 1)) {
    for (const hit of search(piece)) hits.push({ name: hit.name, at: at + hit.at });
  }
  return hits;
}

/** Pieces of 4 MiB with `overlap` bytes of the next; those of zeros alone are passed over. Valid until the next is asked for. */
export async function* writtenPieces(
  path: string,
  overlap: number,
): AsyncGenerator<{ readonly at: number; readonly piece: Buffer }> {
  const file = await open(path, 'r');
  const buffer = Buffer.allocUnsafe(pieceSize + overlap);
  const zeros = Buffer.alloc(pieceSize + overlap);
  try {
    const { size } = await file.stat();
    for (let at = 0; at < size; at += pieceSize) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
      const piece = buffer.subarray(0, bytesRead);
      if (!zeros.subarray(0, bytesRead).equals(piece)) yield { at, piece };
    }
  } finally {
    await file.close();
  }
}
