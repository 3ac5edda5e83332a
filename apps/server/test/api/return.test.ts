/** Returning with a receipt: what an attacker could tell apart is answered alike (S5). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { markReport } from '../../src/forgetting/forget.ts';
import { random } from '../support/made-up.ts';
import { runServer, type TestServer } from '../support/running.ts';
import { fileReport, makeSite, ok, refused } from '../support/site.ts';

/** Enough that the median stands still. */
const rounds = 60;

async function mark({ server }: TestServer, reportId: string): Promise<void> {
  const { home, siteId } = server.backend;
  await home.store.transaction((transaction) => markReport(home.store, transaction, siteId, reportId));
}

describe('returning', () => {
  it('with a wrong receipt, to a deleted report and to an empty site answers with the same bytes', async (test) => {
    const empty = await runServer(test);
    const running = await runServer(test);
    const site = await makeSite(running);
    const deleted = await fileReport(running, site);
    await fileReport(running, site);
    const body = { authKey: deleted.receipt.authKey };
    ok(await running.call('returnWithReceipt', { body }));
    await mark(running, deleted.reportId);
    const marked = await running.call('returnWithReceipt', { body });
    await running.server.backend.home.forget.finish();
    const gone = await running.call('returnWithReceipt', { body });
    const wrong = await running.call('returnWithReceipt', { body: { authKey: random(32) } });
    const nothing = await empty.call('returnWithReceipt', { body });
    refused(wrong, 401, 'WRONG_CREDENTIAL');
    for (const received of [marked, gone, nothing]) {
      assert.deepEqual(
        [received.status, received.headers, received.bytes],
        [wrong.status, wrong.headers, wrong.bytes],
      );
    }
    // A session that was open on the deleted report opens nothing either.
    refused(await running.call('ownReport', { session: deleted.session }), 404, 'NOT_FOUND');
  });

  it('takes about as long with a wrong receipt as to a deleted report', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const deleted = await fileReport(running, site);
    await mark(running, deleted.reportId);
    // A busy machine can spoil one measuring; a difference that is there spoils them all.
    const measured: string[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const { wrong, gone } = await medians(running, deleted.receipt.authKey);
      if (Math.abs(wrong - gone) < wrong / 4) return;
      measured.push(`${wrong} and ${gone} ms`);
    }
    assert.fail(`medians differ: ${measured.join(', ')}`);
  });

  it('opens the report of that receipt and no other', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const filed = [await fileReport(running, site), await fileReport(running, site)];
    for (const { receipt, reportId } of filed) {
      const back = ok(await running.call('returnWithReceipt', { body: { authKey: receipt.authKey } }));
      assert.equal(back['report'], reportId);
      const own = ok(await running.call('ownReport', { session: String(back['session']) }));
      assert.equal(own['report'], reportId);
    }
  });
});

/** Median times of a wrong receipt and of that of a deleted report, measured in turn, in milliseconds. */
async function medians(running: TestServer, deletedKey: string): Promise<{ wrong: number; gone: number }> {
  const times: { wrong: number[]; gone: number[] } = { wrong: [], gone: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of ['wrong', 'gone'] as const) {
      const authKey = kind === 'wrong' ? random(32) : deletedKey;
      const started = performance.now();
      await running.call('returnWithReceipt', { body: { authKey } });
      times[kind].push(performance.now() - started);
    }
  }
  const median = (list: number[]) => list.toSorted((a, b) => a - b)[rounds / 2] ?? 0;
  return { wrong: median(times.wrong), gone: median(times.gone) };
}
