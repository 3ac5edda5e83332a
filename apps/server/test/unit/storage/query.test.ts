/** Queries that are built once: every run gets its own values, whatever shape they have. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { all, change, first } from '../../../src/storage/query.ts';
import type { ForgettingRow } from '../../../src/storage/schema.ts';
import { openDatabase } from '../../../src/storage/sqlite/open-database.ts';
import { makeStore, type Store } from '../../../src/storage/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

async function storeIn(test: TestContext): Promise<Store> {
  const { close, ...database } = openDatabase(join(await temporaryFolder(test), 'a.sqlite'));
  test.after(close);
  return makeStore(database, () => {});
}

const mark = (mark_id: string, target: string): ForgettingRow => ({
  site_id: 'site',
  mark_id,
  kind: 'file',
  target,
});

/** Queries with the number of times each was built. */
function counted() {
  const built = { add: 0, targets: 0 };
  return {
    built,
    add: change((transaction, rows: readonly ForgettingRow[]) => {
      built.add += 1;
      return transaction.insertInto('forgetting').values(rows);
    }),
    targets: all((transaction, ids: readonly string[], kind: string) => {
      built.targets += 1;
      return transaction
        .selectFrom('forgetting')
        .select('target')
        .where('kind', '=', kind)
        .where('mark_id', 'in', ids)
        .orderBy('mark_id');
    }),
  };
}

describe('a query', () => {
  it('is built once for each shape of its values, and every run gets its own values', async (test) => {
    const store = await storeIn(test);
    const { built, add, targets } = counted();
    await store.transaction(async (transaction) => {
      await add(transaction, [mark('1', 'a'), mark('2', 'b')]);
      await add(transaction, [mark('3', 'c'), mark('4', 'd')]);
      await add(transaction, [mark('5', 'e')]);
      const found = async (...ids: string[]) =>
        (await targets(transaction, ids, 'file')).map(({ target }) => target);
      assert.deepEqual(await found('1', '2', '3'), ['a', 'b', 'c']);
      assert.deepEqual(await found('3', '4', '5'), ['c', 'd', 'e']);
      assert.deepEqual(await found('4'), ['d']);
      assert.deepEqual(await targets(transaction, ['4'], 'slot'), []);
    });
    assert.deepEqual(built, { add: 2, targets: 2 });
  });

  it('for none of something is not the query for one', async (test) => {
    const store = await storeIn(test);
    const { add, targets } = counted();
    await store.transaction(async (transaction) => {
      assert.deepEqual(await targets(transaction, [], 'file'), []);
      await add(transaction, [mark('a', 'one')]);
      const rows = await targets(transaction, ['a'], 'file');
      assert.deepEqual(
        rows.map(({ target }) => target),
        ['one'],
      );
    });
  });

  it('uses a value in two places, and a constant beside it', async (test) => {
    const store = await storeIn(test);
    const put = change((transaction, row: ForgettingRow) =>
      transaction
        .insertInto('forgetting')
        .values(row)
        .onConflict((conflict) => conflict.column('mark_id').doUpdateSet({ target: row.target })),
    );
    const fileOf = first((transaction, id: string) =>
      transaction.selectFrom('forgetting').selectAll().where('kind', '=', 'file').where('mark_id', '=', id),
    );
    await store.transaction(async (transaction) => {
      await put(transaction, mark('1', 'a'));
      await put(transaction, mark('1', 'b'));
      assert.deepEqual({ ...(await fileOf(transaction, '1')) }, mark('1', 'b'));
      assert.equal(await fileOf(transaction, '2'), undefined);
    });
  });

  it('with a value that no column can hold changes nothing', async (test) => {
    const store = await storeIn(test);
    const { add } = counted();
    const wrong: object = { ...mark('2', 'b'), target: undefined };
    const rows = [mark('1', 'a'), wrong] as ForgettingRow[]; // why: what the types refuse is what is tried here
    await assert.rejects(
      store.transaction((transaction) => add(transaction, rows)),
      { code: 'BROKEN' },
    );
    await store.transaction(async (transaction) => {
      assert.deepEqual(await store.forgetting.list(transaction), []);
    });
  });
});
