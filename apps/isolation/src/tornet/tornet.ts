/** `tornet start|stop`: a whole Tor network in one namespace, for machines without the Internet and for tests. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { carryOut } from '../engine/carry-out.ts';
import { attempt, execute } from '../engine/execute.ts';
import { IsolationError } from '../errors.ts';
import type { Step } from '../plan/steps.ts';
import { identities, installKeys } from './identities.ts';
import { authorityLines, internet, nodes, nodeTorrc } from './network.ts';

/** How long the nodes may take until each has a path; 15–25 s on two free cores. */
const readyWithin = 180;

export type Tornet = {
  namespace: string;
  /** Data, logs, who asked the servers; gone after `stop`. */
  folder: string;
  /** Kept for the next start. */
  keys: string;
  user: string;
};

/** Where a network of this name is. */
export function tornetOf(name: string, keys: string): Tornet {
  return {
    namespace: `${name}-inet`,
    folder: `/run/sotto-isolation/${name}-tornet`,
    keys,
    user: 'debian-tor',
  };
}

/**
 * Starts the network and waits until every node has a path.
 *
 * @returns the `DirAuthority` lines for the `[testing]` part of a configuration.
 * @throws IsolationError `COMMAND_FAILED` naming the nodes that are late.
 */
export async function startTornet(
  tornet: Tornet,
  self: { node: string; main: string },
): Promise<readonly string[]> {
  await stopTornet(tornet);
  const { namespace, folder, keys, user } = tornet;
  // Its nodes run as Tor's account and must get through.
  for (const path of [dirname(folder), folder])
    await execute({ program: 'install', args: ['-d', '-m', '0711', path] });
  const authorities = authorityLines(await identities(keys));
  await write(join(folder, 'resolv.conf'), `nameserver ${internet.names}\n`);
  await execute({ program: 'ip', args: ['netns', 'add', namespace] });
  const addresses = [...nodes.map(({ address }) => address), internet.web, internet.names];
  await execute({
    program: 'ip',
    args: ['-netns', namespace, '-batch', '-'],
    input: ['link set lo up', ...addresses.map((address) => `address add ${address}/32 dev lo`), ''].join(
      '\n',
    ),
  });
  for (const node of nodes) {
    installKeys(keys, node, folder);
    const torrc = join(folder, `${node.nickname}.torrc`);
    await write(torrc, nodeTorrc(node, folder, authorities));
    await execute({ program: 'chown', args: ['-R', `${user}:${user}`, join(folder, node.nickname)] });
    await launch(tornet, node.nickname, [
      ...[
        'setpriv',
        '--reuid',
        user,
        '--regid',
        user,
        '--init-groups',
        '--inh-caps=-all',
        '--bounding-set=-all',
        '--',
      ],
      ...['tor', '-f', torrc, '--defaults-torrc', '/nonexistent', '--ignore-missing-torrc'],
    ]);
  }
  await launch(tornet, 'servers', [self.node, self.main, 'tornet', 'serve', '--folder', folder]);
  await ready(tornet);
  return authorities;
}

/** Ends every node and removes the namespace and the folder; the keys stay. */
export async function stopTornet({ namespace, folder }: Tornet): Promise<void> {
  for (let last = 0; existsSync(`/run/netns/${namespace}`); last += 1) {
    const { stdout } = await attempt({ program: 'ip', args: ['netns', 'pids', namespace] });
    const pids = stdout.split('\n').filter(Boolean);
    if (pids.length === 0) await execute({ program: 'ip', args: ['netns', 'delete', namespace] });
    // SIGKILL: a relay that is asked politely waits 30 s for its clients.
    else await attempt({ program: 'kill', args: ['-KILL', ...pids] });
    if (last > 0) await sleep(10);
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Nothing here is secret: the nodes' account reads it. */
async function write(path: string, content: string): Promise<void> {
  await carryOut({ kind: 'write', path, mode: 0o644, content });
}

async function launch(
  { namespace, folder }: Tornet,
  name: string,
  command: readonly string[],
): Promise<void> {
  const step: Step = {
    kind: 'start',
    name,
    program: 'nsenter',
    args: [`--net=/run/netns/${namespace}`, '--', ...command],
    log: join(folder, `${name}.log`),
  };
  await carryOut(step);
}

async function ready({ folder }: Tornet): Promise<void> {
  const end = performance.now() + readyWithin * 1000;
  for (;;) {
    const late = nodes
      .map(({ nickname }) => nickname)
      .filter((name) => !readFileSync(join(folder, `${name}.log`), 'utf8').includes('Bootstrapped 100%'));
    if (!existsSync(join(folder, 'peers.jsonl'))) late.push('servers');
    if (late.length === 0) return;
    const broken = nodes.some(({ nickname }) =>
      readFileSync(join(folder, `${nickname}.log`), 'utf8').includes('[err]'),
    );
    if (broken || performance.now() > end) {
      throw new IsolationError(
        'COMMAND_FAILED',
        `the private network is not ready (at most ${readyWithin} s): ${late.join(', ')}`,
        `Their logs are in ${folder}.`,
      );
    }
    await sleep(100);
  }
}
