/** What this machine must have before any verb changes anything. */
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from '../config/schema.ts';
import { IsolationError } from '../errors.ts';
import { plainEnvironment } from './execute.ts';

/** Programs that `up` runs, and the Debian package of each. */
const programs: Readonly<Record<string, string>> = {
  tor: 'tor',
  nft: 'nftables',
  ip: 'iproute2',
  bwrap: 'bubblewrap',
  nsenter: 'util-linux',
  unshare: 'util-linux',
  setpriv: 'util-linux',
  prlimit: 'util-linux',
  flock: 'util-linux',
  mount: 'mount',
  sysctl: 'procps',
};

/** @throws IsolationError `CANNOT_HERE` without root, naming what can be done without. */
export function requireRoot(verb: string): void {
  if (process.getuid?.() === 0) return;
  throw new IsolationError('CANNOT_HERE', `${verb} needs root`, 'Run it as root; `plan` needs no rights.');
}

/**
 * What has its place where Gateway and Workstations are, and cannot be done from the machine that writes their folders.
 *
 * @param hint how it is done instead.
 * @throws IsolationError `REFUSED` where they are on machines of their own.
 */
export function requireOneMachine({ engine }: Pick<Configuration, 'engine'>, hint: string): void {
  if (engine === 'netns') return;
  throw new IsolationError('REFUSED', 'Gateway and Workstations are on machines of their own', hint);
}

/** @throws IsolationError `CANNOT_HERE` naming every package that is missing. */
export function requirePrograms(more: Readonly<Record<string, string>> = {}): void {
  const missing = Object.entries({ ...programs, ...more }).filter(
    ([program]) => findProgram(program) === undefined,
  );
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map(([, debianPackage]) => debianPackage))].join(' ');
  throw new IsolationError(
    'CANNOT_HERE',
    `missing programs: ${missing.map(([program]) => program).join(', ')}`,
    `apt-get install ${packages}`,
  );
}

/** The full path of a program, or undefined. */
export function findProgram(program: string): string | undefined {
  for (const folder of plainEnvironment.PATH.split(':')) {
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {}
  }
  return undefined;
}
