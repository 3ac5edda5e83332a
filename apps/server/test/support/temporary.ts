/** Folders of tests, and the dates and ids they use. Removing them is the test's own business, not forgetting. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A folder that goes when the test ends. */
export async function temporaryFolder(test: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-test-'));
  test.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** All files under `folder` whose bytes contain `needle`, as paths. */
export async function filesHolding(folder: string, needle: Uint8Array): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(needle)) found.push(path.slice(folder.length + 1));
  }
  return found.sort();
}

/** A fresh UUIDv4. */
export const newId = (): string => randomUUID();

/** A disk in memory of the given size, as mount writes it. Mounting needs root, as CI has. */
export async function smallDisk(test: TestContext, size: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-test-disk-'));
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, `mounting a small disk needs root: ${stderr}`);
  test.after(async () => {
    // Lazily: a server that still runs on it is stopped by a later hook.
    spawnSync('umount', ['-l', folder]);
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}
