/**
 * The walls inside a Workstation, each taken away alone: from the line of programs that puts a command into it, which is otherwise
 * the one that `up` and `run` use. What then gets out is named, so that one more, or one fewer, is a failure; and the audit finds
 * the program that runs without the wall.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readConfiguration } from '../../src/config/read-configuration.ts';
import { plainEnvironment } from '../../src/engine/execute.ts';
import { killTree } from '../../src/engine/processes.ts';
import { layoutOf } from '../../src/plan/layout.ts';
import { thisMachine } from '../../src/plan/machine.ts';
import { workstationCommand } from '../../src/plan/workstation-command.ts';
import { assertOk, ended, type Instance, instance, isolate, workstation } from '../live/rig.ts';

const programs = join(import.meta.dirname, '..', 'live', 'programs');

/** How long a program may take to start, in milliseconds. */
const startsWithin = 30_000;

/** Attempts that would send a packet past the Gateway, or change the cable: whatever wall is missing, none may get out. */
const packets = [
  'raw socket',
  'packet socket',
  'new network namespace',
  'setns to process 1',
  'take eth0 down',
  'change the MAC',
  'change the address',
  'move eth0 to another namespace',
];

/** A wall: how it is taken out of the line, where the programs of the tests are then, and what a captured program gets. */
type InnerWall = {
  wall: string;
  without: (line: readonly string[]) => readonly string[];
  programs: string;
  /** The attempts of escape.pl that get out; the rest meets another wall. */
  out: readonly string[];
  /** What the audit says of a program that runs so. */
  audit: readonly string[];
};

/** The line without an option and its value. */
function drop(line: readonly string[], option: string, values = 0): readonly string[] {
  const at = line.indexOf(option);
  assert.ok(at >= 0, option);
  return [...line.slice(0, at), ...line.slice(at + 1 + values)];
}

/** The line without one of its programs: from its name to its `--`. */
function dropProgram(line: readonly string[], program: string): readonly string[] {
  const at = line.indexOf(program);
  assert.ok(at >= 0, program);
  return [...line.slice(0, at), ...line.slice(line.indexOf('--', at) + 1)];
}

/** The line that starts in `/`: its home is another account's. */
function atRoot(line: readonly string[]): readonly string[] {
  return line.map((word) => (word === '/home/user' ? '/' : word));
}

const innerWalls: readonly InnerWall[] = [
  {
    wall: 'the filter of system calls',
    without: (line) => drop(line, '--seccomp', 1),
    programs: '/opt/programs',
    // No packet among it: of the kernel's doors, what the filter alone keeps shut.
    out: ['vsock socket', 'ptrace of another process', 'io_uring', 'kernel keyring'],
    audit: ['programs of desk'],
  },
  {
    // bubblewrap makes a user namespace by itself for whoever is not root: without one it must be root that starts it.
    wall: 'the user namespace, and the account that needs one',
    without: (line) =>
      ['--unshare-user', '--disable-userns'].reduce(
        (rest, option) => drop(rest, option),
        drop(drop(atRoot(dropProgram(line, 'setpriv')), '--uid', 1), '--gid', 1),
      ),
    programs: '/opt/programs',
    // A root without capabilities: what belongs to root is its own, the network is not.
    out: ['write to the image', 'write kernel settings', 'become another user'],
    audit: ['programs of desk', 'keepers of desk'],
  },
  {
    wall: 'an account of its own',
    without: (line) => atRoot(dropProgram(line, 'setpriv')),
    programs: '/opt/programs',
    // The host's root in a user namespace: what belongs to root is its own.
    out: ['write to the image', 'write kernel settings', 'become another user'],
    audit: ['programs of desk', 'keepers of desk'],
  },
  {
    wall: 'limits of its own',
    without: (line) => dropProgram(line, 'prlimit'),
    programs: '/opt/programs',
    out: [],
    audit: ['programs of desk'],
  },
  {
    wall: 'its control groups',
    without: (line) => [...line.slice(0, line.indexOf('sh') + 1), ...line.slice(line.indexOf('--'))],
    programs: '/opt/programs',
    out: [],
    audit: ['programs of desk'],
  },
  ...(['pid', 'ipc', 'uts', 'cgroup'] as const).map(
    (kind): InnerWall => ({
      wall: `a namespace of its own for ${kind}`,
      // A name of its own is a name in a namespace of its own.
      without: (line) => drop(kind === 'uts' ? drop(line, '--hostname', 1) : line, `--unshare-${kind}`),
      programs: '/opt/programs',
      out: [],
      audit: kind === 'pid' ? ['keepers of desk'] : ['programs of desk'],
    }),
  ),
  {
    wall: 'a clock of its own',
    without: (line) => dropProgram(line, 'unshare'),
    programs: '/opt/programs',
    out: [],
    audit: ['programs of desk', 'keepers of desk'],
  },
  {
    wall: 'bubblewrap, which loads the filter too',
    without: (line) => dropProgram(line, 'bwrap'),
    programs,
    // The host's files, and namespaces in which it is root; over the network, which is in none of them, it has no power.
    out: [
      'vsock socket',
      'new user namespace',
      'new mount namespace',
      'new process namespace',
      'mount',
      'io_uring',
      'kernel keyring',
      "host's /sys",
      "host's disks",
      'chroot',
    ],
    audit: ['keepers of desk'],
  },
];

export function innerWallClaims(): void {
  let here: Instance;
  before(async () => {
    here = instance('lt-inner', workstation('desk', 'command = ["/bin/sleep", "1000"]\n'));
    assertOk(await isolate('up', '--config', here.config));
  });
  after(async () => {
    assertOk(await isolate('down', '--config', here.config));
  });

  /** A command in the Workstation, as its root, past the wall. */
  const start = ({ without }: InnerWall, ...command: readonly string[]) => {
    const layout = layoutOf(readConfiguration(here.config));
    const desk = layout.workstations[0] ?? assert.fail();
    const { program, args } = workstationCommand(layout, desk, thisMachine(), { as: 'root', command });
    return spawn(program, without(args), {
      env: plainEnvironment,
      stdio: ['ignore', 'pipe', 'pipe', openSync(desk.seccomp, 'r')],
    });
  };

  for (const wall of innerWalls) {
    test(`without ${wall.wall}: of what a captured program tries, ${wall.out.length} things get out, and no packet`, async () => {
      const { stdout, stderr } = await ended(start(wall, 'perl', join(wall.programs, 'escape.pl')));
      const lines = stdout.split('\n').filter((line) => line.includes(': '));
      assert.equal(lines.length, 29, `${stdout}${stderr}`);
      assert.deepEqual(
        lines.filter((line) => line.endsWith(': GOT OUT')).map((line) => line.replace(': GOT OUT', '')),
        wall.out,
      );
      assert.ok(packets.every((attempt) => !wall.out.includes(attempt)));
    });

    test(`without ${wall.wall}: the audit finds the program that runs so`, async () => {
      const child = start(wall, 'sh', '-c', 'echo runs; exec sleep 1000');
      const gone = ended(child);
      try {
        await once(child.stdout ?? assert.fail(), 'data', { signal: AbortSignal.timeout(startsWithin) });
        const { code, lines } = await isolate('audit', '--config', here.config);
        assert.equal(code, 1);
        assert.deepEqual(
          lines.filter(({ kind, ok }) => kind === 'list' && ok === false).map(({ list }) => list),
          wall.audit,
        );
      } finally {
        killTree(child.pid ?? 0);
        await gone;
      }
      assertOk(await isolate('audit', '--config', here.config));
    });
  }
}
