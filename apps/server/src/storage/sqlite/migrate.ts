/** Brings the tables to the newest form, one numbered migration after another, each whole or not at all. */
import type { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../storage-error.ts';
import { first } from './migrations/0001-first.ts';
import { drafts } from './migrations/0003-drafts.ts';
import { settings } from './migrations/0010-settings.ts';
import { credentials } from './migrations/0020-credentials.ts';
import { mail } from './migrations/0030-mail.ts';
import { audit } from './migrations/0040-audit.ts';
import { notices } from './migrations/0050-notices.ts';
import { successions } from './migrations/0060-successions.ts';
import { disabled } from './migrations/0070-disabled.ts';

/** In order. A migration that was released is never edited; a new one is added. */
const migrations: readonly { name: string; sql: string }[] = [
  first,
  drafts,
  settings,
  credentials,
  mail,
  audit,
  notices,
  successions,
  disabled,
];

/**
 * Runs the migrations that are missing. Before the authorizer is set, since they define tables.
 *
 * @throws StorageError `DATABASE_NEWER` when the database has one that this program does not know.
 */
export function migrate(database: DatabaseSync): void {
  database.exec('CREATE TABLE IF NOT EXISTS migrations (name TEXT NOT NULL PRIMARY KEY) STRICT');
  const done = new Set(
    database
      .prepare('SELECT name FROM migrations')
      .all()
      .map(({ name }) => String(name)),
  );
  for (const name of done) {
    if (!migrations.some((migration) => migration.name === name))
      throw new StorageError('DATABASE_NEWER', name);
  }
  for (const { name, sql } of migrations) {
    if (done.has(name)) continue;
    database.exec('BEGIN IMMEDIATE');
    try {
      database.exec(sql);
      database.prepare('INSERT INTO migrations (name) VALUES (?)').run(name);
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
}
