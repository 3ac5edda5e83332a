/** Items and files of a filed report, and that nobody reaches what is another's (S6–S8). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chunk, comment, fileItem, itemBox, newId } from '../support/made-up.ts';
import { runServer, type TestServer } from '../support/running.ts';
import {
  fileReport,
  itemsOf,
  type Member,
  makeSite,
  ok,
  refused,
  signIn,
  startFiling,
} from '../support/site.ts';

const small = 4096;

describe('writing', () => {
  it('keeps the order in which items came, and answers a repeated one as the first time', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const { session, holders, reportId } = await fileReport(running, site);
    const recipient = await signIn(running, site.recipient);
    const path = { report: reportId };
    const [mine, theirs] = [comment(holders), comment(holders)];
    assert.deepEqual(ok(await running.call('writeOwnItem', { session, body: mine })), { order: 3 });
    assert.deepEqual(ok(await running.call('writeItem', { session: recipient, path, body: theirs })), {
      order: 4,
    });
    assert.deepEqual(ok(await running.call('writeOwnItem', { session, body: mine })), { order: 3 });
    for (const changed of [{ ...mine, box: itemBox() }, fileItem(holders, small, mine.id), theirs]) {
      refused(await running.call('writeOwnItem', { session, body: changed }), 409, 'ID_IN_USE');
    }
    const items = await itemsOf(running, session);
    assert.deepEqual(
      items.slice(2).map(({ id, author }) => [id, author]),
      [
        [mine.id, null],
        [theirs.id, site.recipient.id],
      ],
    );
  });

  it('for other keys or holders than the present ones is sent back to read', async (test) => {
    const running = await runServer(test);
    const { session, holders } = await fileReport(running, await makeSite(running));
    for (const change of [
      { epoch: 1 },
      { holders: [] },
      { holders: [...holders, newId()] },
      { holders: [newId()] },
      { holders: [...holders, ...holders] },
    ]) {
      const body = { ...comment(holders), ...change };
      refused(await running.call('writeOwnItem', { session, body }), 409, 'EPOCH_MOVED');
    }
  });

  it('a file opens an upload for its author alone, within the limits of the site', async (test) => {
    const running = await runServer(test, { limits: { file: 2 * small, report: 3 * small } });
    const site = await makeSite(running);
    const { session, holders, reportId } = await fileReport(running, site);
    const recipient = await signIn(running, site.recipient);
    const write = (body: object) => running.call('writeOwnItem', { session, body });
    refused(await write(fileItem(holders, 4 * small)), 422, 'QUOTA');
    const mine = fileItem(holders, 2 * small);
    ok(await write(mine));
    ok(await write(mine));
    refused(await write(fileItem(holders, 2 * small)), 422, 'QUOTA');
    const path = { report: reportId, file: mine.id, index: 0 };
    const foreign = { session: recipient, path, body: chunk(2 * small) };
    refused(await running.call('putChunk', foreign), 404, 'NOT_FOUND');
    refused(await running.call('getChunk', { session: recipient, path }), 409, 'CHUNK_MISSING');
    const beyond = { session: recipient, path: { ...path, index: 1 } };
    refused(await running.call('getChunk', beyond), 404, 'NOT_FOUND');
    const body = chunk(2 * small);
    ok(await running.call('putOwnChunk', { session, path, body }));
    ok(await running.call('putOwnChunk', { session, path, body: chunk(2 * small) }));
    assert.ok((await running.call('getChunk', { session: recipient, path })).bytes.equals(body));
    const state = ok(await running.call('file', { session: recipient, path }));
    assert.deepEqual(state, { size: 2 * small, missing: [] });
  });

  it('is read in pages, and a page ends before it is too large', async (test) => {
    const running = await runServer(test);
    const { session, holders } = await fileReport(running, await makeSite(running));
    for (let count = 0; count < 120; count += 1) {
      ok(await running.call('writeOwnItem', { session, body: comment(holders) }));
    }
    const page = async (after: number) =>
      Object(ok(await running.call('ownItems', { session, query: `?after=${after}` })));
    const [first, second] = [await page(0), await page(100)];
    assert.deepEqual([first.items.length, first.next], [100, 100]);
    assert.deepEqual([second.items.length, second.next], [22, null]);
    refused(await running.call('ownItems', { session }), 400, 'MALFORMED');
  });
});

describe('what is another’s', () => {
  it('is not found by a recipient who holds no seal', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const { session: whistleblower, holders, reportId } = await fileReport(running, site);
    const item = fileItem(holders, small);
    ok(await running.call('writeOwnItem', { session: whistleblower, body: item }));
    const session = await signIn(running, site.other);
    const path = { report: reportId, file: item.id, index: 0 };
    for (const received of [
      await running.call('report', { session, path }),
      await running.call('items', { session, path, query: '?after=0' }),
      await running.call('setStatus', { session, path, body: { status: 'closed' } }),
      await running.call('writeItem', { session, path, body: comment(holders) }),
      await running.call('file', { session, path }),
      await running.call('getChunk', { session, path }),
      await running.call('putChunk', { session, path, body: chunk(small) }),
    ]) {
      refused(received, 404, 'NOT_FOUND');
    }
    const theirs = await running.call('report', { session, path });
    const nothing = await running.call('report', { session, path: { report: newId() } });
    assert.deepEqual(
      [theirs.status, theirs.headers, theirs.bytes],
      [nothing.status, nothing.headers, nothing.bytes],
    );
  });

  it('is not found by another whistleblower, nor by the address of another report', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const filed = await fileReport(running, site);
    const { session, reportId: foreignId } = await fileReport(running, site);
    const item = fileItem(filed.holders, small);
    ok(await running.call('writeOwnItem', { session: filed.session, body: item }));
    const path = { file: item.id, index: 0 };
    const body = chunk(small);
    ok(await running.call('putOwnChunk', { session: filed.session, path, body }));
    refused(await running.call('ownFile', { session, path }), 404, 'NOT_FOUND');
    refused(await running.call('getOwnChunk', { session, path }), 404, 'NOT_FOUND');
    refused(await running.call('putOwnChunk', { session, path, body }), 404, 'NOT_FOUND');
    refused(await running.call('writeOwnItem', { session, body: item }), 409, 'ID_IN_USE');

    const recipient = await signIn(running, site.recipient);
    const elsewhere = { ...path, report: foreignId };
    refused(await running.call('getChunk', { session: recipient, path: elsewhere }), 404, 'NOT_FOUND');

    const filing = await startFiling(running, newId());
    const announced = { file: item.id, size: small };
    refused(await running.call('ownFile', { session: filing, path }), 404, 'NOT_FOUND');
    refused(await running.call('announceFile', { session: filing, body: announced }), 409, 'ID_IN_USE');
    // Withdrawing what is not one's own does nothing.
    ok(await running.call('withdrawFile', { session: filing, path }));
    const place = { ...path, report: filed.reportId };
    assert.ok((await running.call('getChunk', { session: recipient, path: place })).bytes.equals(body));
  });

  it('is not in a recipient’s list', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const [first, second] = [await fileReport(running, site), await fileReport(running, site)];
    await listIs(running, site.recipient, [second.reportId, first.reportId]);
    await listIs(running, site.other, []);
    await listIs(running, site.administrator, []);
  });
});

async function listIs(running: TestServer, member: Member, expected: readonly string[]): Promise<void> {
  const session = await signIn(running, member);
  const list = Object(ok(await running.call('reports', { session })));
  assert.deepEqual(
    list.reports.map(({ report }: { report: string }) => report),
    expected,
  );
  assert.equal(list.next, null);
}
