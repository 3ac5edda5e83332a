/** Opens the database of a home: settings, migrations, authorizer, in this order, and the second connection. */
import { DatabaseSync, type DatabaseSyncOptions } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import type { Schema } from '../schema.ts';
import { StorageError } from '../storage-error.ts';
import { authorizer, checkpointAuthorizer } from './authorizer.ts';
import { openJournal } from './journal.ts';
import { guarded, kyselyDatabase } from './kysely-database.ts';
import { migrate } from './migrate.ts';
import { setPragmas } from './pragmas.ts';

/** A row holds at most one item of 512 KiB with its overhead; 2 MiB leaves room and bounds a hostile one. */
const longestValue = 2 * 1024 * 1024;

/** LIKE is no function of ours; the authorizer denies it as well. */
const likePatternLength = 1;
const migrationPatternLength = 100;

const options: DatabaseSyncOptions = {
  allowExtension: false,
  defensive: true,
  enableDoubleQuotedStringLiterals: false,
  enableForeignKeyConstraints: true,
  timeout: 5000, // milliseconds a statement waits for the checkpoint of the other connection
  limits: {
    length: longestValue,
    sqlLength: 64 * 1024,
    attach: 0,
    triggerDepth: 4,
    likePatternLength,
    compoundSelect: 8,
    exprDepth: 100,
  },
};

/** An open database: Kysely over the guarded connection, the journal's truncation, and the end of both. */
export type OpenDatabase = {
  readonly kysely: Kysely<Schema>;
  /** Resolves when all that was committed before is on the disk (sqlite/journal.ts). */
  durable(): Promise<void>;
  /** Writes the journal back and cuts it to zero length. Returns false when a reader was in the way. */
  checkpoint(): boolean;
  close(): Promise<void>;
};

/**
 * Opens or makes the database at `path`.
 *
 * @throws StorageError `SETTING_REFUSED`, `DATABASE_NEWER`, `DISK_FULL` or `BROKEN`.
 */
export function openDatabase(path: string): OpenDatabase {
  const database = guarded(() => new DatabaseSync(path, options));
  try {
    guarded(() => {
      setPragmas(database);
      // ALTER TABLE reads SQLite's own schema with patterns: the limit on them holds from here on.
      database.limits.likePatternLength = migrationPatternLength;
      migrate(database);
      database.limits.likePatternLength = likePatternLength;
    });
    for (const [name, value] of Object.entries(options.limits ?? {})) {
      const taken = Object.entries(database.limits).find(([key]) => key === name)?.[1];
      if (taken !== value) throw new StorageError('SETTING_REFUSED', `limit ${name}`);
    }
    database.setAuthorizer(authorizer);
  } catch (error) {
    database.close();
    throw error;
  }
  const second = guarded(() => new DatabaseSync(path, options));
  second.setAuthorizer(checkpointAuthorizer);
  const journal = openJournal(`${path}-wal`);
  const kysely = new Kysely<Schema>({
    dialect: new SqliteDialect({ database: kyselyDatabase(database, journal.changed) }),
  });
  return {
    kysely,
    durable: journal.durable,
    checkpoint: () => guarded(() => truncateJournal(second)),
    async close() {
      await journal.close();
      second.close();
      // Kysely closes only what it has opened by a first query.
      await kysely.destroy();
      if (database.isOpen) database.close();
    },
  };
}

function truncateJournal(connection: DatabaseSync): boolean {
  const { busy } = connection.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {};
  return busy === 0;
}
