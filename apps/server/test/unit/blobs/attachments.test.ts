/** Attachments on the disk: what counts as present, what a full disk leaves, and what the file's times tell. */
import assert from 'node:assert/strict';
import { open, readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Attachments, type DiskReserve, openAttachments } from '../../../src/blobs/attachments.ts';
import { attachmentPath } from '../../../src/blobs/paths.ts';
import { makeTurns } from '../../../src/blobs/turns.ts';
import { midnight } from '../../../src/storage/home.ts';
import { noReserve, testNow } from '../../support/rows.ts';
import { newId, smallDisk, temporaryFolder } from '../../support/temporary.ts';

/** Two full chunks and one of 4096 bytes. */
const paddedSize = 2 * 524_288 + 4096;

function chunk(index: number, fill: string): Buffer {
  const bytes = Buffer.alloc((index < 2 ? 524_288 : 4096) + 41, fill);
  bytes[0] = 1;
  return bytes;
}

const wanted = async () => true;

async function begin(
  folder: string,
  reserve: DiskReserve = noReserve,
): Promise<{ attachments: Attachments; siteId: string; itemId: string }> {
  const attachments = openAttachments(folder, reserve, () => midnight(testNow));
  const siteId = newId();
  const itemId = newId();
  await attachments.prepare(siteId);
  return { attachments, siteId, itemId };
}

