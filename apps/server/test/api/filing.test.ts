/** Filing a report over HTTP: attachments first, then all of it at once (S4, S7). */
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { attachmentPath } from '../../src/blobs/paths.ts';
import { forgetUnfinished } from '../../src/jobs/jobs.ts';
import { chunk, newId, random, submission } from '../support/made-up.ts';
import { runServer, type TestServer } from '../support/running.ts';
import { fileReport, itemsOf, makeSite, ok, refused, signIn, startFiling } from '../support/site.ts';

const small = 4096;

async function upload(running: TestServer, session: string, file = newId()): Promise<typeof file> {
  ok(await running.call('announceFile', { session, body: { file, size: small } }));
  ok(await running.call('putOwnChunk', { session, path: { file, index: 0 }, body: chunk(small) }));
  return file;
}

describe('filing', () => {
  it('lands whole, once, and the session of the filing becomes that of the report', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const reportId = newId();
    const session = await startFiling(running, reportId);
    const file = await upload(running, session);
    assert.equal((await running.call('ownReport', { session })).status, 403);
    const holders = [site.recipient.id, site.other.id];
    const body = submission(site.channelId, holders, random(32), [file]);
    ok(await running.call('submit', { session, body }));
    ok(await running.call('submit', { session, body }));
    assert.deepEqual(ok(await running.call('ownReport', { session })), {
      report: reportId,
      channel: site.channelId,
      day: '2026-11-21',
      status: 'new',
      epoch: 0,
      holders: holders.sort(),
      seal: body.seal,
    });
    assert.deepEqual(
      (await itemsOf(running, session)).map(({ id, kind, whole }) => [id, kind, whole]),
      [
        [body.answers.id, 'answers', undefined],
        [body.summary.id, 'summary', undefined],
        [file, 'file', true],
      ],
    );
    const different = submission(site.channelId, [site.recipient.id], random(32));
    refused(await running.call('submit', { session, body: different }), 409, 'ID_IN_USE');
    const recipient = await signIn(running, site.recipient);
    const seen = ok(await running.call('report', { session: recipient, path: { report: reportId } }));
    assert.equal(seen['seal'], body.seals.find(({ holder }) => holder === site.recipient.id)?.seal);
  });

  it('goes on after a lost session by the check value, which later opens nothing but the same submission', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const [report, check] = [newId(), random(32)];
    const file = await upload(running, await startFiling(running, report, check));
    refused(await running.call('startFiling', { body: { report, check: random(32) } }), 409, 'ID_IN_USE');
    const second = await startFiling(running, report, check);
    ok(await running.call('ownFile', { session: second, path: { file } }));
    const body = submission(site.channelId, [site.recipient.id], random(32), [file]);
    ok(await running.call('submit', { session: second, body }));

    // Recipients learn the check value with R.
    const session = await startFiling(running, report, check);
    const place = { file, index: 0 };
    const announced = { file: newId(), size: small };
    refused(await running.call('ownFile', { session, path: place }), 404, 'NOT_FOUND');
    refused(await running.call('getOwnChunk', { session, path: place }), 404, 'NOT_FOUND');
    refused(await running.call('announceFile', { session, body: announced }), 404, 'NOT_FOUND');
    refused(await running.call('withdrawFile', { session, path: place }), 404, 'NOT_FOUND');
    assert.equal((await running.call('ownReport', { session })).status, 403);
    const other = submission(site.channelId, [site.recipient.id], random(32));
    refused(await running.call('submit', { session, body: other }), 409, 'ID_IN_USE');
    ok(await running.call('submit', { session, body }));
    ok(await running.call('ownReport', { session }));
  });

  it('refuses holders who do not receive the channel, twice the same, a channel that is not there', async (test) => {
    const running = await runServer(test);
    const { siteId, channelId, recipient, administrator } = await makeSite(running);
    const session = await startFiling(running, newId());
    const submit = (channel: typeof channelId, holders: (typeof channelId)[]) =>
      running.call('submit', { session, body: submission(channel, holders, random(32)) });
    refused(await submit(channelId, [newId()]), 422, 'WRONG_HOLDERS');
    refused(await submit(channelId, [recipient.id, administrator.id]), 422, 'WRONG_HOLDERS');
    refused(await submit(channelId, [recipient.id, recipient.id]), 422, 'WRONG_HOLDERS');
    refused(await submit(newId(), [recipient.id]), 404, 'NOT_FOUND');
    refused(await submit(siteId, [recipient.id]), 404, 'NOT_FOUND');
    ok(await submit(channelId, [recipient.id]));
  });

  it('refuses ids that are taken, a receipt that is taken, and an unknown version byte', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const filed = await fileReport(running, site);
    const [taken] = await itemsOf(running, filed.session);
    assert.ok(taken);
    const session = await startFiling(running, newId());
    const right = submission(site.channelId, [site.recipient.id], random(32));
    const { box } = right.answers;
    const wrongs: [object, number, string][] = [
      [{ answers: { id: taken.id, box } }, 409, 'ID_IN_USE'],
      [{ answers: { id: right.summary.id, box } }, 400, 'MALFORMED'],
      [{ credential: filed.receipt.hash }, 409, 'ID_IN_USE'],
      [{ answers: { id: newId(), box: `Ag${box.slice(2)}` } }, 400, 'MALFORMED'],
      [{ answers: { id: newId(), box: random(300) } }, 400, 'MALFORMED'],
      [{ identity: `Ag${right.identity.slice(2)}` }, 400, 'MALFORMED'],
      [{ seal: `Ag${right.seal.slice(2)}` }, 400, 'MALFORMED'],
    ];
    for (const [change, status, code] of wrongs) {
      refused(await running.call('submit', { session, body: { ...right, ...change } }), status, code);
    }
    ok(await running.call('submit', { session, body: right }));
  });

  it('wants every file whole, and forgets what was uploaded and not named', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const session = await startFiling(running, newId());
    const named = await upload(running, session);
    const left = await upload(running, session);
    const withdrawn = await upload(running, session);
    const begun = newId();
    ok(await running.call('announceFile', { session, body: { file: begun, size: small } }));
    ok(await running.call('withdrawFile', { session, path: { file: withdrawn } }));
    refused(await running.call('ownFile', { session, path: { file: withdrawn } }), 404, 'NOT_FOUND');
    const submit = (files: (typeof named)[]) =>
      running.call('submit', {
        session,
        body: submission(site.channelId, [site.recipient.id], random(32), files),
      });
    for (const missing of [begun, withdrawn, newId()]) {
      refused(await submit([named, missing]), 409, 'CHUNK_MISSING');
    }
    ok(await submit([named]));
    await running.server.backend.home.forget.finish();
    const path = (file: string) => join(running.home, attachmentPath(site.siteId, file));
    assert.ok((await stat(path(named))).isFile());
    for (const gone of [left, withdrawn]) await assert.rejects(stat(path(gone)), { code: 'ENOENT' });
  });

  it('is forgotten with its files when it is not finished', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const report = newId();
    const file = await upload(running, await startFiling(running, report));
    const path = join(running.home, attachmentPath(site.siteId, file));
    await forgetUnfinished(running.server.backend);
    assert.ok((await stat(path)).isFile());
    running.pass(48 * 60 * 60 * 1000);
    await forgetUnfinished(running.server.backend);
    await assert.rejects(stat(path), { code: 'ENOENT' });
    // Nothing of it is known any more: the id begins anew with another check value.
    await startFiling(running, report);
  });
});
