/** The slot file and who gets a slot. */
import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { slotAllocator } from '../../../src/storage/slot-allocator.ts';
import { openSlotFile, pepperSlot } from '../../../src/storage/slot-file.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const today = () => new Date(Date.UTC(2026, 10, 21));

describe('the slot file', () => {
  it('is made once, with a pepper, and only its owner reads it', async (test) => {
    const path = join(await temporaryFolder(test), 'slots');
    const first = await openSlotFile(path, true, today);
    const pepper = await first.read(pepperSlot);
    await first.close();
    const second = await openSlotFile(path, true, today);
    assert.deepEqual(await second.read(pepperSlot), pepper);
    await second.close();
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.notDeepEqual(pepper, new Uint8Array(32));
  });

  it('is never made anew beside a database that needs the old one', async (test) => {
    const folder = await temporaryFolder(test);
    await assert.rejects(openSlotFile(join(folder, 'slots'), false, today), { code: 'HOME_INCOMPLETE' });
    await writeFile(join(folder, 'cut'), new Uint8Array(31));
    await assert.rejects(openSlotFile(join(folder, 'cut'), false, today), { code: 'HOME_INCOMPLETE' });
  });

  it('overwrites a slot in place and leaves its neighbours alone', async (test) => {
    const path = join(await temporaryFolder(test), 'slots');
    const file = await openSlotFile(path, true, today);
    await file.fill([1, 2, 3]);
    const before = await readFile(path);
    await file.fill([2]);
    const after = await readFile(path);
    assert.equal(after.length, before.length);
    assert.notDeepEqual(after.subarray(64, 96), before.subarray(64, 96));
    assert.deepEqual(after.subarray(0, 64), before.subarray(0, 64));
    assert.deepEqual(after.subarray(96), before.subarray(96));
    await file.close();
  });

  it('refuses to read beyond its end', async (test) => {
    const file = await openSlotFile(join(await temporaryFolder(test), 'slots'), true, today);
    await assert.rejects(file.read(1), { code: 'BROKEN' });
    await assert.rejects(file.read(-1), { code: 'BROKEN' });
    await file.close();
  });
});

describe('slots', () => {
  it('go to one owner at a time, never to two requests at once, and the pepper to none', async (test) => {
    const file = await openSlotFile(join(await temporaryFolder(test), 'slots'), true, today);
    const allocator = slotAllocator(file, [2]);
    const taken = await Promise.all(
      [1, 2, 3].map(() =>
        allocator.withNewSlot(async (slot) => new Promise<number>((r) => setTimeout(r, 5, slot))),
      ),
    );
    assert.deepEqual(taken.sort(), [1, 3, 4]);
    await file.close();
  });

  it('are free again when the transaction that wanted one fails, or when forgetting has freed them', async (test) => {
    const file = await openSlotFile(join(await temporaryFolder(test), 'slots'), true, today);
    const allocator = slotAllocator(file, []);
    await assert.rejects(
      allocator.withNewSlot(async () => {
        throw new Error('on purpose');
      }),
      /on purpose/,
    );
    assert.equal(await allocator.withNewSlot(async (slot) => slot), 1);
    assert.equal(await allocator.withNewSlot(async (slot) => slot), 2);
    allocator.freed([1]);
    assert.equal(await allocator.withNewSlot(async (slot) => slot), 1);
    await file.close();
  });

  it('hold a new key on the disk before the transaction runs', async (test) => {
    const path = join(await temporaryFolder(test), 'slots');
    const file = await openSlotFile(path, true, today);
    await file.fill([1]);
    const old = (await readFile(path)).subarray(32, 64);
    await slotAllocator(file, []).withNewSlot(async (slot) => {
      assert.equal(slot, 1);
      assert.notDeepEqual((await readFile(path)).subarray(32, 64), old);
    });
    await file.close();
  });
});
