/**
 * How fast an onion's server in the Workstation is beside one next to Tor: the same program, the same Tor, onion, circuit and visitor,
 * asked in turns within one run, so that whatever else the machine does slows both. For `npm run prove` and `npm run bench`.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '../../src/config/read-configuration.ts';
import { askTor } from '../../src/engine/tor-control.ts';
import { layoutOf } from '../../src/plan/layout.ts';
import { assertOk, type Instance, inet, inside, instance, isolate, until, workstation } from './rig.ts';
import { startVisitor } from './visitor.ts';

const programs = join(import.meta.dirname, 'programs');

/** A small request is asked so often in a round; a transfer is large enough to fill the windows of six hops. */
const requestsARound = 20;
const transferBytes = 5 * 1024 * 1024;

/** How many rounds decide, whatever they show; odd, so that one of them is in the middle. */
export const roundsThatDecide = 41;

/** Milliseconds of one round. */
type Times = { request: number; transfer: number };

export type OnionRates = {
  /** Each round's times: in the Workstation, and beside Tor. */
  rounds: readonly { inside: Times; beside: Times }[];
  /** Processor time of the two server programs over all rounds, in milliseconds. */
  processor: { inside: number; beside: number };
};

/** Milliseconds of a clock tick in /proc (sysconf(_SC_CLK_TCK) is 100 on every Linux). */
const tick = 10;

/** Runs so many rounds; needs a started rig. */
export async function measureOnionRates(rounds: number): Promise<OnionRates> {
  const here = instance(
    'lt-speed',
    `${workstation('server', 'command = ["/opt/node/node", "/opt/programs/server.mjs", "/run/onion/site/web.sock"]\n')}[[onion]]\nname = "site"\nworkstation = "server"\n[[onion]]\nname = "near"\nworkstation = "server"\nport = 81\n`,
  );
  assertOk(await isolate('up', '--config', here.config));
  const near = startBeside(here);
  const visitor = await startVisitor();
  try {
    const onion = await sharedOnion(here);
    const ask = (...amounts: readonly number[]) =>
      inside(
        inet,
        ...[process.execPath, join(programs, 'rates.mjs'), String(visitor.port)],
        ...amounts.map(String),
        ...[onion, ...ports.map(String)],
      );
    await until('the onion answers', 120, () => ask(1, 1, 1).code === 0);
    const pids = { inside: serverIn(`${here.name}-ws-server`), beside: near.pid ?? 0 };
    const before = { inside: processorTime(pids.inside), beside: processorTime(pids.beside) };
    const { code, stdout, stderr } = ask(rounds, requestsARound, transferBytes);
    assert.equal(code, 0, stderr);
    return {
      rounds: stdout
        .trim()
        .split('\n')
        .map((line) => {
          // why: our own program's line.
          const [there, beside] = JSON.parse(line) as [Times, Times];
          return { inside: there, beside };
        }),
      processor: {
        inside: processorTime(pids.inside) - before.inside,
        beside: processorTime(pids.beside) - before.beside,
      },
    };
  } finally {
    near.kill();
    await visitor.stop();
    assertOk(await isolate('down', '--config', here.config));
  }
}

/** The rate in the Workstation as a part of the rate beside Tor: the middle over the rounds, each compared with itself. */
export function relativeRate({ rounds }: OnionRates, of: keyof Times): number {
  return middle(rounds.map(({ inside, beside }) => beside[of] / inside[of]));
}

/** The same as the ratio of the two middles, which no round need have: a second look at the same rounds. */
export function ratioOfMiddles({ rounds }: OnionRates, of: keyof Times): number {
  return middle(rounds.map(({ beside }) => beside[of])) / middle(rounds.map(({ inside }) => inside[of]));
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * One onion with a port for each server: what both go through is then the same to the last relay. With an onion for each, the luck
 * of their circuits was all that could be seen: some take four times as long as others.
 */
async function sharedOnion({ config }: Instance): Promise<string> {
  const { control, cookie, onions } = layoutOf(readConfiguration(config));
  const targets = onions.map(
    ({ sockets }, index) => `Port=${ports[index]},unix:${join(sockets, 'web.sock')}`,
  );
  const command = `ADD_ONION NEW:ED25519-V3 Flags=DiscardPK,Detach ${targets.join(' ')}`;
  const [lines] = await askTor(control, cookie, [command]);
  return `${/^ServiceID=(\w+)$/m.exec(lines?.join('\n') ?? '')?.[1]}.onion`;
}

/** The onion's ports: of the server in the Workstation, and of the one beside Tor. */
const ports = [80, 81] as const;

/** The other server: on the host, in the folder of the second onion, with nothing between it and Tor. */
function startBeside({ run }: Instance): ChildProcess {
  const socket = join(run, 'onions', 'near', 'web.sock');
  return spawn(
    'sh',
    ['-c', `umask 0; exec "${process.execPath}" "${join(programs, 'server.mjs')}" "${socket}"`],
    {
      stdio: 'ignore',
    },
  );
}

/** The server's own process, not those that keep it. */
function serverIn(namespace: string): number {
  const pids = execFileSync('ip', ['netns', 'pids', namespace], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);
  const found = pids.filter(
    (pid) => existsSync(`/proc/${pid}/exe`) && readlinkSync(`/proc/${pid}/exe`).endsWith('/node'),
  );
  assert.equal(found.length, 1);
  return Number(found[0]);
}

/** User and system time of a process so far, in milliseconds (proc(5), stat, fields 14 and 15). */
function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tick;
}
