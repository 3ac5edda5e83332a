/**
 * The only file of the server that removes a file (S13). A lint rule refuses `unlink`, `rm`, `rename` and their like
 * everywhere else, because a file removed in another way would leave its bytes on the disk.
 *
 * Known limit: a disk that moves blocks (SSD, copy-on-write) may keep old ones.
 */
import { randomFillSync } from 'node:crypto';
import { type FileHandle, lstat, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncDirectory } from '../storage/sync-directory.ts';

/** Bytes written at once: large enough for speed, small enough for memory. */
const pieceSize = 1024 * 1024;

/** The smallest unit in which the usual file systems give space, in bytes. */
const diskBlock = 4096;

/** The passes of S13: zeros, ones, random bytes. */
const passes: readonly ((piece: Uint8Array<ArrayBuffer>) => void)[] = [
  (piece) => piece.fill(0x00),
  (piece) => piece.fill(0xff),
  (piece) => randomFillSync(piece),
];

/**
 * Overwrites a file over its full length with 0x00, 0xFF and random bytes, syncing after each pass, then unlinks it
 * and syncs its directory. A file that is not there is forgotten already. Can be repeated after a crash.
 *
 * A hole of a sparse file that is written takes space for a moment; on a full disk holes are passed over, what has
 * blocks is overwritten in them, and the file is unlinked all the same.
 *
 * @throws the signal's reason when it is aborted before the file is overwritten: the file is there still, to be forgotten later.
 */
export async function forgetFile(path: string, signal?: AbortSignal): Promise<void> {
  const found = await lstat(path).catch(absent);
  if (found === undefined) return;
  if (found.isFile()) await overwrite(path, found.size, signal);
  await unlink(path);
  await syncDirectory(dirname(path));
}

async function overwrite(path: string, size: number, signal?: AbortSignal): Promise<void> {
  const file = await open(path, 'r+');
  try {
    for (const pass of passes) {
      const piece = new Uint8Array(Math.min(pieceSize, size));
      for (let at = 0; at < size; at += piece.length) {
        signal?.throwIfAborted();
        pass(piece);
        await writeWhole(file, piece.subarray(0, Math.min(piece.length, size - at)), at);
      }
      await file.sync();
    }
  } finally {
    await file.close();
  }
}

/** Only a hole needs new space, and a hole holds nothing: on a full disk its block is passed over. */
async function writeWhole(file: FileHandle, piece: Uint8Array<ArrayBuffer>, at: number): Promise<void> {
  let done = 0;
  while (done < piece.length) {
    try {
      done += (await file.write(piece, done, piece.length - done, at + done)).bytesWritten;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      done += diskBlock - ((at + done) % diskBlock);
    }
  }
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

/** Removes the socket that a server which was killed left behind; what is there and no socket stays. */
export async function forgetSocket(path: string): Promise<void> {
  const found = await lstat(path).catch(absent);
  if (found?.isSocket() === true) await unlink(path);
}
