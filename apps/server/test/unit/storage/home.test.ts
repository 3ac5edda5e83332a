/** A home: who may open it, what it makes, and that what it keeps opens only in its place. */
import assert from 'node:assert/strict';
import { chmod, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { withSlot } from '../../../src/storage/keeping.ts';
import { addReport, addSite, openTestHome } from '../../support/rows.ts';
import { filesHolding, newId, temporaryFolder } from '../../support/temporary.ts';

describe('a home', () => {
  it('belongs to its owner alone, file by file', async (test) => {
    const path = join(await temporaryFolder(test), 'home');
    const home = await openTestHome(path);
    const { siteId, channelId } = await addSite(home);
    await addReport(home, siteId, channelId);
    await chmod(path, 0o755);
    await home.close();
    await (await openTestHome(path)).close();
    assert.equal((await stat(path)).mode & 0o777, 0o700);
    for (const name of await readdir(path)) {
      if (name === 'lock') continue; // empty for ever
      const mode = (await stat(join(path, name))).mode & 0o777;
      assert.equal(mode, name === 'sites' ? 0o700 : 0o600, name);
    }
  });

  it('is not opened twice at once', async (test) => {
    const path = join(await temporaryFolder(test), 'home');
    const home = await openTestHome(path);
    await assert.rejects(openTestHome(path), { code: 'HOME_IN_USE' });
    await home.close();
    await (await openTestHome(path)).close();
  });

  it('is not opened without the slot file its database belongs to', async (test) => {
    const path = join(await temporaryFolder(test), 'home');
    await (await openTestHome(path)).close();
    await unlink(join(path, 'slots'));
    await assert.rejects(openTestHome(path), { code: 'HOME_INCOMPLETE' });
  });

  it('keeps a seal so that the database alone does not hold it, and gives it back', async (test) => {
    const path = join(await temporaryFolder(test), 'home');
    const home = await openTestHome(path);
    const { siteId, channelId } = await addSite(home);
    const { reportId, slot, seal } = await addReport(home, siteId, channelId);
    const [row] = await home.store.transaction((transaction) =>
      home.store.seals.ofHolder(transaction, siteId, reportId, reportId),
    );
    assert.ok(row);
    const opened = await withSlot(home.slotFile, slot, (keeping) => keeping.openSeal(row));
    assert.deepEqual(Buffer.from(opened), seal);
    assert.deepEqual(await filesHolding(path, seal.subarray(0, 32)), []);
    for (const moved of [
      { ...row, report_id: newId() },
      { ...row, site_id: newId() },
      { ...row, holder_id: newId() },
      { ...row, epoch: 1 },
      { ...row, kind: 'identity' },
    ]) {
      await assert.rejects(
        withSlot(home.slotFile, slot, (keeping) => keeping.openSeal(moved)),
        { code: 'DOES_NOT_OPEN' },
      );
    }
    await home.close();
  });

  it('finds a report by the verifier of its receipt and by no other', async (test) => {
    const home = await openTestHome(join(await temporaryFolder(test), 'home'));
    const { siteId, channelId } = await addSite(home);
    const { reportId, verifier } = await addReport(home, siteId, channelId);
    const find = (siteId: string, verifier: Uint8Array) =>
      home.store.transaction((transaction) =>
        home.store.reports.findByVerifier(transaction, siteId, verifier),
      );
    assert.equal((await find(siteId, verifier))?.report_id, reportId);
    assert.equal(await find(newId(), verifier), undefined);
    assert.equal(await find(siteId, verifier.toReversed()), undefined);
    await home.close();
  });
});
