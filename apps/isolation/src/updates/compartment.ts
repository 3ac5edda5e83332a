/** Where apt and the packages' own scripts run: in the root that is updated, without a network but for the door. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { plainEnvironment } from '../engine/execute.ts';
import { IsolationError } from '../errors.ts';
import type { Layout } from '../plan/layout.ts';
import type { Command } from '../plan/steps.ts';
import { sharedIdentity } from '../plan/workstation-command.ts';
import type { DoorLine } from './door.ts';
import { type ListDates, listName } from './lists.ts';

/** Folders of the host that stand in for folders of the root while it is updated. */
export type Root = { path: string; binds: readonly { from: string; to: string }[] };

/** What dpkg and the scripts of packages need of root; nothing of the kernel's, of the network's or of other processes'. */
const capabilities = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'SETGID',
  'SETUID',
  'SETFCAP',
  'SYS_CHROOT',
];

/**
 * A command inside a root. `/` is this machine itself: there scripts restart services, so nothing can be kept from them but the
 * network while packages are fetched. Any other root sees its own files alone.
 *
 * @param door the process whose network, loopback and the door, is used; undefined: none.
 * @param readOnly what only looks cannot change the root.
 */
export function inRoot(
  root: Root,
  door: number | undefined,
  { program, args }: Command,
  readOnly = false,
): Command {
  const network =
    door !== undefined
      ? ['nsenter', `--net=/proc/${door}/ns/net`, '--']
      : root.path === '/'
        ? []
        : ['unshare', '--net', '--'];
  // Our own umask is for our files; packages expect the system's.
  const system = [
    'sh',
    '-c',
    'umask 022; exec "$@"',
    'sh',
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'TZ=UTC',
  ];
  const own = root.path === '/' ? [] : bubblewrap(root, readOnly);
  const [first = program, ...rest] = [...network, ...own, ...system, program, ...args];
  return { program: first, args: rest };
}

function bubblewrap({ path, binds }: Root, readOnly: boolean): readonly string[] {
  return [
    ...['bwrap', readOnly ? '--ro-bind' : '--bind', path, '/', '--dev', '/dev', '--proc', '/proc'],
    // apt checks signatures as an account of its own, which writes there.
    ...['--perms', '1777', '--tmpfs', '/tmp', '--tmpfs', '/run'],
    ...binds.flatMap(({ from, to }) => ['--bind', from, to]),
    ...['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--hostname', sharedIdentity.hostname],
    ...['--new-session', '--die-with-parent', '--cap-drop', 'ALL'],
    ...capabilities.flatMap((one) => ['--cap-add', `CAP_${one}`]),
    ...['--chdir', '/', '--'],
  ];
}

export type Offer = { list: string } & ListDates;

export type Door = {
  port: number;
  pid: number;
  /** Closes it and tells which lists came through. */
  close: () => Promise<readonly Offer[]>;
};

/**
 * Opens the door for the servers of the sources, in a network of its own.
 *
 * @throws IsolationError `COMMAND_FAILED` when it does not open.
 */
export async function startDoor(
  layout: Layout,
  self: { node: string; main: string },
  isolation: string,
  servers: ReadonlySet<string>,
): Promise<Door> {
  const script = 'ip link set lo up && exec "$@"';
  const words = ['update', 'door', layout.updatesSocket, isolation, ...servers];
  const child: ChildProcess = spawn(
    'unshare',
    ['--net', '--', 'sh', '-c', script, 'sh', self.node, self.main, ...words],
    { env: plainEnvironment, stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const offered: Offer[] = [];
  const port = await new Promise<number | undefined>((resolve) => {
    child.on('error', () => resolve(undefined)).on('exit', () => resolve(undefined));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      // why: the door is our own program, and writes DoorLines.
      const said = JSON.parse(line) as DoorLine;
      if (said.kind === 'open') resolve(said.port);
      else offered.push({ list: listName(said.url), date: said.date, validUntil: said.validUntil });
    });
  });
  const { pid } = child;
  if (port === undefined || pid === undefined)
    throw new IsolationError(
      'COMMAND_FAILED',
      'the door for packages does not open',
      'Is iproute2 installed?',
    );
  return {
    port,
    pid,
    close: async () => {
      const closed = once(child, 'close');
      child.stdin?.end();
      await closed;
      return offered;
    },
  };
}
