/** Kept drafts over HTTP (S3): by their name alone, for one or two days, and forgotten as they were promised to be. */
import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { attachmentPath } from '../../src/blobs/paths.ts';
import { forgetUnfinished } from '../../src/jobs/jobs.ts';
import { slotSize } from '../../src/storage/slot-file.ts';
import { chunk, draft, newId, random, submission } from '../support/made-up.ts';
import { runServer, type TestServer } from '../support/running.ts';
import { makeSite, ok, refused, startFiling } from '../support/site.ts';

const hour = 60 * 60 * 1000;

/** The bytes of the slot a draft lies under, and a look at them later. */
async function slotOf({ server, home }: TestServer, report: string) {
  const { store } = server.backend.home;
  const row = await store.transaction((transaction) =>
    store.drafts.ofReport(transaction, server.backend.siteId, report),
  );
  assert.ok(row);
  const read = async () =>
    (await readFile(join(home, 'slots'))).subarray(row.slot * slotSize, (row.slot + 1) * slotSize);
  const before = await read();
  return { overwritten: async () => !(await read()).equals(before) };
}

describe('a kept draft', () => {
  it('is given by its name alone, newest first, after its session and after a restart', async (test) => {
    const first = await runServer(test);
    await makeSite(first);
    const [report, check] = [newId(), random(32)];
    const session = await startFiling(first, report, check);
    const kept = draft();
    ok(await first.call('keepDraft', { session, body: kept }));
    const later = { ...draft(kept.name), vault: kept.vault };
    ok(await first.call('keepDraft', { session, body: later }));
    await first.server.stop();

    const running = await runServer(test, { homePath: first.home });
    const { session: resumed, ...rest } = ok(
      await running.call('resumeDraft', { body: { name: kept.name } }),
    );
    assert.deepEqual(rest, { report, vault: kept.vault, box: later.box });
    // The session is that of the filing, and goes on with it.
    const file = newId();
    ok(await running.call('announceFile', { session: String(resumed), body: { file, size: 4096 } }));
    ok(await running.call('ownFile', { session: await startFiling(running, report, check), path: { file } }));
  });

  it('that is not there is answered alike, whatever was asked', async (test) => {
    const running = await runServer(test);
    await makeSite(running);
    const kept = draft();
    const session = await startFiling(running, newId());
    const never = await running.call('resumeDraft', { body: { name: kept.name } });
    refused(never, 404, 'NOT_FOUND');
    ok(await running.call('keepDraft', { session, body: kept }));
    ok(await running.call('forgetDraft', { session }));
    ok(await running.call('forgetDraft', { session }));
    for (const name of [kept.name, random(32)]) {
      const received = await running.call('resumeDraft', { body: { name } });
      assert.deepEqual([received.status, received.bytes], [never.status, never.bytes]);
    }
    // What lies in the database is no name either.
    const again = draft();
    ok(await running.call('keepDraft', { session, body: again }));
    const { store } = running.server.backend.home;
    const rows = await store.transaction((transaction) => store.drafts.before(transaction, '9999-12-31'));
    const [stored] = rows.map((row) => Buffer.from(row.name_hash).toString('base64url'));
    refused(await running.call('resumeDraft', { body: { name: stored } }), 404, 'NOT_FOUND');
  });

  it('belongs to one report: another one cannot take its name', async (test) => {
    const running = await runServer(test);
    await makeSite(running);
    const kept = draft();
    ok(await running.call('keepDraft', { session: await startFiling(running, newId()), body: kept }));
    const other = await startFiling(running, newId());
    refused(await running.call('keepDraft', { session: other, body: kept }), 409, 'ID_IN_USE');
    // Under another name the same report has one draft: the first is forgotten.
    const renamed = draft();
    ok(await running.call('keepDraft', { session: other, body: draft() }));
    ok(await running.call('keepDraft', { session: other, body: renamed }));
    const answer = ok(await running.call('resumeDraft', { body: { name: renamed.name } }));
    assert.equal(answer['vault'], renamed.vault);
  });

  it('taken back is gone, its slot is overwritten, and the files stay with the report', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const report = newId();
    const session = await startFiling(running, report);
    const file = newId();
    ok(await running.call('announceFile', { session, body: { file, size: 4096 } }));
    ok(await running.call('putOwnChunk', { session, path: { file, index: 0 }, body: chunk(4096) }));
    const kept = draft();
    ok(await running.call('keepDraft', { session, body: kept }));
    const slot = await slotOf(running, report);
    ok(await running.call('forgetDraft', { session }));
    await running.server.backend.home.forget.finish();
    assert.ok(await slot.overwritten());
    refused(await running.call('resumeDraft', { body: { name: kept.name } }), 404, 'NOT_FOUND');
    const body = submission(site.channelId, [site.recipient.id], random(32), [file]);
    ok(await running.call('submit', { session, body }));
  });

  it('left without sending is forgotten with the files, and one that was filed is not', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const report = newId();
    const session = await startFiling(running, report);
    const file = newId();
    ok(await running.call('announceFile', { session, body: { file, size: 4096 } }));
    ok(await running.call('putOwnChunk', { session, path: { file, index: 0 }, body: chunk(4096) }));
    const kept = draft();
    ok(await running.call('keepDraft', { session, body: kept }));
    const slot = await slotOf(running, report);
    ok(await running.call('dropFiling', { session }));
    ok(await running.call('dropFiling', { session }));
    await running.server.backend.home.forget.finish();
    assert.ok(await slot.overwritten());
    refused(await running.call('resumeDraft', { body: { name: kept.name } }), 404, 'NOT_FOUND');
    const path = join(running.home, attachmentPath(site.siteId, file));
    await assert.rejects(stat(path), { code: 'ENOENT' });

    const [filed, check] = [newId(), random(32)];
    const filing = await startFiling(running, filed, check);
    const body = submission(site.channelId, [site.recipient.id], random(32));
    ok(await running.call('submit', { session: filing, body }));
    const recipients = await startFiling(running, filed, check);
    ok(await running.call('dropFiling', { session: recipients }));
    ok(await running.call('ownReport', { session: filing }));
  });

  it('loses what was written with the submit, and its keys once the agent has shown the receipt', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const [report, check] = [newId(), random(32)];
    const session = await startFiling(running, report, check);
    const kept = draft();
    ok(await running.call('keepDraft', { session, body: kept }));
    const body = submission(site.channelId, [site.recipient.id], random(32));
    ok(await running.call('submit', { session, body }));
    // The answer was lost, and the tab was loaded again: the receipt is in the vault.
    const answer = ok(await running.call('resumeDraft', { body: { name: kept.name } }));
    assert.deepEqual([answer['vault'], answer['box']], [kept.vault, null]);
    // The session can do what a filing of a filed report can, which is nothing here.
    const resumed = String(answer['session']);
    refused(await running.call('forgetDraft', { session: resumed }), 404, 'NOT_FOUND');
    refused(await running.call('keepDraft', { session: resumed, body: draft() }), 404, 'NOT_FOUND');
    assert.equal((await running.call('ownReport', { session: resumed })).status, 403);
    const slot = await slotOf(running, report);
    ok(await running.call('forgetDraft', { session }));
    await running.server.backend.home.forget.finish();
    assert.ok(await slot.overwritten());
    refused(await running.call('resumeDraft', { body: { name: kept.name } }), 404, 'NOT_FOUND');
  });

  it('is forgotten after one to two days, counted from when it was kept last', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const [report, filed] = [newId(), newId()];
    const [kept, sent] = [draft(), draft()];
    let session = await startFiling(running, report);
    ok(await running.call('keepDraft', { session, body: kept }));
    const filing = await startFiling(running, filed);
    ok(await running.call('keepDraft', { session: filing, body: sent }));
    const body = submission(site.channelId, [site.recipient.id], random(32));
    ok(await running.call('submit', { session: filing, body }));
    running.pass(26 * hour);
    await forgetUnfinished(running.server.backend);
    // Kept on the next day, it begins to count anew.
    session = String(ok(await running.call('resumeDraft', { body: { name: kept.name } }))['session']);
    ok(await running.call('keepDraft', { session, body: kept }));
    running.pass(24 * hour);
    const slots = [await slotOf(running, report), await slotOf(running, filed)];
    await forgetUnfinished(running.server.backend);
    ok(await running.call('resumeDraft', { body: { name: kept.name } }));
    refused(await running.call('resumeDraft', { body: { name: sent.name } }), 404, 'NOT_FOUND');
    running.pass(24 * hour);
    await forgetUnfinished(running.server.backend);
    refused(await running.call('resumeDraft', { body: { name: kept.name } }), 404, 'NOT_FOUND');
    for (const slot of slots) assert.ok(await slot.overwritten());
  });

  it('is refused when the disk is nearly full', async (test) => {
    const running = await runServer(test, { reserve: { bytes: 2 ** 60, fraction: 0 } });
    await makeSite(running);
    const session = await startFiling(running, newId());
    refused(await running.call('keepDraft', { session, body: draft() }), 507, 'DISK_FULL');
  });
});
