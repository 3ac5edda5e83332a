/** A disk of its own for one test: an ext4 file system in an image file, whose raw blocks can be looked at. Needs root. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writtenPieces } from './file-search.ts';

export type LoopDisk = {
  /** Where the file system is mounted. */
  readonly folder: string;
  /** The raw blocks. */
  readonly image: string;
  /** Brings all that was written to the blocks, as a disk pulled out a moment later would have it. */
  flush(): void;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Large enough that a server's reserve of 2 GiB stays free; the image is sparse and takes what is written. */
const imageBytes = 3 * 1024 ** 3;
const blockSize = 4096;

/** Makes and mounts a disk: ext4 as Debian mounts it, with a journal of metadata (`data=ordered`). @throws Error without root. */
export async function makeLoopDisk(): Promise<LoopDisk> {
  const base = await mkdtemp(join(tmpdir(), 'sotto-disk-'));
  const [image, folder] = [join(base, 'image'), join(base, 'mounted')];
  // Few inodes, and nothing left for the kernel to write later by itself.
  const shape = ['-N', '4096', '-J', 'size=16', '-E', 'lazy_itable_init=0,lazy_journal_init=0'];
  run('truncate', '-s', String(imageBytes), image);
  run('mkfs.ext4', '-q', ...shape, image);
  run('mkdir', folder);
  run('mount', '-o', 'loop,data=ordered', image, folder);
  return {
    folder,
    image,
    flush: () => run('sync', '--file-system', folder),
    async [Symbol.asyncDispose]() {
      run('umount', folder);
      await rm(base, { recursive: true, force: true });
    },
  };
}

/** Gives every block that is not all zeros. The bytes are valid until the next is asked for. */
export async function* writtenBlocks(path: string): AsyncGenerator<Uint8Array> {
  const zeros = Buffer.alloc(blockSize);
  for await (const { piece } of writtenPieces(path, 0)) {
    for (let at = 0; at < piece.length; at += blockSize) {
      const block = piece.subarray(at, at + blockSize);
      if (!zeros.equals(block)) yield block;
    }
  }
}

function run(program: string, ...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${program} failed (a disk of its own needs root): ${error?.message ?? stderr}`);
}
