/**
 * Files that change at every act would tell its time to whoever takes the disk. They carry midnight (UTC) of their day
 * instead, as attachments do. The file system's own change time (`ctime`) cannot be set: known limit.
 */
import { constants, utimesSync } from 'node:fs';
import { diskError } from './storage-error.ts';

/** Without O_NOATIME (Linux) reading a file would leave the exact time on the disk. */
export const unstamped = constants.O_NOATIME ?? 0;

/** Sets both times of each file that is there. @throws StorageError `BROKEN`. */
export function carryMidnight(paths: readonly string[], midnight: Date): void {
  for (const path of paths) {
    try {
      utimesSync(path, midnight, midnight);
    } catch (error) {
      // SQLite takes its journal away itself when the database is closed.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw diskError(error);
    }
  }
}
