/** docs/security/what-the-server-sees.md names every column of the database, and none that is not there. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { it } from 'node:test';
import { openDatabase } from '../../src/storage/sqlite/open-database.ts';
import { temporaryFolder } from '../support/temporary.ts';

const page = join(import.meta.dirname, '../../../../docs/security/what-the-server-sees.md');

it('the page of what the server sees has a line for every column of the database', async (test) => {
  const path = join(await temporaryFolder(test), 'a.sqlite');
  await openDatabase(path).close();
  const database = new DatabaseSync(path);
  const columns = database
    .prepare(
      `SELECT t.name || '.' || c.name AS name FROM sqlite_schema t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name <> 'migrations'`,
    )
    .all()
    .map(({ name }) => String(name));
  database.close();
  const text = await readFile(page, 'utf8');
  const documented = [...text.matchAll(/`([a-z_]+\.[a-z_]+)`/g)].map(([, name]) => name ?? '');
  const named = documented.filter((name) => !name.startsWith('sotto.') && name !== 'settings.toml');
  assert.deepEqual(named.toSorted(), columns.toSorted());
});
