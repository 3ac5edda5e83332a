/** Forgetting (S13): what is gone from the disk, in which order, and that a crash between two steps changes nothing. */
import assert from 'node:assert/strict';
import { link, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { attachmentPath } from '../../../src/blobs/paths.ts';
import { makeForget, markReport, markUpload } from '../../../src/forgetting/forget.ts';
import { forgetFile } from '../../../src/forgetting/forget-file.ts';
import type { Home } from '../../../src/storage/home.ts';
import { addReport, addSite, openTestHome } from '../../support/rows.ts';
import { filesHolding, temporaryFolder } from '../../support/temporary.ts';

const marks = (home: Home) =>
  home.store.transaction((transaction) => home.store.forgetting.list(transaction));

describe('forgetting a file', () => {
  it('leaves none of its bytes, over the full length, and then no name', async (test) => {
    const folder = await temporaryFolder(test);
    const path = join(folder, 'secret');
    const other = join(folder, 'second-name');
    const secret = Buffer.alloc(3 * 1024 * 1024 + 17, 'the secret ');
    await writeFile(path, secret);
    await link(path, other); // the same bytes on the disk, still readable after the unlink
    await forgetFile(path);
    await assert.rejects(stat(path), { code: 'ENOENT' });
    const left = await readFile(other);
    assert.equal(left.length, secret.length);
    assert.deepEqual(await filesHolding(folder, Buffer.from('the secret')), []);
    // The last pass is random: neither zeros nor ones are what is left.
    assert.ok(new Set(left.subarray(-4096)).size > 100);
  });

  it('can be repeated, and a file that is not there is forgotten already', async (test) => {
    const path = join(await temporaryFolder(test), 'secret');
    await writeFile(path, 'secret');
    await forgetFile(path);
    await forgetFile(path);
  });
});

describe('forgetting a report', () => {
  it('hides it in the transaction that marks it, then overwrites slot and file and deletes every row', async (test) => {
    const path = join(await temporaryFolder(test), 'home');
    const home = await openTestHome(path);
    const { siteId, channelId } = await addSite(home);
    const gone = await addReport(home, siteId, channelId);
    const stays = await addReport(home, siteId, channelId);
    const chunk = Buffer.alloc(4096 + 41, 'ciphertext ');
    chunk[0] = 1;
    await home.attachments.put({ siteId, itemId: gone.itemId, paddedSize: 4096 }, 0, chunk, async () => true);
    const before = await readFile(join(path, 'slots'));

    await home.store.transaction((transaction) => markReport(home.store, transaction, siteId, gone.reportId));
    await home.store.transaction(async (transaction) => {
      assert.equal(await home.store.reports.find(transaction, siteId, gone.reportId), undefined);
      assert.equal(await home.store.reports.findByVerifier(transaction, siteId, gone.verifier), undefined);
    });
    assert.deepEqual(await home.forget.finish(), { slots: 1, rows: 1, files: 1 });

    const after = await readFile(join(path, 'slots'));
    const at = gone.slot * 32;
    assert.notDeepEqual(after.subarray(at, at + 32), before.subarray(at, at + 32));
    assert.deepEqual(
      after.subarray(stays.slot * 32, stays.slot * 32 + 32),
      before.subarray(stays.slot * 32, stays.slot * 32 + 32),
    );
    await assert.rejects(stat(join(path, attachmentPath(siteId, gone.itemId))), { code: 'ENOENT' });
    await home.store.transaction(async (transaction) => {
      assert.equal(await home.store.reports.findEvenForgotten(transaction, siteId, gone.reportId), undefined);
      assert.deepEqual(await home.store.items.ofReport(transaction, siteId, gone.reportId, 0, 100), []);
      assert.deepEqual(
        await home.store.seals.ofHolder(transaction, siteId, gone.reportId, gone.reportId),
        [],
      );
      assert.equal(await home.store.uploads.findEvenForgotten(transaction, siteId, gone.itemId), undefined);
      assert.deepEqual(await home.store.slots.numbers(transaction), [stays.slot]);
      assert.ok(await home.store.reports.find(transaction, siteId, stays.reportId));
    });
    assert.deepEqual(await marks(home), []);
    // The slot is free: the next report gets it.
    assert.equal((await addReport(home, siteId, channelId)).slot, gone.slot);
    await home.close();
  });

  it('is finished after a restart from wherever it stopped', async (test) => {
    const path = join(await temporaryFolder(test), 'home');
    for (const stopAt of ['slots', 'rows', 'files'] as const) {
      const home = await openTestHome(path);
      const { siteId, channelId } = await addSite(home);
      const report = await addReport(home, siteId, channelId);
      await home.store.transaction((transaction) =>
        markReport(home.store, transaction, siteId, report.reportId),
      );
      await assert.rejects(stopping(home, stopAt).finish(), /stopped/);
      await home.close();

      const again = await openTestHome(path);
      await again.forget.finish();
      assert.deepEqual(await marks(again), []);
      await assert.rejects(stat(join(path, attachmentPath(siteId, report.itemId))), { code: 'ENOENT' });
      await again.store.transaction(async (transaction) => {
        assert.equal(
          await again.store.reports.findEvenForgotten(transaction, siteId, report.reportId),
          undefined,
        );
        assert.deepEqual(await again.store.slots.numbers(transaction), []);
      });
      await again.close();
    }
  });

  it('forgets an unfinished upload and keeps the report', async (test) => {
    const path = join(await temporaryFolder(test), 'home');
    const home = await openTestHome(path);
    const { siteId, channelId } = await addSite(home);
    const report = await addReport(home, siteId, channelId);
    await home.store.transaction((transaction) => markUpload(home.store, transaction, siteId, report.itemId));
    await home.store.transaction(async (transaction) => {
      // Nobody gets it, and nobody else can take its id while its file is there.
      assert.equal(await home.store.uploads.find(transaction, siteId, report.itemId), undefined);
      assert.ok(await home.store.uploads.findEvenForgotten(transaction, siteId, report.itemId));
    });
    assert.deepEqual(await home.forget.finish(), { slots: 0, rows: 0, files: 1 });
    await home.store.transaction(async (transaction) => {
      assert.equal(await home.store.uploads.findEvenForgotten(transaction, siteId, report.itemId), undefined);
      assert.ok(await home.store.reports.find(transaction, siteId, report.reportId));
    });
    await home.close();
  });
});

/** Forgetting that stops like a crash before the named step. */
function stopping(home: Home, step: 'slots' | 'rows' | 'files'): ReturnType<typeof makeForget> {
  const stop = async (): Promise<never> => {
    throw new Error('stopped');
  };
  return makeForget({
    store: step === 'rows' ? { ...home.store, slots: { ...home.store.slots, drop: stop } } : home.store,
    slotFile: step === 'slots' ? { ...home.slotFile, fill: stop } : home.slotFile,
    allocator: home.allocator,
    forgetFileAt: step === 'files' ? stop : home.attachments.forget,
  });
}

describe('the lint rule', () => {
  it('refuses to remove a file anywhere but in forgetting/forget-file.ts', async (test) => {
    const { spawnSync } = await import('node:child_process');
    const root = join(import.meta.dirname, '../../../../..');
    // A copy of the rules and the same source under both names, since the rule goes by path.
    const folder = await temporaryFolder(test);
    const source = join(folder, 'apps/server/src');
    await mkdir(join(source, 'forgetting'), { recursive: true });
    const { linter, overrides } = JSON.parse(await readFile(join(root, 'biome.json'), 'utf8'));
    await writeFile(join(folder, 'biome.json'), JSON.stringify({ linter, overrides }));
    const ways = [
      "import { unlink } from 'node:fs/promises';\nawait unlink('x');\n",
      "import { unlinkSync } from 'node:fs';\nunlinkSync('x');\n",
      "import { rm } from 'node:fs/promises';\nawait rm('x');\n",
      "import { rmdir as gone } from 'node:fs/promises';\nawait gone('x');\n",
      "import { renameSync } from 'node:fs';\nrenameSync('x', 'y');\n",
      "import { promises } from 'node:fs';\nawait promises.unlink('x');\n",
      "import fs from 'node:fs';\nfs.unlinkSync('x');\n",
      "import * as fs from 'node:fs/promises';\nawait fs.unlink('x');\n",
      "const fs = await import('node:fs/promises');\nawait fs.unlink('x');\n",
    ];
    const lint = (path: string) =>
      spawnSync(join(root, 'node_modules/.bin/biome'), ['lint', '--error-on-warnings', path], {
        cwd: folder,
        encoding: 'utf8',
      });
    for (const way of ways) {
      const path = join(source, 'elsewhere.ts');
      await writeFile(path, way);
      const { status, stderr, stdout } = lint(path);
      assert.equal(status, 1, way);
      assert.match(stdout + stderr, /noRestrictedImports/, way);
    }
    const path = join(source, 'forgetting/forget-file.ts');
    await writeFile(path, ways[0] ?? '');
    assert.equal(lint(path).status, 0);
  });
});
