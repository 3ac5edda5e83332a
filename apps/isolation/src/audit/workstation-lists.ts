/** The lists of one Workstation: its network, what runs in it, and what a program in it finds. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Comparison } from '../engine/engine.ts';
import { plainEnvironment } from '../engine/execute.ts';
import { namespaceKinds, processesIn, rightsOf } from '../engine/processes.ts';
import type { Layout, WorkstationLayout } from '../plan/layout.ts';
import { thisMachine } from '../plan/machine.ts';
import { workstationNetwork } from '../plan/network.ts';
import { workstationCommand } from '../plan/workstation-command.ts';
import { limitsOf, wantedLimits } from './limits.ts';
import { networkLists } from './network-lists.ts';
import { accountLine, noRights, processLine } from './rights.ts';

/** What bubblewrap makes: fourteen; a Workstation for a tunnel has one more. */
export const harmlessDevices = [
  'core',
  'fd',
  'full',
  'null',
  'ptmx',
  'pts',
  'random',
  'shm',
  'stderr',
  'stdin',
  'stdout',
  'tty',
  'urandom',
  'zero',
];

/** All lists of a Workstation. */
export async function workstationLists(
  layout: Layout,
  workstation: WorkstationLayout,
): Promise<readonly Comparison[]> {
  const { name, namespace } = workstation;
  const running = await processesIn(layout, namespace);
  const inside = await look(layout, workstation);
  return [
    ...(await networkLists(namespace, name, workstationNetwork(workstation))),
    ...programs(layout, workstation, running),
    { list: `devices inside ${name}`, expected: devices(workstation), found: inside.devices },
    { list: `mounts inside ${name}`, expected: mounts(layout, workstation), found: inside.mounts },
  ];
}

/** Each kind of process once: how many a program starts is its own affair. */
function programs(
  layout: Layout,
  workstation: WorkstationLayout,
  running: Awaited<ReturnType<typeof processesIn>>,
): readonly Comparison[] {
  const { name, uid, configuration } = workstation;
  const account = accountLine(uid);
  const own = rightsOf(readFileSync('/proc/self/status', 'utf8'));
  const runs = configuration.command !== undefined;
  const kinds = (place: 'host' | 'workstation') =>
    new Set(
      running
        .filter(({ apart }) => apart.includes('pid') === (place === 'workstation'))
        .map((one) =>
          place === 'host'
            ? processLine(one.program, one)
            : `${processLine('any program', one)}, ${limitsOf(layout, workstation, one.pid)}`,
        ),
    );
  return [
    {
      list: `programs of ${name}`,
      expected: runs
        ? [
            `${processLine('any program', { account, rights: noRights(2), apart: namespaceKinds })}, ${wantedLimits(layout, workstation)}`,
          ]
        : [],
      found: [...kinds('workstation')],
    },
    {
      // Outside, the two that made its clock and its walls wait for the program's end, and read nothing of it.
      list: `keepers of ${name}`,
      expected: runs
        ? [
            processLine('/usr/bin/unshare', { account: accountLine(0), rights: own, apart: ['net'] }),
            processLine('/usr/bin/bwrap', { account, rights: noRights(0), apart: ['net', 'time'] }),
          ]
        : [],
      found: [...kinds('host')],
    },
  ];
}

function devices({ configuration: { tunnel } }: WorkstationLayout): readonly string[] {
  return tunnel === undefined ? harmlessDevices : [...harmlessDevices, 'net', 'net/tun'];
}

function mounts(layout: Layout, { name, configuration }: WorkstationLayout): readonly string[] {
  const covered = ['full', 'null', 'random', 'tty', 'urandom', 'zero'].map((device) => `/dev/${device}`);
  return [
    ...['/', '/dev', '/dev/pts', ...covered, '/proc', '/tmp', '/run'],
    ...['/proc/cmdline', '/etc/machine-id', '/etc/resolv.conf'],
    ...(configuration.tunnel === undefined ? [] : ['/dev/net/tun']),
    ...configuration.binds.map(({ to }) => to),
    ...layout.onions
      .filter((onion) => onion.configuration.workstation === name)
      .map((onion) => join('/run/onion', onion.name)),
    ...layout.links
      .filter(({ from, to }) => from === name || to === name)
      .map((link) => join('/run/link', link.name)),
  ];
}

/** A program of ours in the Workstation, as any of its own: it tells what it finds. */
async function look(layout: Layout, workstation: WorkstationLayout) {
  const find =
    'cd /dev && find . -mindepth 1 -maxdepth 2 -not -path "./pts/*" -not -path "./fd/*" -not -path "./shm/*"';
  const { program, args } = workstationCommand(layout, workstation, thisMachine(), {
    as: 'user',
    command: ['sh', '-c', `${find}; echo ---; cut -d " " -f 5 /proc/self/mountinfo`],
  });
  const child = spawn(program, args, {
    env: plainEnvironment,
    stdio: ['ignore', 'pipe', 'ignore', openSync(workstation.seccomp, 'r')],
  });
  const ended = once(child, 'close');
  const said = child.stdout === null ? '' : await text(child.stdout);
  await ended;
  const [devices = '', mounts = ''] = said.split('---\n');
  return {
    devices: devices
      .split('\n')
      .filter(Boolean)
      .map((path) => path.replace('./', '')),
    mounts: mounts.split('\n').filter(Boolean),
  };
}
