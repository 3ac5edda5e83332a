/** `audit` of the engine `netns`: what is there, list by list, beside what the configuration says must be there. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { userId } from '../engine/accounts.ts';
import type { Comparison } from '../engine/engine.ts';
import { attempt, execute } from '../engine/execute.ts';
import { processesIn, rightsOf } from '../engine/processes.ts';
import { firewall } from '../plan/firewall.ts';
import { type Layout, torPorts, uplinkDevice } from '../plan/layout.ts';
import { gatewayNetwork } from '../plan/network.ts';
import { torrc } from '../plan/torrc.ts';
import { networkLists } from './network-lists.ts';
import { accountLine, noRights, processLine } from './rights.ts';
import { workstationLists } from './workstation-lists.ts';

/** Every list of an instance that is up. */
export async function auditNamespaces(layout: Layout): Promise<readonly Comparison[]> {
  const lists: Comparison[] = [
    await socketsOfGateway(layout),
    await programsOfGateway(layout),
    await rulesOfGateway(layout),
    ...(await networkLists(layout.gatewayNamespace, 'the Gateway', gatewayNetwork(layout))),
    filesOfGateway(layout),
    {
      list: 'torrc',
      expected: torrc(layout).split('\n'),
      found: readFileSync(layout.torrc, 'utf8').split('\n'),
    },
  ];
  for (const workstation of layout.workstations) lists.push(...(await workstationLists(layout, workstation)));
  return lists;
}

/** Sockets that a packet can reach: TCP, UDP, raw and packet sockets. */
async function socketsOfGateway(layout: Layout): Promise<Comparison> {
  const { stdout } = await inGateway(layout, ['ss', '-Hlntuw0']);
  const { transport } = layout.configuration.gateway;
  const cables = layout.workstations.flatMap(({ cable }) => (cable === undefined ? [] : [cable]));
  return {
    list: 'sockets of the Gateway',
    expected: [
      ...cables.flatMap(({ gatewayAddress }) => [
        `tcp ${gatewayAddress}:${torPorts.socks}`,
        `tcp ${gatewayAddress}:${torPorts.transparent}`,
        `udp ${gatewayAddress}:${torPorts.dns}`,
      ]),
      // One for each transport that its program speaks, on a port that it takes by chance.
      ...(transport?.names.map(() => 'tcp 127.0.0.1:*') ?? []),
    ],
    found: linesOf(stdout)
      .map((line) => line.split(/\s+/))
      .map(([kind, , , , address]) => `${kind} ${address}`.replace(/ 127\.0\.0\.1:\d+$/, ' 127.0.0.1:*')),
  };
}

/** Tor, its transport's program, and the watchdog: each with its account and what it may do. */
async function programsOfGateway(layout: Layout): Promise<Comparison> {
  const { tor, user, transport } = layout.configuration.gateway;
  const account = accountLine(userId(user));
  const filter = layout.sandbox ? 2 : 0;
  const own = rightsOf(readFileSync('/proc/self/status', 'utf8'));
  const apart = ['net'] as const;
  return {
    list: 'programs of the Gateway',
    expected: [
      processLine(tor, { account, rights: noRights(filter), apart }),
      processLine(process.execPath, { account: accountLine(0), rights: own, apart }),
      ...(transport === undefined
        ? []
        : [processLine(transport.program, { account, rights: noRights(0), apart })]),
    ],
    found: (await processesIn(layout, layout.gatewayNamespace)).map((one) => processLine(one.program, one)),
  };
}

/** The rules beside what the kernel makes of the same text in a network of its own, which then goes away. */
async function rulesOfGateway(layout: Layout): Promise<Comparison> {
  const names = [
    uplinkDevice,
    ...layout.workstations.flatMap(({ cable }) => (cable === undefined ? [] : [cable.device])),
  ];
  const load =
    'for name in "$@"; do ip link add "$name" type veth peer name "x$name" || exit; done; nft -f - && nft --stateless list ruleset';
  const expected = await execute({
    program: 'unshare',
    args: ['--net', 'sh', '-c', load, 'sh', ...names],
    input: firewall(layout),
  });
  const { stdout } = await inGateway(layout, ['nft', '--stateless', 'list', 'ruleset']);
  return { list: 'rules of the Gateway', expected: linesOf(expected), found: linesOf(stdout) };
}

/** Who may read what Tor keeps: its keys, its way to be asked, its state. */
function filesOfGateway(layout: Layout): Comparison {
  const tor = userId(layout.configuration.gateway.user);
  const own = (path: string, mode: string) => ({ path, line: `${path} ${mode} ${tor}` });
  const wanted = [
    own(layout.torData, '700'),
    own(layout.controlFolder, '700'),
    own(layout.cookie, '600'),
    ...layout.onions.flatMap(({ keys }) => [
      own(keys, '700'),
      own(join(keys, 'authorized_clients'), '700'),
      own(join(keys, 'hs_ed25519_secret_key'), '600'),
    ]),
  ];
  return {
    list: 'files of the Gateway',
    expected: wanted.map(({ line }) => line),
    found: wanted.map(({ path }) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat === undefined ? `${path} gone` : `${path} ${(stat.mode & 0o7777).toString(8)} ${stat.uid}`;
    }),
  };
}

async function inGateway(layout: Layout, command: readonly string[]) {
  return await attempt({
    program: 'nsenter',
    args: [`--net=/run/netns/${layout.gatewayNamespace}`, '--', ...command],
  });
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
