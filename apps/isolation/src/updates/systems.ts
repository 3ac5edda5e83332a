/** What is updated: this machine, whose programs the Gateway runs, and the Workstations' image. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { currentRoot } from '../base/base.ts';
import { attempt } from '../engine/execute.ts';
import type { Layout } from '../plan/layout.ts';
import { aptGet } from './apt.ts';
import { inRoot, type Root } from './compartment.ts';
import type { SystemName } from './ledger.ts';

export type System = {
  name: SystemName;
  root: Root;
  /** apt's lists and package files, seen from the host. */
  lists: string;
  archives: string;
  /** Ours: the snapshot before an update, configuration files as the distribution had them. */
  folder: string;
  health: readonly (readonly string[])[];
  /** Looking changes nothing in it: lists and package files are kept outside. */
  apart: boolean;
};

/** The Gateway's programs; on a host that has them, each must still start. */
const gatewayPrograms: readonly (readonly string[])[] = [
  ['tor', '--version'],
  ['nft', '--version'],
  ['ip', '-V'],
  ['bwrap', '--version'],
];

/** The system of that name; `root` is the copy of the image that an update works on. */
export function systemOf(layout: Layout, name: SystemName, root = currentRoot(layout)): System {
  const { host, base } = layout.configuration.updates;
  const folder = join(layout.state, 'updates', name);
  if (name === 'host') {
    const apt = (path: string) => join(host.root, 'var', path);
    const programs = gatewayPrograms.filter(([program = '']) =>
      ['usr/bin', 'usr/sbin', 'bin', 'sbin'].some((bin) => existsSync(join(host.root, bin, program))),
    );
    return {
      name,
      root: { path: host.root, binds: [] },
      lists: apt('lib/apt/lists'),
      archives: apt('cache/apt/archives'),
      folder,
      health: [...programs, ...host.health],
      apart: false,
    };
  }
  const lists = join(folder, 'lists');
  const cache = join(folder, 'cache');
  return {
    name,
    root: {
      path: root,
      binds: [
        { from: lists, to: '/var/lib/apt/lists' },
        { from: cache, to: '/var/cache/apt' },
      ],
    },
    lists,
    archives: join(cache, 'archives'),
    folder,
    health: base.health,
    apart: true,
  };
}

/** The package files that apt has fetched for these packages (`NAME_VERSION_ARCHITECTURE.deb`). */
export function archivesOf({ archives }: System, packages: readonly string[]): readonly string[] {
  const fetched = existsSync(archives) ? readdirSync(archives).filter((file) => file.endsWith('.deb')) : [];
  return fetched
    .filter((file) => packages.includes(file.split('_')[0] ?? ''))
    .map((file) => join(archives, file));
}

/**
 * Asks a system how it is: dpkg finds nothing half installed, apt finds no dependency unmet, and every command of the
 * configuration ends well.
 *
 * @returns what is wrong; undefined when nothing is.
 */
export async function complaint({ root, health }: System): Promise<string | undefined> {
  const audit = await attempt(inRoot(root, undefined, { program: 'dpkg', args: ['--audit'] }));
  if (audit.status !== 0 || audit.stdout !== '') return 'dpkg finds packages that are not installed whole';
  const check = await attempt(inRoot(root, undefined, aptGet(['check'], undefined)));
  if (check.status !== 0) return 'apt finds dependencies that are not there';
  for (const [program = '', ...args] of health) {
    const { status } = await attempt(inRoot(root, undefined, { program, args }));
    if (status !== 0) return `${program} ends with ${status}`;
  }
  return undefined;
}