describe('attachments', () => {
  it('are given back chunk by chunk, in whatever order they came', async (test) => {
    const { attachments, siteId, itemId } = await begin(await temporaryFolder(test));
    const attachment = { siteId, itemId, paddedSize };
    assert.deepEqual(await attachments.missing(attachment), [0, 1, 2]);
    await Promise.all(
      [2, 0].map((index) => attachments.put(attachment, index, chunk(index, `${index}`), wanted)),
    );
    assert.deepEqual(await attachments.missing(attachment), [1]);
    assert.equal(await attachments.get(attachment, 1), undefined);
    await attachments.put(attachment, 1, chunk(1, '1'), wanted);
    assert.deepEqual(await attachments.missing(attachment), []);
    for (const index of [0, 1, 2]) {
      assert.ok(
        chunk(index, `${index}`).equals((await attachments.get(attachment, index)) ?? new Uint8Array()),
      );
    }
  });

  it('keep the first copy of a chunk, also when two come at once', async (test) => {
    const { attachments, siteId, itemId } = await begin(await temporaryFolder(test));
    const attachment = { siteId, itemId, paddedSize };
    await Promise.all(['a', 'b', 'c'].map((fill) => attachments.put(attachment, 0, chunk(0, fill), wanted)));
    assert.ok(chunk(0, 'a').equals((await attachments.get(attachment, 0)) ?? new Uint8Array()));
  });

  it('do not take a torn chunk for one that is there', async (test) => {
    const folder = await temporaryFolder(test);
    const { attachments, siteId, itemId } = await begin(folder);
    // What a crash leaves between the two writes: the body without its version byte.
    const file = await open(join(folder, attachmentPath(siteId, itemId)), 'w+');
    await file.write(chunk(0, 'torn').subarray(1), 0, undefined, 1);
    await file.close();
    const attachment = { siteId, itemId, paddedSize };
    assert.deepEqual(await attachments.missing(attachment), [0, 1, 2]);
    assert.equal(await attachments.get(attachment, 0), undefined);
    await attachments.put(attachment, 0, chunk(0, 'whole'), wanted);
    assert.ok(chunk(0, 'whole').equals((await attachments.get(attachment, 0)) ?? new Uint8Array()));
  });

  it('refuse a chunk of another length, another version or beyond the end', async (test) => {
    const { attachments, siteId, itemId } = await begin(await temporaryFolder(test));
    const attachment = { siteId, itemId, paddedSize };
    const wrong = chunk(0, 'x');
    wrong[0] = 2;
    await assert.rejects(attachments.put(attachment, 0, wrong, wanted), { code: 'BROKEN' });
    await assert.rejects(attachments.put(attachment, 0, chunk(2, 'x'), wanted), { code: 'BROKEN' });
    await assert.rejects(attachments.put(attachment, 3, chunk(2, 'x'), wanted));
    assert.deepEqual(await attachments.missing(attachment), [0, 1, 2]);
  });

  it('carry midnight UTC after they were made, written and read, and so does their folder', async (test) => {
    const folder = await temporaryFolder(test);
    const { attachments, siteId, itemId } = await begin(folder);
    const path = join(folder, attachmentPath(siteId, itemId));
    const expected = Date.UTC(2026, 10, 21);
    const attachment = { siteId, itemId, paddedSize };
    const times = async () => {
      const { mtimeMs, atimeMs } = await stat(path);
      return [mtimeMs, atimeMs, (await stat(join(path, '..'))).mtimeMs];
    };
    await attachments.put(attachment, 0, chunk(0, 'x'), wanted);
    assert.deepEqual(await times(), [expected, expected, expected]);
    await attachments.get(attachment, 0);
    assert.deepEqual(await times(), [expected, expected, expected]);
    // The check can fail: an ordinary reading leaves its time.
    await readFile(path);
    await utimes(path, new Date(), new Date());
    assert.notDeepEqual(await times(), [expected, expected, expected]);
  });

  it('take nothing more once they are forgotten, even if the writing had begun', async (test) => {
    const folder = await temporaryFolder(test);
    const { attachments, siteId, itemId } = await begin(folder);
    const attachment = { siteId, itemId, paddedSize };
    let gone = false;
    const unlessGone = async () => !gone;
    assert.equal(await attachments.put(attachment, 0, chunk(0, 'x'), unlessGone), false);
    gone = true;
    const forgetting = attachments.forget(attachmentPath(siteId, itemId));
    assert.equal(await attachments.put(attachment, 1, chunk(1, 'y'), unlessGone), undefined);
    await forgetting;
    await assert.rejects(stat(join(folder, attachmentPath(siteId, itemId))), { code: 'ENOENT' });
  });

  it('keep the reserve of the disk free', async (test) => {
    const { attachments, siteId, itemId } = await begin(await temporaryFolder(test), {
      bytes: 0,
      fraction: 1,
    });
    assert.equal(await attachments.fits(1), false);
    await assert.rejects(attachments.put({ siteId, itemId, paddedSize }, 0, chunk(0, 'x'), wanted), {
      code: 'DISK_FULL',
    });
  });

  it('refuse a path that is not made of ids', () => {
    assert.throws(() => attachmentPath('../../etc', newId()), { code: 'BROKEN' });
    assert.throws(() => attachmentPath(newId(), `${newId()}/..`), { code: 'BROKEN' });
  });

  it('on a full disk refuse a chunk whole, keep those before, and are forgotten all the same', async (test) => {
    const folder = await smallDisk(test, '768k');
    // No reserve at all, so that the disk itself is what refuses.
    const { attachments, siteId, itemId } = await begin(folder, { bytes: -(2 ** 40), fraction: -1 });
    const attachment = { siteId, itemId, paddedSize };
    await attachments.put(attachment, 0, chunk(0, 'x'), wanted);
    await assert.rejects(attachments.put(attachment, 1, chunk(1, 'y'), wanted), { code: 'DISK_FULL' });
    assert.deepEqual(await attachments.missing(attachment), [1, 2]);
    assert.ok(chunk(0, 'x').equals((await attachments.get(attachment, 0)) ?? new Uint8Array()));
    await attachments.forget(attachmentPath(siteId, itemId));
    await assert.rejects(stat(join(folder, attachmentPath(siteId, itemId))), { code: 'ENOENT' });
  });
});

describe('turns', () => {
  it('run acts on one name one by one, on others side by side, and go on after one that failed', async () => {
    const turns = makeTurns();
    const order: string[] = [];
    const act = (name: string, milliseconds: number) => async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      order.push(`${name} ends`);
    };
    await Promise.all([
      turns.take('x', act('first', 20)),
      assert.rejects(turns.take('x', async () => Promise.reject(new Error('on purpose')))),
      turns.take('x', act('second', 1)),
      turns.take('y', act('other', 5)),
    ]);
    assert.deepEqual(order, [
      'first begins',
      'other begins',
      'other ends',
      'first ends',
      'second begins',
      'second ends',
    ]);
  });
});
