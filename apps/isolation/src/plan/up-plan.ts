/** What `up` does, phase by phase. Pure: the same configuration, machine and layers give the same steps. */
import { join } from 'node:path';
import { firewall } from './firewall.ts';
import {
  type Layout,
  tunnelDevice,
  tunnelRoutes,
  uplinkDevice,
  type WorkstationLayout,
  workstationDevice,
} from './layout.ts';
import type { Machine } from './machine.ts';
import { seccompProgram } from './seccomp.ts';
import type { Command, Phase, Step } from './steps.ts';
import { torrc } from './torrc.ts';
import { controlGroups, sharedIdentity, workstationCommand } from './workstation-command.ts';

/** The overlay that makes a Workstation's root: read-only layers, uppermost first, and the one that is written. */
export type Layers = { lower: readonly string[]; upper: string; work: string };

export type PlanInput = {
  layout: Layout;
  machine: Machine;
  /** By name of the Workstation. */
  layers: ReadonlyMap<string, Layers>;
  /** The configuration's own text: `down` and the watchdog work from this copy. */
  configurationText: string;
  /** Node and the program's main file, for the watchdog. */
  self: { node: string; main: string };
};

/** How long a program of ours may take until it says that it is ready, in seconds. */
const ownProgramSeconds = 10;

/** All phases of `up`. The firewall is there before any link is; the uplink is the last link. */
export function upPlan(input: PlanInput): readonly Phase[] {
  const { layout } = input;
  return [
    { name: 'folders', why: 'what the programs read, and where they write', steps: folders(input) },
    {
      name: 'namespaces',
      why: 'a network of its own for the Gateway and each Workstation',
      steps: namespaces(layout),
    },
    { name: 'settings', why: 'no forwarding, no IPv6, no surprises', steps: settings(layout) },
    { name: 'devices', why: 'the cables and the uplink, still down', steps: devices(input) },
    { name: 'firewall', why: 'before any link is up', steps: [nft(layout)] },
    { name: 'links', why: 'cables first, the network last', steps: links(layout) },
    { name: 'watchdog', why: 'closes everything when something changes', steps: watchdog(input) },
    {
      name: 'workstations',
      why: 'roots and programs',
      steps: layout.workstations.flatMap((w) => workstation(input, w)),
    },
    { name: 'tor', why: 'the only program of the Gateway', steps: [startTor(layout)] },
    { name: 'ready', why: 'Tor has a path, and every program runs', steps: ready(layout) },
  ];
}

function folders({ layout, machine, configurationText }: PlanInput): readonly Step[] {
  const user = layout.configuration.gateway.user;
  const onionParents =
    layout.onions.length > 0 ? [folder(join(layout.run, 'onions'), 'root', 'root', 0o711)] : [];
  const linkParents =
    layout.links.length > 0 ? [folder(join(layout.run, 'links'), 'root', 'root', 0o711)] : [];
  return [
    // Tor's and the Workstations' accounts pass through these to their own folders; they cannot list them.
    folder(layout.configuration.run, 'root', 'root', 0o711),
    folder(layout.configuration.state, 'root', 'root', 0o711),
    folder(layout.run, 'root', 'root', 0o711),
    write(join(layout.run, 'configuration.toml'), configurationText),
    write(join(layout.run, 'started'), ''),
    folder(join(layout.run, 'workstations'), 'root', 'root', 0o711),
    folder(layout.state, 'root', 'root', 0o711),
    folder(join(layout.state, 'gateway'), 'root', 'root', 0o711),
    folder(layout.torData, user, user, 0o700),
    folder(join(layout.state, 'gateway', 'onions'), 'root', 'root', 0o711),
    folder(layout.controlFolder, user, user, 0o700),
    write(layout.torrc, torrc(layout), 0o644),
    write(`${layout.torrc}-defaults`, '', 0o644),
    write(join(layout.run, 'seccomp.bpf'), seccompProgram(machine.architecture)),
    write(layout.masks.commandLine, `${sharedIdentity.commandLine}\n`, 0o644),
    write(layout.masks.machineId, `${sharedIdentity.machineId}\n`, 0o644),
    ...onionParents,
    // The Workstation writes here; the Gateway's Tor passes through to the socket and cannot list.
    ...layout.onions.flatMap(({ name, sockets, keys, uid, configuration }) => [
      folder(sockets, String(uid), user, 0o2710),
      folder(keys, user, user, 0o700),
      folder(join(keys, 'authorized_clients'), user, user, 0o700),
      run('find', [join(keys, 'authorized_clients'), '-name', `${name}-*.auth`, '-delete']),
      ...configuration.authorised.map(
        (key, index): Step => ({
          kind: 'write',
          path: join(keys, 'authorized_clients', `${name}-${index}.auth`),
          mode: 0o600,
          content: `descriptor:x25519:${key}\n`,
          owner: user,
        }),
      ),
    ]),
    ...linkParents,
    ...layout.links.map(({ folder: path, fromUid, toUid }) =>
      folder(path, String(toUid), String(fromUid), 0o2750),
    ),
  ];
}

