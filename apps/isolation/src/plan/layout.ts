/** Everything that follows from the configuration: namespaces, devices, addresses, paths, accounts. Pure. */
import { join } from 'node:path';
import { bridgeAddresses } from '../config/bridge.ts';
import type { Configuration, OnionConfiguration, WorkstationConfiguration } from '../config/schema.ts';

/** The Gateway's device towards the network. */
export const uplinkDevice = 'up0';

/** A Workstation's only device. */
export const workstationDevice = 'eth0';

/** The device of a Workstation that is there for a tunnel. */
export const tunnelDevice = 'tun0';

/** Tor's ports on the Gateway's end of every cable. */
export const torPorts = { socks: 9050, transparent: 9040, dns: 5353 } as const;

/** The first account for Workstations without a `uid`: far above what Debian and its users have. */
const firstUid = 700_000;

/** The cable between the Gateway and one Workstation. The MACs are the same everywhere: they tell nothing. */
export type Cable = {
  /** The Gateway's end. */
  device: string;
  gatewayAddress: string;
  workstationAddress: string;
  gatewayMac: string;
  workstationMac: string;
};

export type WorkstationLayout = {
  configuration: WorkstationConfiguration;
  name: string;
  namespace: string;
  uid: number;
  /** Absent for a Workstation without a network. */
  cable: Cable | undefined;
  /** Where its root is mounted while it is up. */
  root: string;
  /** Its layers and snapshots, kept. */
  state: string;
  log: string;
  /** Where its own /dev/net/tun is kept, when it has one. */
  tunnelFolder: string;
  seccomp: string;
  resolver: string;
};

export type OnionLayout = {
  configuration: OnionConfiguration;
  name: string;
  /** Keys; only Tor's account reads them. */
  keys: string;
  /** The folder that the Gateway and the Workstation share for the server's socket. */
  sockets: string;
  target: string;
  uid: number;
  /** Where Tor reaches a server on a machine of its own; undefined for a socket. */
  tcp: { device: string; address: string; port: number } | undefined;
};

export type LinkLayout = {
  name: string;
  from: string;
  to: string;
  fromUid: number;
  toUid: number;
  folder: string;
};

export type Layout = {
  configuration: Configuration;
  name: string;
  gatewayNamespace: string;
  uplinkAddress: string;
  /** The other end of an uplink into a namespace. */
  uplinkPeer: string;
  run: string;
  state: string;
  /** What this machine signs with: manifests of images and layers, answers of its people. */
  signingKey: string;
  lock: string;
  torrc: string;
  torData: string;
  torLog: string;
  /** The folder of Tor's control socket. */
  controlFolder: string;
  control: string;
  cookie: string;
  /** Where updates reach Tor: a socket that only root and Tor's account come to. */
  updatesSocket: string;
  /** How everything was when `up` had finished: what the watchdog compares with. */
  expected: string;
  /** Why the watchdog closed everything; absent while all is well. */
  closed: string;
  /** Files that hide the host inside every Workstation. */
  masks: { commandLine: string; machineId: string };
  base: string;
  /** Whether Tor runs under its own filter of system calls. */
  sandbox: boolean;
  /** The bridges' addresses, when Tor's packets go there and nowhere else. */
  bridges: readonly string[] | undefined;
  /** Whether the Gateway's own programs may talk over loopback: a transport's program does. */
  loopback: boolean;
  workstations: readonly WorkstationLayout[];
  onions: readonly OnionLayout[];
  links: readonly LinkLayout[];
};

