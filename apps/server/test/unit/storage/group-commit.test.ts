/** What waits at the same time shares a commit or a sync, and nobody's outcome depends on whom they shared it with. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { sharedSync } from '../../../src/storage/shared-sync.ts';
import { openJournal } from '../../../src/storage/sqlite/journal.ts';
import { openDatabase } from '../../../src/storage/sqlite/open-database.ts';
import { makeStore, type Store } from '../../../src/storage/store.ts';
import type { Transaction } from '../../../src/storage/transaction.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** A store, and how many commits it has tried. */
async function storeIn(test: TestContext): Promise<{ store: Store; commits(): number }> {
  const { close, ...database } = openDatabase(join(await temporaryFolder(test), 'a.sqlite'));
  test.after(close);
  let commits = 0;
  const store = makeStore(database, () => {
    commits += 1;
  });
  return { store, commits: () => commits };
}

const mark = (store: Store, target: string) => (transaction: Transaction) =>
  store.forgetting.add(transaction, 'site', 'file', target);
const marked = (store: Store) =>
  store.transaction(async (transaction) =>
    (await store.forgetting.list(transaction)).map(({ target }) => target).sort(),
  );

describe('transactions', () => {
  it('share one commit when they wait at the same time', async (test) => {
    const { store, commits } = await storeIn(test);
    await Promise.all(['a', 'b', 'c', 'd'].map((target) => store.transaction(mark(store, target))));
    assert.equal(commits(), 1);
    assert.deepEqual(await marked(store), ['a', 'b', 'c', 'd']);
  });

  it('are undone alone when they fail, and what shared their commit is kept', async (test) => {
    const { store } = await storeIn(test);
    const failing = async (transaction: Transaction) => {
      await mark(store, 'undone')(transaction);
      throw new Error('on purpose');
    };
    const outcomes = await Promise.allSettled([
      store.transaction(mark(store, 'before')),
      store.transaction(failing),
      store.transaction(mark(store, 'after')),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(await marked(store), ['after', 'before']);
  });

  it('see what those before them in their group wrote', async (test) => {
    const { store } = await storeIn(test);
    const [, seen] = await Promise.all([store.transaction(mark(store, 'first')), marked(store)]);
    assert.deepEqual(seen, ['first']);
  });
});

describe('the journal', () => {
  /** A store whose syncs end when the test says so. */
  async function storeWithSlowDisk(test: TestContext) {
    const { close, kysely } = openDatabase(join(await temporaryFolder(test), 'a.sqlite'));
    test.after(close);
    const syncs: { end(): void; fail(error: Error): void }[] = [];
    const durable = () => new Promise<void>((resolve, reject) => syncs.push({ end: resolve, fail: reject }));
    return { store: makeStore({ kysely, durable }, () => {}), syncs };
  }

  it('is on the disk before anybody is told of a commit, and who came meanwhile shares the next', async (test) => {
    const { store, syncs } = await storeWithSlowDisk(test);
    const told: string[] = [];
    const write = (target: string) =>
      store.transaction(mark(store, target)).then(() => void told.push(target));
    const first = write('a');
    while (syncs.length === 0) await new Promise(setImmediate);
    const others = [write('b'), write('c')];
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
    assert.deepEqual([told, syncs.length], [[], 1]);
    syncs[0]?.end();
    await first;
    while (syncs.length === 1) await new Promise(setImmediate);
    assert.deepEqual(told, ['a']);
    syncs[1]?.end();
    await Promise.all(others);
    assert.deepEqual([told, syncs.length], [['a', 'b', 'c'], 2]);
  });

  it('that cannot be synced is told to all who shared it', async (test) => {
    const { store, syncs } = await storeWithSlowDisk(test);
    const outcomes = Promise.allSettled(['a', 'b'].map((target) => store.transaction(mark(store, target))));
    while (syncs.length === 0) await new Promise(setImmediate);
    syncs[0]?.fail(new Error('on purpose'));
    assert.deepEqual(
      (await outcomes).map(({ status }) => status),
      ['rejected', 'rejected'],
    );
  });

  it('is synced after a change and not after a question, and never again once that failed', async (test) => {
    const path = join(await temporaryFolder(test), 'journal');
    const journal = openJournal(path);
    await journal.durable();
    journal.changed();
    // The file is not there: only a real sync can notice.
    await assert.rejects(journal.durable(), { code: 'BROKEN' });
    await writeFile(path, '');
    await assert.rejects(journal.durable(), { code: 'BROKEN' });
    const whole = openJournal(path);
    whole.changed();
    await whole.durable();
    await whole.close();
  });
});

describe('a shared sync', () => {
  it('serves all who wait, and nobody gets one that began before they asked', async () => {
    let began = 0;
    const ends: (() => void)[] = [];
    const sync = sharedSync(() => {
      began += 1;
      return new Promise((resolve) => ends.push(resolve));
    });
    const first = sync();
    await Promise.resolve();
    const [second, third] = [sync(), sync()];
    assert.equal(began, 1);
    ends[0]?.();
    await first;
    await new Promise(setImmediate);
    assert.equal(began, 2);
    ends[1]?.();
    await Promise.all([second, third]);
    assert.equal(began, 2);
  });

  it('that fails is told to all who shared it, and the next is tried anew', async () => {
    let tries = 0;
    const sync = sharedSync(async () => {
      tries += 1;
      if (tries === 1) throw new Error('on purpose');
    });
    const outcomes = await Promise.allSettled([sync(), sync()]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    await sync();
    assert.equal(tries, 2);
  });
});
