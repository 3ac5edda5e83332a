/**
 * The Workstations' image: a small Debian that nobody has used, and whether it still is what was built.
 *
 * Every change makes a new generation beside the old one, and one rename makes it the current one: an image is never changed
 * where Workstations stand on it, and an interrupted change leaves no trace in it.
 */
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { Configuration } from '../config/schema.ts';
import { execute } from '../engine/execute.ts';
import { IsolationError } from '../errors.ts';
import type { Layout } from '../plan/layout.ts';
import { sharedIdentity } from '../plan/workstation-command.ts';
import { compareManifests, manifestOf, readManifest, writeManifest } from './manifest.ts';

/** Where a generation's parts are, and the key that signs their manifest. */
export function baseParts({ base, signingKey }: Layout, generation: string) {
  const folder = join(base, 'generations', generation);
  return { root: join(folder, 'root'), manifest: join(folder, 'manifest'), key: signingKey };
}

/** The generation that the next `up` stands on; undefined without an image. */
export function currentGeneration(layout: Layout): string | undefined {
  return generationAt(layout, 'current');
}

/** The root of the current generation; without an image, or without the right to look, the path that leads to it. */
export function currentRoot(layout: Layout): string {
  const generation = currentGeneration(layout);
  return generation === undefined ? join(layout.base, 'current', 'root') : baseParts(layout, generation).root;
}

/** The sources that the image is built from and updated from, as lines of a sources.list. */
export function baseSources({ suite, mirror, security, sources }: Configuration['base']): readonly string[] {
  if (sources !== undefined) return sources;
  const main = `deb ${mirror} ${suite} main`;
  // Only a released Debian has these two.
  if (['sid', 'unstable', 'testing', 'experimental'].includes(suite)) return [main];
  return [main, `deb ${mirror} ${suite}-updates main`, `deb ${security} ${suite}-security main`];
}

/**
 * Builds the image from the packages of the configured sources, whose signatures apt checks, and signs its manifest.
 *
 * @throws IsolationError `REFUSED` when there is one already: snapshots and layers stand on it.
 */
export async function buildBase(layout: Layout): Promise<number> {
  if (currentGeneration(layout) !== undefined) {
    throw new IsolationError(
      'REFUSED',
      'there is an image already',
      'Updates change it; to start anew remove the state folder.',
    );
  }
  const { suite, packages } = layout.configuration.base;
  return await newGeneration(layout, async (root) => {
    await execute({
      program: 'mmdebstrap',
      args: [
        ...['--mode=root', '--variant=apt', '--quiet', `--include=${packages.join(',')}`],
        ...['--aptopt=APT::Install-Recommends "false"', suite, root],
        ...baseSources(layout.configuration.base),
      ],
    });
    anonymise(root);
  });
}

/**
 * Makes a copy of the current image, lets `change` work on it, and makes it the current one. When `change` throws, the copy
 * is removed and nothing else has happened.
 *
 * @returns the number of entries of the new image.
 * @throws IsolationError `REFUSED` when the current image is not what was signed: the new manifest would vouch for a stranger's change.
 */
export async function changeBase(layout: Layout, change: (root: string) => Promise<void>): Promise<number> {
  const from = currentGeneration(layout);
  if (from === undefined) throw noImage();
  if ((await verifyBase(layout)).length > 0) {
    throw new IsolationError(
      'REFUSED',
      'the image is not what was signed: no change enters it',
      'See `sotto isolate base verify`; build a new one.',
    );
  }
  return await newGeneration(layout, async (root) => {
    await execute({ program: 'cp', args: ['-a', '--reflink=auto', baseParts(layout, from).root, root] });
    await change(root);
  });
}