function namespaces(layout: Layout): readonly Step[] {
  return [layout.gatewayNamespace, ...layout.workstations.map(({ namespace }) => namespace)].map(
    (namespace) => run('ip', ['netns', 'add', namespace]),
  );
}

/** For every namespace; `all` and `default` reach devices that are there and devices to come. */
export const everywhere = [
  'net.ipv4.ip_forward=0',
  'net.ipv6.conf.all.disable_ipv6=1',
  'net.ipv6.conf.default.disable_ipv6=1',
  ...['all', 'default'].flatMap((device) => [
    `net.ipv4.conf.${device}.accept_redirects=0`,
    `net.ipv4.conf.${device}.send_redirects=0`,
    `net.ipv4.conf.${device}.accept_source_route=0`,
    `net.ipv4.conf.${device}.route_localnet=0`,
    `net.ipv4.conf.${device}.rp_filter=1`,
    `net.ipv4.conf.${device}.arp_ignore=1`,
    `net.ipv4.conf.${device}.arp_announce=2`,
  ]),
  'net.ipv4.icmp_echo_ignore_all=1',
  // The host's uptime can be read from timestamps.
  'net.ipv4.tcp_timestamps=0',
];

function settings(layout: Layout): readonly Step[] {
  return [layout.gatewayNamespace, ...layout.workstations.map(({ namespace }) => namespace)].map(
    (namespace) => run('nsenter', [`--net=/run/netns/${namespace}`, '--', 'sysctl', '-qw', ...everywhere]),
  );
}

function devices({ layout, machine }: PlanInput): readonly Step[] {
  const cables = layout.workstations.flatMap((workstation) => {
    const { namespace, cable } = workstation;
    if (cable === undefined) return [];
    const { device, gatewayMac, workstationMac, gatewayAddress, workstationAddress } = cable;
    return [
      ip(layout.gatewayNamespace, [
        `link add ${device} address ${gatewayMac} type veth peer name ${workstationDevice} address ${workstationMac} netns ${namespace}`,
        `link set ${device} arp off`,
        `address add ${gatewayAddress}/30 dev ${device}`,
      ]),
      ip(namespace, [
        `link set ${workstationDevice} arp off`,
        `address add ${workstationAddress}/30 dev ${workstationDevice}`,
      ]),
      ...tunnel(workstation),
    ];
  });
  return [...cables, ...uplink(layout, machine)];
}

/**
 * The device is there before the program, and belongs to the Workstation's account: the program attaches to it and needs no power
 * over the network. When the program ends, what goes into the tunnel goes nowhere.
 */
function tunnel({ namespace, uid, configuration: { tunnel } }: WorkstationLayout): readonly Step[] {
  if (tunnel === undefined) return [];
  return [
    ip(namespace, [
      `tuntap add dev ${tunnelDevice} mode tun user ${uid}`,
      `link set ${tunnelDevice} mtu ${tunnel.mtu}`,
      `address add ${tunnel.address} dev ${tunnelDevice}`,
    ]),
  ];
}

