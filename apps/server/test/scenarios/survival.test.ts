/** kill -9 at random moments while people write: what was acknowledged is there, what was not is whole or not there at all. */
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import type { ItemRequest } from '@sotto/contract/report';
import type { Uuid } from '@sotto/protocol/bytes';
import { type ServerProcess, setupSecret, startServer } from '@sotto/testkit/server-process';
import { chunk, comment, credential, newId, random, submission } from '../support/made-up.ts';
import { type Caller, callerTo, liftedHome } from '../support/running.ts';
import { itemsOf, makeSiteWith, ok, startFiling, type TestSite } from '../support/site.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** Enough kills to hit every step; each round starts a server anew. */
const kills = 15;
/** Two chunks, the second short. */
const paddedSize = 524_288 + 16_384;

type Filed = {
  readonly reportId: Uuid;
  readonly check: string;
  readonly receipt: { authKey: string; hash: string };
  readonly body: ReturnType<typeof submission>;
  readonly fileId: Uuid;
  readonly chunks: readonly Buffer[];
  readonly comments: ItemRequest[];
  /** What the server has acknowledged. */
  readonly acknowledged: { submitted: boolean; chunks: Set<number>; comments: Set<string> };
};

function callerOf(server: ServerProcess): Caller {
  return callerTo(Number(new URL(server.origin).port));
}

function newReport(site: TestSite): Filed {
  const [fileId, receipt] = [newId(), credential()];
  return {
    reportId: newId(),
    check: random(32),
    receipt,
    body: submission(site.channelId, [site.recipient.id], receipt.hash, [fileId]),
    fileId,
    chunks: [chunk(524_288), chunk(16_384)],
    comments: [comment([site.recipient.id]), comment([site.recipient.id])],
    acknowledged: { submitted: false, chunks: new Set(), comments: new Set() },
  };
}

/** One whistleblower, from the first request to the last. Goes on where it was when called again. */
async function write(caller: Caller, report: Filed): Promise<void> {
  const { reportId, check, acknowledged, fileId } = report;
  const session = await startFiling(caller, reportId, check);
  if (!acknowledged.submitted) {
    const submitted = await caller.call('submit', { session, body: report.body });
    if (submitted.status === 409) {
      assert.equal(submitted.code, 'CHUNK_MISSING');
      ok(await caller.call('announceFile', { session, body: { file: fileId, size: paddedSize } }));
      for (const [index, body] of report.chunks.entries()) {
        ok(await caller.call('putOwnChunk', { session, path: { file: fileId, index }, body }));
        acknowledged.chunks.add(index);
      }
    }
  }
  ok(await caller.call('submit', { session, body: report.body }));
  acknowledged.submitted = true;
  for (const body of report.comments) {
    ok(await caller.call('writeOwnItem', { session, body }));
    acknowledged.comments.add(body.id);
  }
}

/** All that was acknowledged is there; what was not is whole or absent. */
async function check(caller: Caller, report: Filed): Promise<void> {
  const { acknowledged } = report;
  const back = await caller.call('returnWithReceipt', { body: { authKey: report.receipt.authKey } });
  if (back.status !== 200) {
    assert.equal(back.code, 'WRONG_CREDENTIAL');
    assert.equal(acknowledged.submitted, false, 'a report that was acknowledged is gone');
    return;
  }
  assert.equal(back.json?.['identity'], report.body.identity);
  const session = String(back.json?.['session']);
  assert.equal(ok(await caller.call('ownReport', { session }))['seal'], report.body.seal);
  const items = await itemsOf(caller, session);
  const ids = items.map(({ id }) => id);
  const { answers, summary } = report.body;
  assert.deepEqual(ids.slice(0, 3), [answers.id, summary.id, report.fileId], 'a report in parts');
  for (const id of acknowledged.comments)
    assert.ok(ids.includes(id), 'a comment that was acknowledged is gone');
  for (const index of acknowledged.chunks) {
    const path = { file: report.fileId, index };
    const received = await caller.call('getOwnChunk', { session, path });
    assert.ok(report.chunks[index]?.equals(received.bytes), 'a chunk that was acknowledged is gone');
  }
}

