/**
 * One server per home. The lock is an exclusive transaction on an empty database: the system lets it go when the process
 * ends in whatever way, so that nothing stale remains after kill -9.
 */
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from './storage-error.ts';

/** A held lock. */
export type HomeLock = { release(): void };

/** Takes the lock at `path`. @throws StorageError `HOME_IN_USE` when another process holds it. */
export function lockHome(path: string): HomeLock {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch {
    database.close();
    throw new StorageError('HOME_IN_USE');
  }
  return { release: () => database.close() };
}