function uplink(layout: Layout, machine: Machine): readonly Step[] {
  const { uplink } = layout.configuration.gateway;
  const mac = uplink.mac === 'random' ? machine.randomMac : uplink.mac;
  const made =
    uplink.kind === 'namespace'
      ? ip(layout.gatewayNamespace, [
          `link add ${uplinkDevice} address ${mac} type veth peer name ${layout.uplinkPeer} netns ${uplink.namespace}`,
        ])
      : run('ip', ['link', 'set', uplink.device, 'netns', layout.gatewayNamespace, 'name', uplinkDevice]);
  const addressed = [
    ...(uplink.kind === 'device' && mac !== 'keep' ? [`link set ${uplinkDevice} address ${mac}`] : []),
    `address add ${uplink.address} dev ${uplinkDevice}`,
  ];
  return [made, ip(layout.gatewayNamespace, addressed)];
}

function nft(layout: Layout): Step {
  return run(
    'nsenter',
    [`--net=/run/netns/${layout.gatewayNamespace}`, '--', 'nft', '-f', '-'],
    firewall(layout),
  );
}

function links(layout: Layout): readonly Step[] {
  const { uplink } = layout.configuration.gateway;
  const prefix = uplink.address.split('/')[1] ?? '';
  const cables = layout.workstations.flatMap((workstation) => {
    const { namespace, cable } = workstation;
    if (cable === undefined) return [];
    const { device, gatewayMac, workstationMac, gatewayAddress, workstationAddress } = cable;
    return [
      ip(layout.gatewayNamespace, [
        `link set ${device} up`,
        `neighbour replace ${workstationAddress} lladdr ${workstationMac} nud permanent dev ${device}`,
      ]),
      ip(namespace, [
        'link set lo up',
        `link set ${workstationDevice} up`,
        `neighbour replace ${gatewayAddress} lladdr ${gatewayMac} nud permanent dev ${workstationDevice}`,
        `route add default via ${gatewayAddress}`,
        ...(workstation.configuration.tunnel === undefined ? [] : [`link set ${tunnelDevice} up`]),
        ...tunnelRoutes(workstation).map((route) => `route add ${route}`),
      ]),
    ];
  });
  const alone = layout.workstations
    .filter(({ cable }) => cable === undefined)
    .map(({ namespace }) => ip(namespace, ['link set lo up']));
  const peer =
    uplink.kind === 'namespace'
      ? [
          ip(uplink.namespace, [
            `address add ${uplink.router}/${prefix} dev ${layout.uplinkPeer}`,
            `link set ${layout.uplinkPeer} up`,
          ]),
        ]
      : [];
  return [
    ...cables,
    ...alone,
    ...peer,
    ...(layout.loopback ? [ip(layout.gatewayNamespace, ['link set lo up'])] : []),
    ip(layout.gatewayNamespace, [`link set ${uplinkDevice} up`, `route add default via ${uplink.router}`]),
    { kind: 'remember', path: layout.expected, layout },
  ];
}

function watchdog({ layout, self }: PlanInput): readonly Step[] {
  const args = [`--net=/run/netns/${layout.gatewayNamespace}`, '--', self.node, self.main, 'watch'];
  return [
    {
      kind: 'start',
      name: 'watchdog',
      ...marked(layout, {
        program: 'nsenter',
        args: [...args, '--config', join(layout.run, 'configuration.toml')],
      }),
      log: join(layout.run, 'watchdog.log'),
    },
  ];
}

