/** The audit log (S15): who did what to which object on which day, one chain a report and one for the site. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordInReport } from '../../src/audit/record.ts';
import { comment, itemBox } from '../support/made-up.ts';
import { type Received, runServer } from '../support/running.ts';
import { fileReport, makeSite, ok, refused, signIn } from '../support/site.ts';

const wholeDay = 24 * 60 * 60 * 1000;
const fromTheStart = '?after=0';

/** `actor act object` of each entry. */
function lines(received: Received): unknown[] {
  const { entries } = ok(received);
  assert.ok(Array.isArray(entries));
  return entries.map(({ actor, act, object }) => `${actor} ${act} ${object}`);
}

describe('the audit log', () => {
  it('of a report says what its whistleblower and each of its recipients did, reading once a day', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const { reportId, holders, session: whistleblower } = await fileReport(running, site);
    const path = { report: reportId };
    const { id } = site.recipient;
    let session = await signIn(running, site.recipient);
    ok(await running.call('report', { session, path }));
    ok(await running.call('report', { session, path }));
    const [theirs, ours] = [comment(holders), comment(holders)];
    ok(await running.call('writeOwnItem', { session: whistleblower, body: theirs }));
    ok(await running.call('writeItem', { session, path, body: ours }));
    // Repeated with the same bytes it is answered as the first time, and is no second act.
    ok(await running.call('writeItem', { session, path, body: ours }));
    running.pass(wholeDay);
    session = await signIn(running, site.recipient);
    ok(await running.call('report', { session, path }));
    const read = await running.call('reportAudit', { session, path, query: fromTheStart });
    assert.deepEqual(lines(read), [
      'null filed null',
      `${id} opened ${id}`,
      `null commented ${theirs.id}`,
      `${id} commented ${ours.id}`,
      `${id} opened ${id}`,
    ]);
  });

  it('of a report is shown to its holders alone', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const { reportId } = await fileReport(running, site);
    const path = { report: reportId };
    const stranger = await signIn(running, site.other);
    refused(
      await running.call('reportAudit', { session: stranger, path, query: fromTheStart }),
      404,
      'NOT_FOUND',
    );
    const body = { box: itemBox() };
    refused(await running.call('keepReportHead', { session: stranger, path, body }), 404, 'NOT_FOUND');
  });

  it('of the site says who invited whom, and names no report', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const { reportId } = await fileReport(running, site);
    const session = await signIn(running, site.administrator);
    const holder = await signIn(running, site.recipient);
    ok(await running.call('deleteReport', { session: holder, path: { report: reportId } }));
    const read = await running.call('siteAudit', { session, query: fromTheStart });
    const [ada, ruth] = [site.administrator.id, site.recipient.id];
    const all = lines(read);
    assert.equal(all[0], `null site-made ${ada}`);
    assert.ok(all.includes(`${ada} invited ${ruth}`));
    assert.ok(all.includes(`${ruth} activated ${ruth}`));
    assert.equal(all.at(-1), `${ruth} report-deleted ${site.channelId}`);
    assert.ok(!read.bytes.toString('utf8').includes(reportId));
  });

  it('of the site says of whom a password or a second factor is wanted, once for each change', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const session = await signIn(running, site.administrator);
    const [ada, ruth] = [site.administrator.id, site.recipient.id];
    for (const passwordDue of [true, true, false]) {
      const body = { passwordDue, factorRequired: false };
      ok(await running.call('setPersonRules', { session, path: { user: ruth }, body }));
    }
    const read = await running.call('siteAudit', { session, query: fromTheStart });
    const told = lines(read).filter((line) => line === `${ada} rules-changed ${ruth}`);
    assert.equal(told.length, 2);
  });

  it('of the site says who changed settings, mail and whose address, and neither address nor value', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const session = await signIn(running, site.administrator);
    const own = await signIn(running, site.recipient);
    const [ada, ruth] = [site.administrator.id, site.recipient.id];
    const mail = {
      host: 'mail.example.org',
      port: 587,
      security: 'starttls',
      userName: '',
      password: 'quiet',
    };
    const from = { sender: 'no-reply@example.org', siteAddress: 'https://example.org' };
    ok(await running.call('changeSettings', { session, body: { settings: { accent: 17 } } }));
    ok(await running.call('setMail', { session, body: { ...mail, ...from } }));
    ok(
      await running.call('setAddress', { session, path: { user: ruth }, body: { mail: 'ruth@example.org' } }),
    );
    ok(
      await running.call('setOwnAddress', {
        session: own,
        body: { authKey: site.recipient.authKey, mail: null },
      }),
    );
    const read = await running.call('siteAudit', { session, query: fromTheStart });
    assert.deepEqual(lines(read).slice(-4), [
      `${ada} settings-changed null`,
      `${ada} mail-changed null`,
      `${ada} address-changed ${ruth}`,
      `${ruth} address-changed ${ruth}`,
    ]);
    assert.ok(!read.bytes.toString('utf8').includes('example.org'));
  });

  it('keeps the head that a reader’s agent saw, for that reader alone', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const { reportId } = await fileReport(running, site);
    const path = { report: reportId };
    const session = await signIn(running, site.recipient);
    const box = itemBox();
    ok(await running.call('keepReportHead', { session, path, body: { box } }));
    assert.equal(ok(await running.call('reportAudit', { session, path, query: fromTheStart }))['kept'], box);
    const administrator = await signIn(running, site.administrator);
    ok(await running.call('keepSiteHead', { session: administrator, body: { box: itemBox() } }));
    assert.equal(ok(await running.call('reportAudit', { session, path, query: fromTheStart }))['kept'], box);
  });

  it('of a deleted report goes whole with it, and only its last head stays', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const { reportId } = await fileReport(running, site);
    const session = await signIn(running, site.recipient);
    const path = { report: reportId };
    ok(await running.call('keepReportHead', { session, path, body: { box: itemBox() } }));
    const { backend } = running.server;
    const { store, forget } = backend.home;
    const last = await store.transaction((transaction) =>
      store.audit.last(transaction, backend.siteId, reportId),
    );
    assert.ok(last);
    ok(await running.call('deleteReport', { session, path }));
    await forget.finish();
    await store.transaction(async (transaction) => {
      assert.deepEqual(await store.audit.after(transaction, backend.siteId, reportId, 0, 100), []);
      assert.equal(
        await store.audit.keptHead(transaction, backend.siteId, reportId, site.recipient.id),
        undefined,
      );
      const tombstones = await transaction.selectFrom('tombstones').selectAll().execute();
      assert.deepEqual(
        tombstones.map(({ head }) => Buffer.from(head)),
        [Buffer.from(last.head)],
      );
    });
  });

  it('comes page by page, in order', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const { reportId } = await fileReport(running, site);
    const session = await signIn(running, site.recipient);
    const path = { report: reportId };
    const { backend } = running.server;
    await backend.home.store.transaction(async (transaction) => {
      for (let count = 0; count < 600; count += 1)
        await recordInReport(backend, transaction, reportId, 'written', site.recipient.id, null);
    });
    const first = ok(await running.call('reportAudit', { session, path, query: fromTheStart }));
    assert.equal(first['next'], 500);
    const second = ok(await running.call('reportAudit', { session, path, query: '?after=500' }));
    assert.equal(second['next'], null);
    assert.ok(Array.isArray(second['entries']));
    assert.equal(second['entries'][0].order, 501);
  });
});
