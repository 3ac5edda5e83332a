/** The database: its settings, what the authorizer refuses, migrations, and that a full disk or a newer file is told. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { tableNames } from '../../../src/storage/schema.ts';
import { openDatabase } from '../../../src/storage/sqlite/open-database.ts';
import { setPragmas } from '../../../src/storage/sqlite/pragmas.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const allowed = [
  'select count(*) from users',
  'select lower(name), min(slot), max(slot) from users group by name',
  'select 1',
  'with u as (select name from users) select * from u',
  "update users set name = 'x' where user_id = 'y' returning name",
  "delete from reports where report_id = 'x'",
  "insert into forgetting values ('s', 'm', 'k', 't') on conflict (mark_id) do update set target = 'u'",
];

const denied = [
  "ATTACH 'other.sqlite' AS other",
  'DETACH main',
  'PRAGMA secure_delete = OFF',
  'PRAGMA user_version',
  'PRAGMA wal_checkpoint(TRUNCATE)',
  "select * from pragma_table_info('users')",
  'select * from sqlite_schema',
  'select * from sqlite_master',
  'select * from sqlite_temp_schema',
  'select * from dbstat',
  'select * from migrations',
  "delete from migrations where name = 'x'",
  "select load_extension('x')",
  'select hex(name) from users',
  'select length(name) from users',
  "select name from users where name like 'a%'",
  'select sum(slot) from users',
  "select json('{}')",
  "select datetime('now')",
  'select random()',
  'select randomblob(8)',
  'select zeroblob(8)',
  'select sqlite_version()',
  'with recursive n(x) as (select 1 union all select x + 1 from n where x < 3) select x from n',
  'VACUUM',
  "VACUUM INTO 'copy.sqlite'",
  'SAVEPOINT one',
  'CREATE TABLE more (x)',
  'CREATE TEMP TABLE more (x)',
  'CREATE INDEX more ON users (name)',
  'CREATE VIEW more AS SELECT 1',
  'CREATE TRIGGER more AFTER INSERT ON users BEGIN SELECT 1; END',
  'CREATE VIRTUAL TABLE more USING fts5(x)',
  'ALTER TABLE users ADD COLUMN more',
  'DROP TABLE users',
  'ANALYZE',
  'REINDEX',
  'EXPLAIN select * from users',
  'EXPLAIN QUERY PLAN select * from users',
];

describe('the database', () => {
  it('refuses every statement that does more than read and write rows of its own tables', async (test) => {
    const { kysely, close } = openDatabase(join(await temporaryFolder(test), 'a.sqlite'));
    for (const statement of allowed) await sql.raw(statement).execute(kysely);
    for (const statement of denied) {
      await assert.rejects(sql.raw(statement).execute(kysely), { code: 'DENIED' }, statement);
    }
    await close();
  });

  it('reads back every setting, and refuses to start when one differs', async (test) => {
    const path = join(await temporaryFolder(test), 'a.sqlite');
    await openDatabase(path).close();
    const other = new DatabaseSync(path);
    assert.deepEqual({ ...other.prepare('PRAGMA auto_vacuum').get() }, { auto_vacuum: 1 });
    assert.deepEqual({ ...other.prepare('PRAGMA journal_mode').get() }, { journal_mode: 'wal' });
    other.close();

    // A database in memory cannot have a write-ahead journal, so this one setting does not take.
    const memory = new DatabaseSync(':memory:');
    assert.throws(() => setPragmas(memory), { code: 'SETTING_REFUSED', message: /journal_mode/ });
  });

  it('refuses a database whose tables were made without auto_vacuum', async (test) => {
    const path = join(await temporaryFolder(test), 'a.sqlite');
    const foreign = new DatabaseSync(path);
    foreign.exec('CREATE TABLE something (x)');
    foreign.close();
    assert.throws(() => openDatabase(path), { code: 'SETTING_REFUSED', message: /auto_vacuum/ });
  });

  it('refuses a database that a newer version has migrated', async (test) => {
    const path = join(await temporaryFolder(test), 'a.sqlite');
    await openDatabase(path).close();
    const newer = new DatabaseSync(path);
    newer.exec("INSERT INTO migrations VALUES ('9999-from-the-future')");
    newer.close();
    assert.throws(() => openDatabase(path), { code: 'DATABASE_NEWER' });
  });

  it('has exactly the tables of the schema, each with a site id', async (test) => {
    const path = join(await temporaryFolder(test), 'a.sqlite');
    await openDatabase(path).close();
    const database = new DatabaseSync(path);
    const names = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'migrations' ORDER BY name")
      .all()
      .map(({ name }) => String(name));
    assert.deepEqual(names, Object.keys(tableNames).sort());
    for (const name of names) {
      const columns = database.prepare(`SELECT name FROM pragma_table_info('${name}')`).all();
      assert.ok(
        columns.some(({ name }) => name === 'site_id'),
        name,
      );
    }
    database.close();
  });

  it('keeps overlapping transactions apart and undoes one that fails', async (test) => {
    const { kysely, close } = openDatabase(join(await temporaryFolder(test), 'a.sqlite'));
    const mark = (mark_id: string) => ({ site_id: 's', mark_id, kind: 'file', target: mark_id });
    const failing = kysely.transaction().execute(async (transaction) => {
      await transaction.insertInto('forgetting').values(mark('undone')).execute();
      await new Promise((resolve) => setTimeout(resolve, 20));
      throw new Error('on purpose');
    });
    const working = kysely
      .transaction()
      .execute((transaction) => transaction.insertInto('forgetting').values(mark('kept')).execute());
    await assert.rejects(failing, /on purpose/);
    await working;
    const rows = await kysely.selectFrom('forgetting').select('mark_id').execute();
    assert.deepEqual(
      rows.map((row) => row.mark_id),
      ['kept'],
    );
    await close();
  });

  it('says CONFLICT for a key that is there, without the row in the message', async (test) => {
    const { kysely, close } = openDatabase(join(await temporaryFolder(test), 'a.sqlite'));
    const row = { site_id: 's', mark_id: 'the-id', kind: 'file', target: 't' };
    await kysely.insertInto('forgetting').values(row).execute();
    await assert.rejects(kysely.insertInto('forgetting').values(row).execute(), (error: Error) => {
      assert.equal('code' in error && error.code, 'CONFLICT');
      assert.ok(!error.message.includes('the-id'));
      return true;
    });
    await close();
  });

  it('cuts the journal to nothing when it is checkpointed', async (test) => {
    const folder = await temporaryFolder(test);
    const path = join(folder, 'a.sqlite');
    const { kysely, checkpoint, close } = openDatabase(path);
    const { statSync } = await import('node:fs');
    await kysely
      .insertInto('forgetting')
      .values({ site_id: 's', mark_id: 'm', kind: 'file', target: 't' })
      .execute();
    assert.ok(statSync(`${path}-wal`).size > 0);
    assert.equal(checkpoint(), true);
    assert.equal(statSync(`${path}-wal`).size, 0);
    await close();
  });
});
