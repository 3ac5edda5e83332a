/** How long things take, for `npm run bench`: no test reads these. Needs a started rig. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  assertOk,
  type Ended,
  ended,
  type Instance,
  instance,
  isolate,
  processIn,
  remains,
  startIsolate,
  workstation,
} from './rig.ts';

export type UpTimes = {
  /** Milliseconds of all phases but the last, which waits for Tor. */
  up: readonly number[];
  /** Milliseconds of the bare work: namespaces, cable, rules. */
  bareUp: readonly number[];
  down: readonly number[];
  /** Processes, namespaces, mounts, groups and files that were there after each `down`. */
  left: readonly string[];
  rollback: readonly number[];
  /** Seconds. */
  leakTest: readonly number[];
};

/** Goes up, is attacked once, goes down and back, so many times. */
export async function measureUp(times: number): Promise<UpTimes> {
  const here = instance('lt-times', workstation('desk'));
  const measured: Record<Exclude<keyof UpTimes, 'left'>, number[]> = {
    up: [],
    bareUp: [],
    down: [],
    rollback: [],
    leakTest: [],
  };
  const left: string[] = [];
  assertOk(await isolate('snapshot', 'create', 'desk', 'master', '--config', here.config));
  for (let round = 0; round < times; round += 1) {
    measured.up.push(withoutTor(assertOk(await isolate('up', '--config', here.config))));
    measured.bareUp.push(bare());
    if (round === 0) {
      const attacked = assertOk(await isolate('leaktest', '--fast', '--config', here.config));
      measured.leakTest.push(Number(attacked.lines.at(-1)?.['seconds']));
    }
    const began = performance.now();
    assertOk(await isolate('down', '--config', here.config));
    measured.down.push(performance.now() - began);
    left.push(...remains(here));
    const back = assertOk(await isolate('snapshot', 'rollback', 'desk', 'master', '--config', here.config));
    measured.rollback.push(Number(back.lines.at(-1)?.['milliseconds']));
  }
  return { ...measured, left };
}

/** The phases' own times, but for that of Tor's start. */
export function withoutTor({ lines }: Ended): number {
  return lines
    .filter(({ kind, what, detail }) => kind === 'progress' && what !== 'ready' && detail !== undefined)
    .reduce((sum, { detail }) => sum + Number.parseInt(String(detail), 10), 0);
}

function bare(): number {
  const began = performance.now();
  execFileSync('sh', [
    '-ec',
    `ip netns add lt-bare-a; ip netns add lt-bare-b
ip -n lt-bare-a link add ws0 type veth peer name eth0 netns lt-bare-b
ip -n lt-bare-a address add 10.99.0.1/30 dev ws0; ip -n lt-bare-a link set ws0 up
ip -n lt-bare-b address add 10.99.0.2/30 dev eth0; ip -n lt-bare-b link set eth0 up
ip netns exec lt-bare-a nft 'table inet bare { chain forward { type filter hook forward priority 0; policy drop; }; }'`,
  ]);
  const took = performance.now() - began;
  execFileSync('sh', ['-c', 'ip netns delete lt-bare-a; ip netns delete lt-bare-b']);
  return took;
}

/** Milliseconds from Tor's end to the end of a transfer that ran, so many times. */
export async function measureCut(times: number): Promise<readonly number[]> {
  const here = instance('lt-cut', workstation('desk'));
  const measured: number[] = [];
  try {
    for (let round = 0; round < times; round += 1) {
      assertOk(await isolate('up', '--config', here.config));
      measured.push(await cutOnce(here));
      assertOk(await isolate('down', '--config', here.config));
    }
  } finally {
    assertOk(await isolate('down', '--config', here.config));
  }
  return measured;
}

async function cutOnce(here: Instance): Promise<number> {
  const drip = startIsolate([
    ...['run', 'desk', '--config', here.config, '--', '/opt/node/node', '/opt/programs/drip.mjs'],
    ...['10.77.0.1', '9050', '198.18.1.80'],
  ]);
  const cut = ended(drip);
  await once(drip.stdout ?? assert.fail(), 'data');
  process.kill(processIn(here.gateway, 'torrc'), 'SIGKILL');
  const killed = Date.now();
  const { stdout } = await cut;
  return Number(stdout.trim().split('\n').at(-1)) - killed;
}
