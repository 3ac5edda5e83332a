/**
 * Attachments (S7): one sparse file each, of the length all its chunks take, at
 * `sites/<site id>/attachments/<file id>`.
 *
 * Layout: chunk i begins at i × 524 329 bytes (version 1, nonce 24, ciphertext 512 KiB, tag 16); the last may be
 * shorter. A chunk is written body first, synced, then its first byte, synced: the version byte says that the whole
 * chunk is durable, and a torn chunk is never taken for one (docs/decisions/0022).
 */
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, statfs, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { chunkCount, version } from '@sotto/protocol/sizes';
import { forgetFile } from '../forgetting/forget-file.ts';
import { carryMidnight, unstamped } from '../storage/midnight-times.ts';
import { diskError, StorageError } from '../storage/storage-error.ts';
import { syncDirectory } from '../storage/sync-directory.ts';
import { type Attachment, chunkOffset, sealedChunkLength, sealedFileLength } from './chunk-layout.ts';
import { missingCache } from './missing-cache.ts';
import { attachmentPath, attachmentsFolder } from './paths.ts';
import { makeTurns } from './turns.ts';

const read = constants.O_RDONLY | unstamped;
const readWrite = constants.O_RDWR | unstamped;

/** With less free than the larger of the two nothing large is accepted, so that the database can always write. */
export type DiskReserve = { readonly bytes: number; readonly fraction: number };

/** Says, within the file's turn, whether the attachment is still wanted: not if its report was forgotten meanwhile. */
export type StillWanted = () => Promise<boolean>;

/** The attachments of a home. All of it throws StorageError `DISK_FULL` or `BROKEN`. */
export type Attachments = {
  /** Makes the folder of a site when the site is made, so that its time tells nothing of a whistleblower. */
  prepare(siteId: string): Promise<void>;
  /**
   * Keeps a chunk of exactly the right length and resolves when it is durable; a second copy is not kept.
   *
   * @returns whether every chunk is there now; `undefined` when the attachment is not wanted any more.
   */
  put(
    attachment: Attachment,
    index: number,
    chunk: Uint8Array,
    stillWanted: StillWanted,
  ): Promise<boolean | undefined>;
  /** The chunk, or `undefined` while it is missing. */
  get(attachment: Attachment, index: number): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Indexes of the chunks that are missing, in order. */
  missing(attachment: Attachment): Promise<number[]>;
  /** Whether `bytes` more leave the reserve free. */
  fits(bytes: number): Promise<boolean>;
  /** Forgets the file (S13), waiting for writes to it; rejects when `signal` is aborted before. `path` is relative to the home. */
  forget(path: string, signal?: AbortSignal): Promise<void>;
};

/** @param midnight the time, midnight UTC, that files made by a whistleblower's act carry. */
export function openAttachments(home: string, reserve: DiskReserve, midnight: () => Date): Attachments {
  const turns = makeTurns();
  const missingIndexes = missingCache();
  return {
    prepare: (siteId) => prepareFolder(home, join(home, attachmentsFolder(siteId))),
    put(attachment, index, chunk, stillWanted) {
      const path = attachmentPath(attachment.siteId, attachment.itemId);
      return turns.take(path, async () => {
        // Inside the turn: whoever forgets this file marks first, so that it is either refused here or forgotten after.
        if (!(await stillWanted())) return undefined;
        checkChunk(attachment, index, chunk);
        return withFile(join(home, path), attachment, midnight(), async (file) => {
          const missing = await missingIndexes(path, file, attachment);
          if (missing.has(index)) {
            if (!(await fits(home, reserve, chunk.length))) throw new StorageError('DISK_FULL', 'reserve');
            await writeChunk(file, index, chunk, midnight());
            missing.delete(index);
          }
          return missing.size === 0;
        });
      });
    },
    get(attachment, index) {
      const length = sealedChunkLength(attachment.paddedSize, index);
      const path = attachmentPath(attachment.siteId, attachment.itemId);
      return turns.take(path, () =>
        readFrom(join(home, path), undefined, async (file) => {
          const chunk = new Uint8Array(length);
          const { bytesRead } = await file.read(chunk, 0, length, chunkOffset(index));
          return bytesRead === length && chunk[0] === version ? chunk : undefined;
        }),
      );
    },
    missing(attachment) {
      const path = attachmentPath(attachment.siteId, attachment.itemId);
      return turns.take(path, () =>
        readFrom(join(home, path), allIndexes(attachment), async (file) => [
          ...(await missingIndexes(path, file, attachment)),
        ]),
      );
    },
    fits: (bytes) => fits(home, reserve, bytes),
    forget: (path, signal) =>
      turns.take(path, async () => {
        missingIndexes.drop(path);
        await forgetFile(join(home, path), signal);
        // The folder would tell when a file was withdrawn.
        carryMidnight([dirname(join(home, path))], midnight());
      }),
  };
}

/** The contract has checked length and version before; what is wrong here must not be written whoever asks. */
function checkChunk(attachment: Attachment, index: number, chunk: Uint8Array): void {
  if (chunk.length !== sealedChunkLength(attachment.paddedSize, index) || chunk[0] !== version) {
    throw new StorageError('BROKEN', 'chunk');
  }
}

/** Body first, then the byte that says so. */
async function writeChunk(file: FileHandle, index: number, chunk: Uint8Array, midnight: Date): Promise<void> {
  const at = chunkOffset(index);
  await writeWhole(file, chunk.subarray(1), at + 1);
  await file.datasync();
  await writeWhole(file, chunk.subarray(0, 1), at);
  await file.utimes(midnight, midnight);
  await file.datasync();
}

async function prepareFolder(home: string, folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (let made = folder; made !== home; made = dirname(made)) await syncDirectory(dirname(made));
  } catch (error) {
    throw diskError(error);
  }
}

/** Opens the file for writing; the first chunk makes it, sparse and of its whole length. */
async function withFile<T>(
  path: string,
  attachment: Attachment,
  midnight: Date,
  act: (file: FileHandle) => Promise<T>,
): Promise<T> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, readWrite | constants.O_CREAT, 0o600);
    const length = sealedFileLength(attachment.paddedSize);
    if ((await file.stat()).size !== length) {
      await file.truncate(length);
      await file.utimes(midnight, midnight);
      await file.sync();
      await utimes(dirname(path), midnight, midnight);
      await syncDirectory(dirname(path));
    }
    return await act(file);
  } catch (error) {
    throw diskError(error);
  } finally {
    await file?.close();
  }
}

/** Opens the file for reading; `absent` is the answer when no chunk has come yet. */
async function readFrom<T>(path: string, absent: T, act: (file: FileHandle) => Promise<T>): Promise<T> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, read);
    return await act(file);
  } catch (error) {
    if (file === undefined && error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return absent;
    throw diskError(error);
  } finally {
    await file?.close();
  }
}

function allIndexes(attachment: Attachment): number[] {
  return Array.from({ length: chunkCount(attachment.paddedSize) }, (_, index) => index);
}

async function writeWhole(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  }
}

async function fits(home: string, reserve: DiskReserve, bytes: number): Promise<boolean> {
  const disk = await statfs(home);
  const free = disk.bavail * disk.bsize;
  const kept = Math.max(reserve.bytes, disk.blocks * disk.bsize * reserve.fraction);
  return free - bytes >= kept;
}
