/**
 * The sync of the database's write-ahead journal. SQLite would do it within a commit, and hold the whole server up for as long as
 * the disk takes; here it is done on libuv's pool after the commit and before anybody is told of it (docs/decisions/0030).
 */
import { type FileHandle, open } from 'node:fs/promises';
import { diskError, StorageError } from '../storage-error.ts';

/** The journal of an open database. */
export type Journal = {
  /** A statement that changes rows was run. */
  changed(): void;
  /**
   * Resolves when all that was committed before is on the disk; at once when nothing was changed. One call at a time.
   *
   * @throws StorageError `BROKEN` or `DISK_FULL`, and `BROKEN` ever after: a kernel that could not write a page may take it for
   * written the next time, so only a start on what the disk really holds makes it whole again.
   */
  durable(): Promise<void>;
  close(): Promise<void>;
};

/** @param path of the journal, which lies there as long as the database is open. */
export function openJournal(path: string): Journal {
  let file: FileHandle | undefined;
  let unsynced = false;
  let failed = false;
  return {
    changed() {
      unsynced = true;
    },
    async durable() {
      if (failed) throw new StorageError('BROKEN', 'journal');
      if (!unsynced) return;
      unsynced = false;
      try {
        file ??= await open(path, 'r');
        await file.datasync();
      } catch (error) {
        failed = true;
        throw diskError(error);
      }
    },
    async close() {
      await file?.close();
    },
  };
}