async function newGeneration(layout: Layout, fill: (root: string) => Promise<void>): Promise<number> {
  const generations = join(layout.base, 'generations');
  mkdirSync(generations, { recursive: true });
  // What an interrupted change left.
  for (const left of readdirSync(generations).filter((name) => name.endsWith(unfinished)))
    rmSync(join(generations, left), { recursive: true, force: true });
  const generation = `image-${randomBytes(8).toString('hex')}`;
  const working = `${generation}${unfinished}`;
  const { root, manifest, key } = baseParts(layout, working);
  mkdirSync(join(generations, working));
  try {
    await fill(root);
    const measured = await manifestOf(root);
    writeManifest(manifest, measured, key);
    renameSync(join(generations, working), join(generations, generation));
    const before = currentGeneration(layout);
    if (before !== undefined) point(layout, 'previous', before);
    point(layout, 'current', generation);
    sweepGenerations(layout);
    return measured.size;
  } catch (cause) {
    rmSync(join(generations, working), { recursive: true, force: true });
    throw cause;
  }
}

const unfinished = '.unfinished';

/**
 * Makes the generation before the current one current again; a second time goes forth.
 *
 * @throws IsolationError `REFUSED` when there is none.
 */
export function previousBase(layout: Layout): string {
  const [current, previous] = [currentGeneration(layout), generationAt(layout, 'previous')];
  if (current === undefined || previous === undefined)
    throw new IsolationError('REFUSED', 'there is no image before this one', 'Only an update makes one.');
  point(layout, 'current', previous);
  point(layout, 'previous', current);
  return previous;
}

/** In one step: a reader sees the old generation or the new one. */
function point({ base }: Layout, link: 'current' | 'previous', generation: string): void {
  const path = join(base, link);
  rmSync(`${path}.new`, { force: true });
  symlinkSync(join('generations', generation), `${path}.new`);
  renameSync(`${path}.new`, path);
}

function generationAt({ base }: Layout, link: 'current' | 'previous'): string | undefined {
  try {
    return basename(readlinkSync(join(base, link)));
  } catch {
    return undefined;
  }
}

/** Removes generations that are neither current nor the one before, unless a Workstation is up on them. */
function sweepGenerations(layout: Layout): void {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8');
  const kept = [currentGeneration(layout), generationAt(layout, 'previous')];
  const folder = join(layout.base, 'generations');
  for (const generation of readdirSync(folder)) {
    if (kept.includes(generation) || mounts.includes(`/${generation}/root`)) continue;
    rmSync(join(folder, generation), { recursive: true, force: true });
  }
}

/** mmdebstrap copies the host's name and resolver; everybody's image is the same instead. */
function anonymise(root: string): void {
  const etc = join(root, 'etc');
  writeFileSync(join(etc, 'hostname'), `${sharedIdentity.hostname}\n`);
  writeFileSync(join(etc, 'hosts'), `127.0.0.1 localhost ${sharedIdentity.hostname}\n`);
  writeFileSync(join(etc, 'machine-id'), `${sharedIdentity.machineId}\n`);
  writeFileSync(join(etc, 'timezone'), 'Etc/UTC\n');
  rmSync(join(etc, 'resolv.conf'), { force: true });
  writeFileSync(join(etc, 'resolv.conf'), '');
  appendFileSync(join(etc, 'passwd'), 'user:x:1000:1000::/home/user:/bin/sh\n');
  appendFileSync(join(etc, 'group'), 'user:x:1000:\n');
}

/**
 * Compares the current image with its signed manifest.
 *
 * @returns what differs; empty when the image is what was built.
 * @throws IsolationError `REFUSED` without an image, or when the manifest itself is not what was signed.
 */
export async function verifyBase(layout: Layout): Promise<readonly string[]> {
  const generation = currentGeneration(layout);
  if (generation === undefined) throw noImage();
  const { root, manifest, key } = baseParts(layout, generation);
  const expected = readManifest(manifest, key);
  if (expected === undefined) {
    throw new IsolationError(
      'REFUSED',
      'the manifest of the image is missing or not signed by this machine',
      'Do not use the image; build a new one.',
    );
  }
  return compareManifests(expected, await manifestOf(root));
}

function noImage(): IsolationError {
  return new IsolationError('REFUSED', 'there is no image', 'Run `sotto isolate base build`.');
}

/** Whether every Workstation that is up stands on the current image. */
export function standsOnCurrent(layout: Layout): boolean {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => line.includes(' overlay ') && line.includes(` ${layout.run}/`))
    .every((line) => line.includes(`${currentRoot(layout)},`));
}
