/**
 * Configuration files that both a person and the distribution changed. dpkg keeps the person's and lays the distribution's beside
 * it (`.dpkg-dist`); here are the difference, and the ways to make one of the two. What the distribution had before is kept at each
 * update, so that the changes of both can be put together (diff3).
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { attempt } from '../engine/execute.ts';
import { IsolationError } from '../errors.ts';
import type { System } from './systems.ts';

const distributed = '.dpkg-dist';

/** Files with a newer version of the distribution beside them, as absolute paths of the system, sorted. */
export function conflicts({ root }: System): readonly string[] {
  if (!existsSync(join(root.path, 'etc'))) return [];
  return below(root.path, 'etc')
    .filter((path) => path.endsWith(distributed))
    .map((path) => `/${path.slice(0, -distributed.length)}`)
    .sort();
}

/** What the distribution would change in the person's file, as a unified difference; empty when nothing. */
export async function difference({ root }: System, file: string): Promise<string> {
  const mine = join(root.path, file);
  const labels = ['--label', `${file} (yours)`, '--label', `${file} (the distribution's)`];
  const { stdout } = await attempt({
    program: 'diff',
    args: ['-u', ...labels, '--', mine, `${mine}${distributed}`],
  });
  return stdout;
}

export type Take = 'mine' | 'theirs' | 'both' | { file: string };

/**
 * Makes one file of the two; the person's old one stays beside it as `.dpkg-old`.
 *
 * @throws IsolationError `REFUSED` for a file without two versions; for `both` when the changes touch the same lines, or what the
 * distribution had before is not known. A half merged file is then left where the message says.
 */
export async function merge(system: System, file: string, take: Take): Promise<void> {
  if (!conflicts(system).includes(file))
    throw refused(`${file} has no newer version beside it`, 'See `sotto isolate update files`.');
  const mine = join(system.root.path, file);
  const theirs = `${mine}${distributed}`;
  const merged =
    take === 'mine'
      ? undefined
      : take === 'theirs'
        ? readFileSync(theirs)
        : take === 'both'
          ? await both(system, file)
          : readFileSync(take.file);
  if (merged !== undefined) {
    copyFileSync(mine, `${mine}.dpkg-old`);
    // Into the file that is there: owner and rights stay.
    writeFileSync(mine, merged);
  }
  keep(system, file, theirs);
  rmSync(theirs);
}

async function both(system: System, file: string): Promise<string> {
  const mine = join(system.root.path, file);
  const before = join(system.folder, 'distributed', file);
  if (!existsSync(before)) {
    throw refused(
      `what the distribution had in ${file} before is not known`,
      'Put the two together by hand, and give the result: --take FILE.',
    );
  }
  const { status, stdout } = await attempt({
    program: 'diff3',
    args: ['-m', '-L', 'yours', '-L', 'before', '-L', 'new', '--', mine, before, `${mine}${distributed}`],
  });
  if (status === 0) return stdout;
  const half = join(system.folder, 'half-merged', file);
  mkdirSync(dirname(half), { recursive: true, mode: 0o700 });
  writeFileSync(half, stdout, { mode: 0o600 });
  throw refused(
    `you and the distribution changed the same lines of ${file}`,
    `Correct ${half}, then: --take ${half}`,
  );
}

/**
 * Remembers every configuration file that nobody changed, as the distribution has it. dpkg's record says which: paths and MD5
 * sums, `Conffiles:` in its status file. MD5 only tells apart here what was edited from what was not.
 */
export function keepDistributed(system: System): void {
  const status = readFileSync(join(system.root.path, 'var', 'lib', 'dpkg', 'status'), 'utf8');
  for (const [, path = '', sum] of status.matchAll(/^ (\/etc\/\S+) ([0-9a-f]{32})$/gm)) {
    const full = join(system.root.path, path);
    if (path.split('/').includes('..') || !statSync(full, { throwIfNoEntry: false })?.isFile()) continue;
    if (createHash('md5').update(readFileSync(full)).digest('hex') === sum) keep(system, path, full);
  }
}

function keep({ folder }: System, file: string, from: string): void {
  const kept = join(folder, 'distributed', file);
  mkdirSync(dirname(kept), { recursive: true, mode: 0o700 });
  copyFileSync(from, kept);
}

function below(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? below(root, path) : [path];
  });
}

function refused(message: string, hint: string): IsolationError {
  return new IsolationError('REFUSED', message, hint);
}