function workstation(
  { layout, machine, layers }: PlanInput,
  workstation: WorkstationLayout,
): readonly Step[] {
  const { name, root, uid, state, cable, configuration } = workstation;
  const layer = layers.get(name);
  if (layer === undefined) throw new Error(`no layers for ${name}`);
  const options = `lowerdir=${layer.lower.join(':')},upperdir=${layer.upper},workdir=${layer.work},nosuid,nodev`;
  const onlyV2 = machine.controlGroups === 'v2';
  return [
    folder(state, 'root', 'root', 0o700),
    folder(join(layout.run, 'workstations', name), 'root', 'root', 0o711),
    { kind: 'use', book: join(state, 'book.json') },
    folder(layer.upper, 'root', 'root', 0o755),
    folder(layer.work, 'root', 'root', 0o700),
    folder(root, 'root', 'root', 0o755),
    run('mount', ['-t', 'overlay', 'overlay', '-o', options, root]),
    folder(join(root, 'home', 'user'), String(uid), String(uid), 0o700),
    ...configuration.binds.map(
      ({ from, to }): Step => ({ kind: 'mount-point', path: join(root, to), like: from }),
    ),
    ...tunnelNode(workstation),
    write(workstation.resolver, cable === undefined ? '' : `nameserver ${cable.gatewayAddress}\n`, 0o644),
    ...(onlyV2 ? [set('/sys/fs/cgroup/cgroup.subtree_control', '+memory +pids')] : []),
    ...controlGroups(layout, workstation, machine).flatMap(({ folder: path, limits }) => [
      folder(path, 'root', 'root', 0o755),
      ...Object.entries(limits).map(([file, value]) => set(join(path, file), String(value))),
    ]),
    ...(configuration.command === undefined
      ? []
      : [
          {
            kind: 'start' as const,
            name: `workstation ${name}`,
            ...marked(
              layout,
              workstationCommand(layout, workstation, machine, {
                as: 'user',
                command: configuration.command,
              }),
            ),
            log: workstation.log,
            open: workstation.seccomp,
          },
        ]),
  ];
}

/** The host's /dev/net/tun may be for root alone; this one is for the Workstation's account, on a mount that allows devices. */
function tunnelNode({ uid, tunnelFolder, configuration: { tunnel } }: WorkstationLayout): readonly Step[] {
  if (tunnel === undefined) return [];
  const node = join(tunnelFolder, 'tun');
  return [
    folder(tunnelFolder, 'root', 'root', 0o711),
    run('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=711,nosuid,noexec', 'tunnel', tunnelFolder]),
    run('mknod', ['-m', '0600', node, 'c', '10', '200']),
    run('chown', [`${uid}:${uid}`, node]),
  ];
}

function startTor(layout: Layout): Step {
  const { tor, user } = layout.configuration.gateway;
  return {
    kind: 'start',
    name: 'tor',
    ...marked(layout, {
      program: 'nsenter',
      args: [
        ...[`--net=/run/netns/${layout.gatewayNamespace}`, '--'],
        ...[
          'setpriv',
          '--reuid',
          user,
          '--regid',
          user,
          '--init-groups',
          '--inh-caps=-all',
          '--bounding-set=-all',
        ],
        ...['--no-new-privs', '--', tor, '-f', layout.torrc, '--defaults-torrc', `${layout.torrc}-defaults`],
      ],
    }),
    log: layout.torLog,
  };
}

function ready(layout: Layout): readonly Step[] {
  const seconds = layout.configuration.gateway.bootstrap_seconds;
  return [
    { kind: 'await-file', path: join(layout.run, 'watchdog.ready'), seconds: ownProgramSeconds },
    {
      kind: 'await-tor',
      control: layout.control,
      cookie: layout.cookie,
      seconds,
      unless: layout.closed,
    },
    ...layout.workstations
      .filter(({ configuration }) => configuration.command !== undefined)
      .map(({ name, namespace }): Step => ({ kind: 'expect-program', name, namespace, layout })),
    write(join(layout.run, 'up'), ''),
  ];
}

/** A mark in the environment: with it `down` finds what we started, whatever became of its namespace's name. */
export function markOf(layout: Layout): string {
  return `SOTTO_ISOLATION=${layout.run}`;
}

function marked(layout: Layout, { program, args }: Command): Command {
  return { program: 'env', args: [markOf(layout), program, ...args] };
}

function run(program: string, args: readonly string[], input?: string): Step {
  return input === undefined ? { kind: 'run', program, args } : { kind: 'run', program, args, input };
}

function ip(namespace: string, lines: readonly string[]): Step {
  return run('ip', ['-netns', namespace, '-batch', '-'], `${lines.join('\n')}\n`);
}

function write(path: string, content: string | Uint8Array, mode = 0o600): Step {
  return { kind: 'write', path, mode, content };
}

function set(path: string, value: string): Step {
  return { kind: 'set', path, value };
}

function folder(path: string, owner: string, group: string, mode: number): Step {
  return { kind: 'folder', path, owner, group, mode };
}