describe('a server that is killed', () => {
  it('at random moments loses nothing that it acknowledged and leaves nothing half', async (test) => {
    const home = await liftedHome(test);
    let server = await startServer({ home });
    test.after(() => server.kill());
    const site = await makeSiteWith(callerOf(server), await setupSecret(home));
    const reports: Filed[] = [];
    for (let round = 0; round < kills; round += 1) {
      const caller = callerOf(server);
      const unfinished = reports.filter((report) => report.acknowledged.comments.size < 2);
      const fresh = Array.from({ length: 4 }, () => newReport(site));
      reports.push(...fresh);
      // A request that the kill cuts off fails; what was acknowledged before it is what is checked.
      const writing = Promise.allSettled([...unfinished, ...fresh].map((report) => write(caller, report)));
      await new Promise((resolve) => setTimeout(resolve, randomInt(20, 500)));
      await server.kill();
      await writing;
      server = await startServer({ home });
      for (const report of reports) await check(callerOf(server), report);
    }
    // Everybody goes on where they were, with the same requests, and all of it lands.
    for (const report of reports) {
      await write(callerOf(server), report);
      await check(callerOf(server), report);
      assert.equal(report.acknowledged.comments.size, 2);
    }
    await server.stop();
    await checkHome(home, site, reports.length);
  });

  it('while it forgets finishes after the restart', async (test) => {
    const home = await liftedHome(test);
    let server = await startServer({ home });
    test.after(() => server.kill());
    const site = await makeSiteWith(callerOf(server), await setupSecret(home));
    const folder = join(home, 'sites', site.siteId, 'attachments');
    for (let round = 0; round < 5; round += 1) {
      const caller = callerOf(server);
      const session = await startFiling(caller, newId());
      const files = Array.from({ length: 6 }, () => newId());
      for (const file of files) {
        ok(await caller.call('announceFile', { session, body: { file, size: paddedSize } }));
        ok(await caller.call('putOwnChunk', { session, path: { file, index: 0 }, body: chunk(524_288) }));
      }
      for (const file of files) ok(await caller.call('withdrawFile', { session, path: { file } }));
      await new Promise((resolve) => setTimeout(resolve, randomInt(0, 30)));
      await server.kill();
      server = await startServer({ home });
      // The marks were durable before the first answer, and the new server goes on with them while it answers.
      for (const file of files) await gone(join(folder, file));
    }
    await server.stop();
    await checkHome(home, site, 0);
  });

  it('lets another one take its place at once, and no other while it lives', async (test) => {
    const home = join(await temporaryFolder(test), 'home');
    const first = await startServer({ home });
    test.after(() => first.kill());
    await assert.rejects(startServer({ home }), /Another server uses this home/);
    await first.kill();
    const second = await startServer({ home });
    await second.stop();
  });
});

/** Resolves once no file lies there. @throws when one does after a generous time. */
async function gone(path: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (existsSync(path)) {
    assert.ok(Date.now() < deadline, 'a file that was to be forgotten is there still');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What lies in the home fits together: the database is sound, rows and files and slots name each other, no mark is left. */
async function checkHome(home: string, site: TestSite, reports: number): Promise<void> {
  const database = new DatabaseSync(join(home, 'sotto.sqlite'), { readOnly: true });
  const count = (sql: string): unknown => Object.values(database.prepare(sql).get() ?? {})[0];
  assert.equal(count('PRAGMA integrity_check'), 'ok');
  assert.equal(database.prepare('PRAGMA foreign_key_check').all().length, 0);
  assert.equal(count('SELECT count(*) FROM forgetting'), 0);
  assert.equal(count('SELECT count(*) FROM reports'), reports);
  assert.equal(count("SELECT count(*) FROM items WHERE kind = 'answers'"), reports);
  // A slot for each account with keys and each report, and none that nobody has.
  assert.equal(count('SELECT count(*) FROM slots'), reports + 3);
  const owned = 'SELECT slot FROM reports UNION SELECT slot FROM users WHERE slot IS NOT NULL';
  assert.equal(count(`SELECT count(*) FROM slots WHERE slot NOT IN (${owned})`), 0);
  const rows = database.prepare('SELECT item_id FROM uploads ORDER BY item_id').all();
  const files = await readdir(join(home, 'sites', site.siteId, 'attachments'));
  assert.deepEqual(
    files.sort(),
    rows.map(({ item_id }) => String(item_id)),
  );
  database.close();
}
