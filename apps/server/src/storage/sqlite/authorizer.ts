/**
 * The authorizer of the database: what a statement may do, asked by SQLite whenever one is prepared.
 *
 * An injection or a mistake can then reach no other file (ATTACH, VACUUM INTO), no setting (PRAGMA), no schema and
 * no function but four. DELETE is allowed because forgetting deletes rows (docs/decisions/0020).
 * Source: https://www.sqlite.org/c3ref/set_authorizer.html
 */
import { constants } from 'node:sqlite';
import { tableNames } from '../schema.ts';

const functions: ReadonlySet<string> = new Set(['count', 'lower', 'min', 'max']);
const tables: ReadonlySet<string> = new Set(Object.keys(tableNames));
/** EXPLAIN runs no action that the authorizer is asked about, so the first word is checked as well. */
const firstWords = /^(?:select|insert|update|delete|with|begin|commit|rollback)\b/i;

/** Type of SQLite's question: action, two names that depend on it, database. */
type Question = (
  action: number,
  first: string | null,
  second: string | null,
  database: string | null,
) => number;

/** Allows reading and writing rows of the project's own tables; everything else is denied. */
export const authorizer: Question = (action, first, second, database) => {
  switch (action) {
    case constants.SQLITE_SELECT:
    case constants.SQLITE_TRANSACTION:
      return constants.SQLITE_OK;
    case constants.SQLITE_READ:
      // `count(*)` names no column, and then no database.
      return (database === 'main' || (database === null && second === '')) && isOwnTable(first)
        ? constants.SQLITE_OK
        : constants.SQLITE_DENY;
    case constants.SQLITE_INSERT:
    case constants.SQLITE_UPDATE:
    case constants.SQLITE_DELETE:
      return database === 'main' && isOwnTable(first) ? constants.SQLITE_OK : constants.SQLITE_DENY;
    case constants.SQLITE_FUNCTION:
      return second !== null && functions.has(second) ? constants.SQLITE_OK : constants.SQLITE_DENY;
    default:
      return constants.SQLITE_DENY;
  }
};

/** The authorizer of the second connection, which may checkpoint the journal and nothing else. */
export const checkpointAuthorizer: Question = (action, first) =>
  action === constants.SQLITE_PRAGMA && first === 'wal_checkpoint'
    ? constants.SQLITE_OK
    : constants.SQLITE_DENY;

/** Whether a statement begins with a word that rows are read or written by. */
export function beginsAllowed(sql: string): boolean {
  return firstWords.test(sql);
}

function isOwnTable(name: string | null): boolean {
  return name !== null && tables.has(name);
}
