/** The leak test: every attempt from a Workstation's cable, every frame on the uplink judged. */
import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseBridge } from '../config/bridge.ts';
import { attempt as tryCommand } from '../engine/execute.ts';
import { differences, measure } from '../engine/measure.ts';
import { statOf } from '../engine/processes.ts';
import { bootstrapPercent, relayAddresses } from '../engine/tor-control.ts';
import { readExpected } from '../engine/up.ts';
import { leakTestPath } from '../engine/watch.ts';
import { IsolationError } from '../errors.ts';
import { type Layout, torPorts, uplinkDevice, type WorkstationLayout } from '../plan/layout.ts';
import { attack, fetchPage, openPorts } from './attack.ts';
import { attempts } from './attempts.ts';
import { type Capture, startCapture } from './capture.ts';
import type { Uplink } from './judge.ts';
import type { Scene } from './scene.ts';

/** Where packets that get out would go: the private network's web server, or else an address kept for examples. */
const targets = { private: '198.18.1.80', real: '192.0.2.80' } as const;

/** After an attempt: as long as a frame may take from the cable to the capture, milliseconds. */
const settle = 80;

/** Ports a careless Gateway might have open, and the one that ours has. */
const knockedPorts = [22, 53, 80, 111, 5353, 9001, torPorts.transparent, torPorts.socks, 9051];

export type Result = { attempt: string; outcome: 'ok' | 'LEAK'; detail: string };
export type LeakTest = { results: readonly Result[]; sent: number; capture: Uint8Array };

/**
 * Runs the leak test from one Workstation of an instance that is up.
 *
 * @param progress is told each result as it comes.
 */
export async function leakTest(
  layout: Layout,
  workstation: WorkstationLayout,
  extent: 'fast' | 'full',
  progress: (result: Result) => void,
): Promise<LeakTest> {
  const scene = sceneOf(layout, workstation);
  const uplink = await uplinkOf(layout);
  const marker = leakTestPath(layout);
  writeFileSync(marker, `${process.pid} ${statOf(process.pid)?.started}\n`, { mode: 0o600 });
  const capture = await startCapture(layout.gatewayNamespace, uplinkDevice, () => uplink);
  try {
    const results: Result[] = [];
    const add = (result: Result) => {
      results.push(result);
      progress(result);
    };
    if (layout.configuration.testing !== undefined) add(await mustReach(workstation, scene));
    add(await mustNotReach(workstation, scene));
    await attackAll(workstation.namespace, scene, extent, capture, add);
    add(await asBefore(layout, workstation));
    add(await torLives(layout));
    add(whole(await capture.stop()));
    return { results, sent: capture.sent, capture: capture.file() };
  } finally {
    await capture.stop();
    rmSync(marker, { force: true });
  }
}

/** All attempts, each with what it made leave. */
export async function attackAll(
  namespace: string,
  scene: Scene,
  extent: 'fast' | 'full',
  capture: Pick<Capture, 'leaks'>,
  add: (result: Result) => void,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const attempt of attempts(scene, extent)) {
    const before = capture.leaks.length;
    await attack(namespace, scene, attempt);
    await sleep(settle);
    const leaked = capture.leaks.slice(before);
    const result: Result =
      leaked.length === 0
        ? { attempt: attempt.name, outcome: 'ok', detail: 'nothing got out' }
        : { attempt: attempt.name, outcome: 'LEAK', detail: `${leaked.length} frames, first: ${leaked[0]}` };
    results.push(result);
    add(result);
  }
  return results;
}

/** Without this, a cut cable would pass for a tight Gateway. */
async function mustReach(
  { namespace }: WorkstationLayout,
  { target, publicAddress }: Scene,
): Promise<Result> {
  const seen = await fetchPage(namespace, target, 20);
  const through = seen !== '' && seen !== publicAddress;
  return {
    attempt: 'a web page, which must come through Tor',
    outcome: through ? 'ok' : 'LEAK',
    detail:
      seen === ''
        ? 'did not come: the test proves nothing'
        : `the server saw ${through ? 'an exit' : 'the Gateway'}`,
  };
}

