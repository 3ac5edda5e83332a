/** A disk that is full: 507, nothing half, everything from before still there, and the work goes on once there is room. */
import assert from 'node:assert/strict';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { usualMachine } from '../../src/settings/machine-settings.ts';
import { chunk, comment, credential, fileItem, newId, random, submission } from '../support/made-up.ts';
import { runServer } from '../support/running.ts';
import { fileReport, itemsOf, makeSite, ok, refused, signIn, startFiling } from '../support/site.ts';
import { smallDisk } from '../support/temporary.ts';

/** So that the disk itself is what refuses, not the reserve above it. */
const withoutReserve = { bytes: -(2 ** 40), fraction: -1 };

/** Fills the disk to its last block. @returns what makes room again. */
async function fill(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'ballast');
  const file = await open(path, 'w');
  try {
    for (;;) await file.write(Buffer.alloc(4096));
  } catch (error) {
    assert.equal(Object(error).code, 'ENOSPC');
  } finally {
    await file.close();
  }
  return () => rm(path);
}

describe('a full disk', () => {
  it('refuses what does not fit, keeps what was acknowledged, and goes on when there is room', async (test) => {
    const disk = await smallDisk(test, '8m');
    const running = await runServer(test, { homePath: join(disk, 'home'), reserve: withoutReserve });
    const site = await makeSite(running);
    const { session, holders, receipt } = await fileReport(running, site);
    const item = fileItem(holders, 2 * 524_288);
    ok(await running.call('writeOwnItem', { session, body: item }));
    const place = (index: number) => ({ session, path: { file: item.id, index } });
    const [first, second] = [chunk(524_288), chunk(524_288)];
    ok(await running.call('putOwnChunk', { ...place(0), body: first }));

    const makeRoom = await fill(disk);
    refused(await running.call('putOwnChunk', { ...place(1), body: second }), 507, 'DISK_FULL');
    refused(await running.call('getOwnChunk', place(1)), 409, 'CHUNK_MISSING');
    // The journal has room for small writes for a while; then the database refuses as a whole.
    const before = await writeUntilRefused(() =>
      running.call('writeOwnItem', { session, body: comment(holders) }),
    );
    assert.deepEqual((await itemsOf(running, session)).length, 3 + before);
    assert.ok((await running.call('getOwnChunk', place(0))).bytes.equals(first));
    ok(await running.call('returnWithReceipt', { body: { authKey: receipt.authKey } }));
    ok(await running.call('reports', { session: await signIn(running, site.recipient) }));
    const lost = credential();
    const filing = await running.call('startFiling', { body: { report: newId(), check: random(32) } });
    refused(filing, 507, 'DISK_FULL');
    refused(
      await running.call('returnWithReceipt', { body: { authKey: lost.authKey } }),
      401,
      'WRONG_CREDENTIAL',
    );

    await makeRoom();
    ok(await running.call('putOwnChunk', { ...place(1), body: second }));
    assert.ok((await running.call('getOwnChunk', place(1))).bytes.equals(second));
    ok(await running.call('writeOwnItem', { session, body: comment(holders) }));
    await fileReport(running, site);
    assert.ok(running.lines.some((line) => line.includes('"disk-full"')));
  });

  it('still forgets, so that there is room again', async (test) => {
    const disk = await smallDisk(test, '8m');
    const running = await runServer(test, { homePath: join(disk, 'home'), reserve: withoutReserve });
    await makeSite(running);
    const session = await startFiling(running, newId());
    const file = newId();
    ok(await running.call('announceFile', { session, body: { file, size: 8 * 524_288 } }));
    ok(await running.call('putOwnChunk', { session, path: { file, index: 3 }, body: chunk(524_288) }));
    // Marked while there was room for the mark, and finished without any.
    const { home, siteId } = running.server.backend;
    const { markUpload } = await import('../../src/forgetting/forget.ts');
    await home.store.transaction((transaction) => markUpload(home.store, transaction, siteId, file));
    const makeRoom = await fill(disk);
    const { attachmentPath } = await import('../../src/blobs/paths.ts');
    await home.attachments.forget(attachmentPath(siteId, file));
    await home.forget.finish();
    refused(await running.call('ownFile', { session, path: { file } }), 404, 'NOT_FOUND');
    await makeRoom();
  });

  it('is not reached by attachments: the reserve is left to the database', async (test) => {
    const disk = await smallDisk(test, '8m');
    const running = await runServer(test, { homePath: join(disk, 'home'), reserve: usualMachine.reserve });
    const site = await makeSite(running);
    const { session, holders } = await fileReport(running, site);
    refused(await running.call('writeOwnItem', { session, body: fileItem(holders, 4096) }), 507, 'DISK_FULL');
    const filing = await startFiling(running, newId());
    const announced = { file: newId(), size: 4096 };
    refused(await running.call('announceFile', { session: filing, body: announced }), 507, 'DISK_FULL');
    ok(await running.call('writeOwnItem', { session, body: comment(holders) }));
    const body = submission(site.channelId, holders, random(32));
    ok(await running.call('submit', { session: filing, body }));
  });
});

/** @returns how often it was done before the disk refused it. */
async function writeUntilRefused(write: () => Promise<{ status: number; code: unknown }>): Promise<number> {
  for (let count = 0; count < 2000; count += 1) {
    const { status, code } = await write();
    if (status === 200) continue;
    assert.deepEqual([status, code], [507, 'DISK_FULL']);
    return count;
  }
  assert.fail('the disk was never full');
}
