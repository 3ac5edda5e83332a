/** Reports go by themselves after the days of their channel, and by the hand of who holds them (S13). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forgetExpired } from '../../src/jobs/jobs.ts';
import { runServer } from '../support/running.ts';
import { fileReport, makeSite, ok, refused, signIn } from '../support/site.ts';

/** As test/support/made-up.ts states it for its channel. */
const daysOfChannel = 90;
const wholeDay = 24 * 60 * 60 * 1000;

describe('a report', () => {
  it('is forgotten once it is older than its channel keeps reports, and not a day before', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const { receipt } = await fileReport(running, site);
    const { backend } = running.server;
    const opens = () => running.call('returnWithReceipt', { body: { authKey: receipt.authKey } });
    running.pass(daysOfChannel * wholeDay);
    await forgetExpired(backend);
    ok(await opens());
    running.pass(wholeDay);
    await forgetExpired(backend);
    refused(await opens(), 401, 'WRONG_CREDENTIAL');
    const { store } = backend.home;
    await store.transaction(async (transaction) => {
      // Three accounts keep their slots; the report's is free.
      assert.equal((await store.slots.numbers(transaction)).length, 3);
      assert.deepEqual(await store.forgetting.list(transaction), []);
    });
  });

  it('deleted by a holder is gone for everybody at once, with the sessions that had it open; by another it stays', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const { reportId, session } = await fileReport(running, site);
    const path = { report: reportId };
    const stranger = await signIn(running, site.other);
    const byStranger = await running.call('deleteReport', { session: stranger, path });
    ok(byStranger);
    ok(await running.call('ownReport', { session }));
    const holder = await signIn(running, site.recipient);
    const byHolder = await running.call('deleteReport', { session: holder, path });
    ok(byHolder);
    // Who may not read a report learns nothing from deleting it, not even that it is there.
    assert.ok(byStranger.bytes.equals(byHolder.bytes));
    refused(await running.call('ownReport', { session }), 401, 'SESSION_ENDED');
    refused(await running.call('report', { session: holder, path }), 404, 'NOT_FOUND');
    assert.ok((await running.call('deleteReport', { session: holder, path })).bytes.equals(byHolder.bytes));
  });
});
