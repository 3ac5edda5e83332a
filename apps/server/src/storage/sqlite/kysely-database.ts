/**
 * node:sqlite as Kysely's SQLite dialect wants it: `prepare`, `all`, `run`, with a cache of prepared statements,
 * since the authorizer is asked, and SQL compiled, only when a statement is prepared.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { StorageError, type StorageErrorCode } from '../storage-error.ts';
import { beginsAllowed } from './authorizer.ts';

/** The project has about a hundred statements; `in (…)` lists make more, so the cache has an end. */
const cachedStatements = 400;

/** SQLite's primary result codes that have a code of ours. https://www.sqlite.org/rescode.html */
const codes: Readonly<Record<number, StorageErrorCode>> = { 13: 'DISK_FULL', 19: 'CONFLICT', 23: 'DENIED' };
/** SQLITE_IOERR with WRITE, FSYNC, SHMSIZE: on a full disk some file systems answer so. */
const fullDiskIo: ReadonlySet<number> = new Set([778, 1034, 4874]);

/** Whatever does not begin like this may change rows. */
const changesNothing = /^(?:select|begin|commit|rollback)\b/i;

/** Wraps an open database for Kysely. @param changed is told before a statement that may change rows. */
export function kyselyDatabase(database: DatabaseSync, changed: () => void): SqliteDatabase {
  const cache = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = cache.get(sql);
      if (known !== undefined) return known;
      if (cache.size >= cachedStatements) cache.clear();
      const statement = sql === 'rollback' ? rollback(database) : prepare(database, sql, changed);
      cache.set(sql, statement);
      return statement;
    },
  };
}

function prepare(database: DatabaseSync, sql: string, changed: () => void): SqliteStatement {
  if (!beginsAllowed(sql)) throw new StorageError('DENIED', 'first word');
  const statement = guarded(() => database.prepare(sql));
  const begin = changesNothing.test(sql) ? () => {} : changed;
  const run = <T>(act: (...values: SQLInputValue[]) => T, parameters: readonly unknown[]): T => {
    begin();
    return guarded(() => act(...inputs(parameters)));
  };
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => run((...values) => statement.all(...values), parameters),
    run: (parameters) => run((...values) => statement.run(...values), parameters),
    iterate: (parameters) => run((...values) => statement.iterate(...values), parameters),
  };
}

/** A commit that found the disk full has rolled back already; rolling back again must not hide its error. */
function rollback(database: DatabaseSync): SqliteStatement {
  let prepared: StatementSync | undefined;
  return {
    reader: false,
    all: () => [],
    run() {
      if (!database.isTransaction) return { changes: 0, lastInsertRowid: 0 };
      const statement = prepared ?? database.prepare('rollback');
      prepared = statement;
      return guarded(() => statement.run());
    },
    iterate: () => [].values(),
  };
}

/** Turns an error of SQLite into a coded one without the text of the statement. */
export function guarded<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw coded(error);
  }
}

function coded(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const full =
    error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 1;
  // An extended code carries the primary one in its low byte.
  const code = fullDiskIo.has(full) ? 'DISK_FULL' : (codes[full & 0xff] ?? 'BROKEN');
  // setAuthorizer's refusal comes as plain SQLITE_ERROR (1) or SQLITE_AUTH (23), by statement.
  const denied = error instanceof Error && /not authorized|prohibited/.test(error.message);
  return new StorageError(denied ? 'DENIED' : code, `SQLite ${full}`);
}

function inputs(parameters: readonly unknown[]): SQLInputValue[] {
  for (const value of parameters) {
    const kind = typeof value;
    const known = value === null || kind === 'string' || kind === 'number' || value instanceof Uint8Array;
    if (!known) throw new StorageError('BROKEN', `parameter of type ${kind}`);
  }
  return parameters as SQLInputValue[]; // why: the loop above left only these types
}