async function mustNotReach({ namespace }: WorkstationLayout, { gateway }: Scene): Promise<Result> {
  const open = await openPorts(namespace, gateway.address, knockedPorts);
  const tight = open.length === 1 && open[0] === torPorts.socks;
  return {
    attempt: 'ports of the Gateway',
    outcome: tight ? 'ok' : 'LEAK',
    detail: `open: ${open.join(', ')}`,
  };
}

async function asBefore(layout: Layout, { namespace }: WorkstationLayout): Promise<Result> {
  const changed = differences(readExpected(layout), await measure(layout));
  return {
    attempt: `the network of ${namespace} afterwards`,
    outcome: changed.length === 0 ? 'ok' : 'LEAK',
    detail: changed.length === 0 ? 'as before' : changed.join(', '),
  };
}

/** Frames that nobody judged might have been anything. */
function whole(lost: number): Result {
  return {
    attempt: 'the capture',
    outcome: lost === 0 ? 'ok' : 'LEAK',
    detail: lost === 0 ? 'whole' : `${lost} frames lost`,
  };
}

/** A Workstation that could end Tor would leak nothing, but could cut everybody off. */
async function torLives(layout: Layout): Promise<Result> {
  const percent = await bootstrapPercent(layout.control, layout.cookie).catch(() => 0);
  return {
    attempt: 'Tor afterwards',
    outcome: percent === 100 ? 'ok' : 'LEAK',
    detail: percent === 100 ? 'runs' : 'ended',
  };
}

/** Where an attack from this Workstation happens. @throws IsolationError `REFUSED` for one without a network. */
export function sceneOf(layout: Layout, { name, cable }: WorkstationLayout): Scene {
  if (cable === undefined) {
    throw new IsolationError('REFUSED', `${name} has no network`, 'Name a Workstation with one.');
  }
  return {
    own: { mac: cable.workstationMac, address: cable.workstationAddress },
    gateway: { mac: cable.gatewayMac, address: cable.gatewayAddress },
    publicAddress: layout.uplinkAddress,
    routerAddress: layout.configuration.gateway.uplink.router,
    target: layout.configuration.testing === undefined ? targets.real : targets.private,
  };
}

/** What the uplink may carry: Tor's relays from its consensus, and the configured bridges. */
export async function uplinkOf(layout: Layout): Promise<Uplink> {
  const { gateway } = layout.configuration;
  const relays = await relayAddresses(layout.control, layout.cookie).catch(
    (): ReadonlySet<string> => new Set(),
  );
  if (relays.size === 0)
    throw new IsolationError('REFUSED', 'Tor knows no relays yet', 'Wait until it has started.');
  // Bridges that say where they are stand for all relays; of others, only Tor's transport knows who is in between.
  const allowed = layout.bridges ?? [
    ...relays,
    ...gateway.bridges.flatMap((line) => parseBridge(line)?.address ?? []),
  ];
  return {
    routerMac: await routerMac(layout),
    routerAddress: gateway.uplink.router,
    ownAddress: layout.uplinkAddress,
    relays: new Set(allowed),
  };
}

async function routerMac(layout: Layout): Promise<string> {
  const { stdout } = await tryCommand({
    program: 'ip',
    args: [
      '-netns',
      layout.gatewayNamespace,
      '-json',
      'neighbour',
      'show',
      layout.configuration.gateway.uplink.router,
    ],
  });
  // why: iproute2's own JSON.
  const [neighbour] = JSON.parse(stdout || '[]') as { lladdr?: string }[];
  if (neighbour?.lladdr !== undefined) return neighbour.lladdr;
  throw new IsolationError('REFUSED', 'the Gateway does not know its router', 'Is the uplink connected?');
}
