/** The line of programs that puts a command into a Workstation, each taking something away from it. */
import { join } from 'node:path';
import { type Layout, torPorts, type WorkstationLayout } from './layout.ts';
import type { Machine } from './machine.ts';
import type { Command } from './steps.ts';

/** Everybody's Workstation calls itself the same; this machine-id is the one Whonix gives to all of its own. */
export const sharedIdentity = {
  hostname: 'host',
  machineId: 'b08dfa6083e7567a1921a715000001fb',
  commandLine: 'quiet',
} as const;

/** The account inside; 0 is "root" in a user namespace that owns nothing. */
const insideUid = { user: 1000, root: 0 } as const;

/**
 * Joins the control groups named before `--` and becomes the rest. Sockets that the Workstation makes are open to
 * its own group too: the shared folders give them the Gateway's (onions) or the other Workstation's (links).
 */
const joinGroups =
  'umask 0007; while [ "$1" != -- ]; do echo $$ > "$1" || exit 3; shift; done; shift; exec "$@"';

export type WorkstationCommand = { as: keyof typeof insideUid; command: readonly string[] };

/**
 * The whole command. Descriptor 3 must hold the seccomp program (`layout.seccomp`).
 *
 * nsenter: its network namespace, which belongs to the host (F6: no root inside can change it). prlimit, groups:
 * its share. unshare: its own clock. setpriv: an account of its own, no capability. bwrap: its own users,
 * processes, names and files; no /sys (F5), no new user namespaces, the seccomp list (F7).
 */
export function workstationCommand(
  layout: Layout,
  workstation: WorkstationLayout,
  machine: Machine,
  { as, command }: WorkstationCommand,
): Command {
  const { limits, binds, environment } = workstation.configuration;
  const uid = String(workstation.uid);
  return {
    program: 'sh',
    args: [
      ...[
        '-c',
        joinGroups,
        'sh',
        ...controlGroups(layout, workstation, machine).map(({ join }) => join),
        '--',
      ],
      ...['nsenter', `--net=/run/netns/${workstation.namespace}`, '--'],
      'prlimit',
      `--nproc=${limits.processes}`,
      `--nofile=${limits.open_files}`,
      `--fsize=${bytesOfFile(limits)}`,
      '--core=0',
      '--',
      ...['unshare', '--time', '--fork', '--kill-child'],
      ...['--boottime', `-${machine.uptimeSeconds}`, '--monotonic', `-${machine.uptimeSeconds}`, '--'],
      ...[
        'setpriv',
        '--reuid',
        uid,
        '--regid',
        uid,
        '--clear-groups',
        '--inh-caps=-all',
        '--bounding-set=-all',
      ],
      ...['--no-new-privs', '--'],
      ...['bwrap', '--unshare-user', '--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup'],
      ...['--disable-userns', '--new-session', '--die-with-parent', '--cap-drop', 'ALL', '--seccomp', '3'],
      ...[
        '--uid',
        String(insideUid[as]),
        '--gid',
        String(insideUid[as]),
        '--hostname',
        sharedIdentity.hostname,
      ],
      ...[
        '--bind',
        workstation.root,
        '/',
        '--dev',
        '/dev',
        '--proc',
        '/proc',
        '--tmpfs',
        '/tmp',
        '--tmpfs',
        '/run',
      ],
      ...(workstation.configuration.tunnel === undefined
        ? []
        : ['--dev-bind', join(workstation.tunnelFolder, 'tun'), '/dev/net/tun']),
      ...[
        '--ro-bind',
        layout.masks.commandLine,
        '/proc/cmdline',
        '--ro-bind',
        layout.masks.machineId,
        '/etc/machine-id',
      ],
      ...['--ro-bind', workstation.resolver, '/etc/resolv.conf'],
      ...binds.flatMap(({ from, to }) => ['--ro-bind', from, to]),
      ...layout.onions
        .filter(({ configuration }) => configuration.workstation === workstation.name)
        .flatMap(({ name, sockets }) => ['--bind', sockets, join('/run/onion', name)]),
      ...layout.links
        .filter(({ from, to }) => from === workstation.name || to === workstation.name)
        .flatMap(({ name, to, folder }) => [
          to === workstation.name ? '--bind' : '--ro-bind',
          folder,
          join('/run/link', name),
        ]),
      ...['--clearenv', '--setenv', 'PATH', '/usr/local/bin:/usr/bin:/bin', '--setenv', 'HOME', '/home/user'],
      ...['--setenv', 'TZ', 'UTC', '--setenv', 'LANG', 'C.UTF-8'],
      ...(workstation.cable === undefined
        ? []
        : ['--setenv', 'SOCKS_PROXY', `${workstation.cable.gatewayAddress}:${torPorts.socks}`]),
      ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
      ...['--chdir', '/home/user', '--', ...command],
    ],
  };
}

const mebibyte = 1024 * 1024;

/** The largest file that a program may write, in bytes. */
export function bytesOfFile({ file_mib }: WorkstationLayout['configuration']['limits']): number {
  return file_mib * mebibyte;
}

export type ControlGroup = {
  folder: string;
  /** Files to write before anything joins. */
  limits: Readonly<Record<string, number>>;
  /** The file that takes a process in. */
  join: string;
};

/** The control groups of a Workstation: memory and the number of processes, over all that runs in it. */
export function controlGroups(
  layout: Layout,
  workstation: WorkstationLayout,
  machine: Machine,
): readonly ControlGroup[] {
  const { memory_mib, processes } = workstation.configuration.limits;
  const group = `sotto-isolation.${layout.name}.${workstation.name}`;
  const memory = memory_mib * mebibyte;
  if (machine.controlGroups === 'v2') {
    const folder = join('/sys/fs/cgroup', group);
    const limits = { 'memory.max': memory, 'memory.swap.max': 0, 'pids.max': processes };
    return [{ folder, limits, join: join(folder, 'cgroup.procs') }];
  }
  const memoryFolder = join('/sys/fs/cgroup/memory', group);
  const processFolder = join('/sys/fs/cgroup/pids', group);
  return [
    {
      folder: memoryFolder,
      limits: { 'memory.limit_in_bytes': memory },
      join: join(memoryFolder, 'cgroup.procs'),
    },
    { folder: processFolder, limits: { 'pids.max': processes }, join: join(processFolder, 'cgroup.procs') },
  ];
}