/** Computes the layout; the same configuration always gives the same one. */
export function layoutOf(configuration: Configuration): Layout {
  const { name } = configuration;
  const run = join(configuration.run, name);
  const state = join(configuration.state, name);
  const workstations = configuration.workstation.map((workstation, index) =>
    workstationLayout(configuration, workstation, index, run, state),
  );
  const uidOf = (wanted: string) => {
    const found = workstations.find((workstation) => workstation.name === wanted);
    if (found === undefined) throw new Error(`no workstation ${wanted}: readConfiguration checks this`);
    return found.uid;
  };
  return {
    configuration,
    name,
    gatewayNamespace: `${name}-gateway`,
    uplinkAddress: configuration.gateway.uplink.address.split('/')[0] ?? '',
    uplinkPeer: `${name}-up`,
    run,
    state,
    signingKey: join(state, 'manifest-key'),
    lock: `${run}.lock`,
    torrc: join(run, 'torrc'),
    torData: join(state, 'gateway', 'tor'),
    torLog: join(run, 'tor.log'),
    controlFolder: join(run, 'control'),
    control: join(run, 'control', 'tor'),
    cookie: join(run, 'control', 'cookie'),
    updatesSocket: join(run, 'control', 'updates'),
    expected: join(run, 'expected.json'),
    closed: join(run, 'closed'),
    masks: { commandLine: join(run, 'cmdline'), machineId: join(run, 'machine-id') },
    base: join(state, 'base'),
    sandbox: configuration.gateway.sandbox && configuration.gateway.transport === undefined,
    bridges: bridgeAddresses(configuration.gateway.bridges),
    loopback: configuration.gateway.transport !== undefined || configuration.engine === 'remote',
    workstations,
    onions: configuration.onion.map((onion) => {
      const tcp = onionPort(onion, workstations);
      return {
        configuration: onion,
        name: onion.name,
        keys: join(state, 'gateway', 'onions', onion.name),
        sockets: join(run, 'onions', onion.name),
        target:
          tcp === undefined
            ? `unix:${join(run, 'onions', onion.name, onion.socket)}`
            : `${tcp.address}:${tcp.port}`,
        uid: uidOf(onion.workstation),
        tcp,
      };
    }),
    links: configuration.link.map(({ name, from, to }) => ({
      name,
      from,
      to,
      fromUid: uidOf(from),
      toUid: uidOf(to),
      folder: join(run, 'links', name),
    })),
  };
}

function onionPort(
  { tcp, workstation }: OnionConfiguration,
  workstations: readonly WorkstationLayout[],
): OnionLayout['tcp'] {
  const cable = workstations.find(({ name }) => name === workstation)?.cable;
  if (tcp === undefined || cable === undefined) return undefined;
  return { device: cable.device, address: cable.workstationAddress, port: tcp };
}

function workstationLayout(
  configuration: Configuration,
  workstation: WorkstationConfiguration,
  index: number,
  run: string,
  state: string,
): WorkstationLayout {
  const { name } = workstation;
  return {
    configuration: workstation,
    name,
    namespace: `${configuration.name}-ws-${name}`,
    uid: workstation.uid ?? firstUid + index,
    cable: workstation.network === 'gateway' ? cable(configuration.gateway.internal, index) : undefined,
    root: join(run, 'workstations', name, 'root'),
    state: join(state, 'workstations', name),
    log: join(run, 'workstations', name, 'log'),
    tunnelFolder: join(run, 'workstations', name, 'tunnel'),
    seccomp: join(run, 'seccomp.bpf'),
    resolver: join(run, 'workstations', name, 'resolv.conf'),
  };
}

/**
 * Routes that lead into a tunnel, and past it to its far end, as iproute2 prints and takes them. Everything is two halves: they
 * come before the default route, which stays.
 */
export function tunnelRoutes({ configuration: { tunnel }, cable }: WorkstationLayout): readonly string[] {
  if (tunnel === undefined || cable === undefined) return [];
  const networks = tunnel.routes.flatMap((network) =>
    network === '0.0.0.0/0' ? ['0.0.0.0/1', '128.0.0.0/1'] : [network],
  );
  const past =
    tunnel.server === undefined
      ? []
      : [`${tunnel.server} via ${cable.gatewayAddress} dev ${workstationDevice}`];
  return [...networks.map((network) => `${network} dev ${tunnelDevice} scope link`), ...past];
}

/** Every cable is a /30 of its own: network, Gateway, Workstation, broadcast. */
const addressesPerCable = 4;

function cable(internal: string, index: number): Cable {
  const network = addressNumber(internal) + index * addressesPerCable;
  const last = index.toString(16).padStart(2, '0');
  return {
    device: `ws${index}`,
    gatewayAddress: addressText(network + 1),
    workstationAddress: addressText(network + 2),
    gatewayMac: `02:00:00:00:01:${last}`,
    workstationMac: `02:00:00:00:02:${last}`,
  };
}

/** An IPv4 address as a number. */
export function addressNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** A number as an IPv4 address. */
export function addressText(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}
