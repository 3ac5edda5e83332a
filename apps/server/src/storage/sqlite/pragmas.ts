/**
 * The settings of the database, set and then read back: a server whose database did not take one does not start.
 */
import type { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../storage-error.ts';

type Pragma = { name: string; value: string | number; readBack: string | number; why: string };

/** In this order: `auto_vacuum` counts only before the first table is made. */
const pragmas: readonly Pragma[] = [
  { name: 'auto_vacuum', value: 'FULL', readBack: 1, why: 'freed pages leave the file' },
  {
    name: 'secure_delete',
    value: 'ON',
    readBack: 1,
    why: 'deleted rows are overwritten with zeros in their page',
  },
  { name: 'trusted_schema', value: 'OFF', readBack: 0, why: 'a tampered schema calls no function' },
  { name: 'cell_size_check', value: 'ON', readBack: 1, why: 'a damaged page is noticed early' },
  { name: 'foreign_keys', value: 'ON', readBack: 1, why: 'no row outlives its report' },
  { name: 'temp_store', value: 'MEMORY', readBack: 2, why: 'no temporary file that nobody forgets' },
  { name: 'journal_mode', value: 'WAL', readBack: 'wal', why: 'docs/decisions/0021' },
  {
    name: 'synchronous',
    value: 'NORMAL',
    readBack: 1,
    why: 'checkpoints are synced by SQLite, commits by sqlite/journal.ts before anybody is told',
  },
  { name: 'wal_autocheckpoint', value: 256, readBack: 256, why: 'the journal stays below about 1 MiB' },
];

/**
 * Sets every pragma and reads it back.
 *
 * @throws StorageError `SETTING_REFUSED` naming the pragma that differs.
 */
export function setPragmas(database: DatabaseSync): void {
  for (const { name, value } of pragmas) database.exec(`PRAGMA ${name} = ${value}`);
  for (const { name, readBack } of pragmas) {
    if (readPragma(database, name) !== readBack) throw new StorageError('SETTING_REFUSED', name);
  }
}

function readPragma(database: DatabaseSync, name: string): unknown {
  const row = database.prepare(`PRAGMA ${name}`).get();
  return row === undefined ? undefined : Object.values(row)[0];
}
