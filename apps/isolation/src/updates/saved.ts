/**
 * The snapshot of a running system before its update: every file that the new packages bring or the old ones have, all of /etc,
 * and dpkg's own records, as one archive; and which of these paths were not there. Going back puts the files back and removes what
 * was not there. What the scripts of packages change elsewhere is not among it.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { execute } from '../engine/execute.ts';

/** Saved whole: what a package's scripts and dpkg write besides the package's own files. */
const whole = ['etc', 'var/lib/dpkg'];

/** What dpkg leaves beside a file when it is interrupted. */
const dpkgLeaves = ['.dpkg-new', '.dpkg-tmp'];

function parts(folder: string) {
  return {
    archive: join(folder, 'files.tar'),
    absent: join(folder, 'absent.json'),
    before: join(folder, 'before.json'),
  };
}

/** Whether an update was interrupted after its snapshot: then the system may be half new. */
export function isSaved(folder: string): boolean {
  return existsSync(folder);
}

/**
 * Saves what an update may touch.
 *
 * @param packages names of the packages that change, without architecture.
 * @param archives the package files that will be installed.
 */
export async function save(
  root: string,
  folder: string,
  packages: readonly string[],
  archives: readonly string[],
): Promise<void> {
  const working = `${folder}.unfinished`;
  rmSync(working, { recursive: true, force: true });
  mkdirSync(working, { recursive: true, mode: 0o700 });
  const coming = await Promise.all(archives.map(pathsIn));
  const touched = new Set([...packages.flatMap((name) => pathsOf(root, name)), ...coming.flat()]);
  const paths = [...touched].filter((path) => staysInside(root, path));
  const there = paths.filter((path) => isThere(join(root, path)));
  const absent = paths.filter((path) => !isThere(join(root, path)));
  const files = there.filter((path) => !lstatSync(join(root, path)).isDirectory());
  const { archive, absent: absentPath, before } = parts(working);
  await execute({
    program: 'tar',
    args: ['-C', root, '--acls', '--xattrs', '--numeric-owner', '--null', '-T', '-', '-cf', archive],
    input: [...files, ...whole].map((path) => `${path}\0`).join(''),
  });
  writeFileSync(absentPath, JSON.stringify(absent), { mode: 0o600 });
  writeFileSync(before, JSON.stringify(whole.flatMap((path) => tree(root, path))), { mode: 0o600 });
  // Whole or not there at all: a half snapshot is never gone back to.
  renameSync(working, folder);
}

/** Puts everything back as it was saved, and forgets the snapshot. */
export async function goBack(root: string, folder: string): Promise<void> {
  const { archive, absent, before } = parts(folder);
  // why: both are what save() wrote.
  const absentPaths = JSON.parse(readFileSync(absent, 'utf8')) as string[];
  // why: as above.
  const beforePaths = new Set(JSON.parse(readFileSync(before, 'utf8')) as string[]);
  const list = await execute({ program: 'tar', args: ['-tf', archive] });
  const saved = list.split('\n').filter((path) => path !== '' && !path.endsWith('/'));
  for (const path of [...saved, ...absentPaths]) {
    for (const leaf of dpkgLeaves) rmSync(join(root, `${path}${leaf}`), { force: true });
  }
  for (const path of whole.flatMap((one) => tree(root, one)).reverse())
    if (!beforePaths.has(path)) remove(join(root, path));
  // The deepest first: a folder goes when it is empty.
  for (const path of [...absentPaths].sort().reverse()) if (staysInside(root, path)) remove(join(root, path));
  await execute({
    program: 'tar',
    args: ['-C', root, '--acls', '--xattrs', '--numeric-owner', '-xpf', archive],
  });
  forget(folder);
}

/**
 * Whether apt or dpkg still works on a root: a killed verb leaves them running on the host. They hold record locks (fcntl), which
 * the kernel lists with device and inode (proc(5), locks).
 */
export function isBusy(root: string): boolean {
  const lock = statSync(join(root, 'var', 'lib', 'dpkg', 'lock-frontend'), { throwIfNoEntry: false });
  if (lock === undefined) return false;
  return readFileSync('/proc/locks', 'utf8')
    .split('\n')
    .some((line) => line.includes(`:${lock.ino} `));
}

/** The update is good: its snapshot goes. */
export function forget(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** The paths that an installed package owns, relative to the root (dpkg(1): info/NAME.list, info/NAME:ARCH.list). */
function pathsOf(root: string, name: string): readonly string[] {
  const info = join(root, 'var', 'lib', 'dpkg', 'info');
  return readdirSync(info)
    .filter((file) => file === `${name}.list` || (file.startsWith(`${name}:`) && file.endsWith('.list')))
    .flatMap((file) => readFileSync(join(info, file), 'utf8').split('\n'))
    .map((path) => path.replace(/^\//, ''))
    .filter((path) => path !== '' && path !== '.');
}

/** The paths inside a package file. */
async function pathsIn(archive: string): Promise<readonly string[]> {
  const list = await execute({
    program: 'sh',
    args: ['-c', 'dpkg-deb --fsys-tarfile "$1" | tar -t', 'sh', archive],
  });
  return list
    .split('\n')
    .map((path) => path.replace(/^\.\//, '').replace(/\/$/, ''))
    .filter((path) => path !== '' && path !== '.');
}

/** Everything below a folder, the folder first, relative to the root. */
function tree(root: string, folder: string): readonly string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return [
    folder,
    ...entries.flatMap((entry) =>
      entry.isDirectory() ? tree(root, join(folder, entry.name)) : [join(folder, entry.name)],
    ),
  ];
}

/** A link on the way may lead out of a root that is not `/`: such a path is not of this system. */
function staysInside(root: string, path: string): boolean {
  let parent = dirname(join(root, path));
  while (!existsSync(parent)) parent = dirname(parent);
  const real = realpathSync(parent);
  return root === '/' || real === realpathSync(root) || real.startsWith(`${realpathSync(root)}/`);
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function remove(path: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory()) rmSync(path);
  else if (readdirSync(path).length === 0) rmdirSync(path);
}
