/** What the network of a Gateway or a Workstation must be, exactly: the lists that `audit` compares with what is. Pure. */
import {
  addressNumber,
  addressText,
  type Layout,
  tunnelDevice,
  tunnelRoutes,
  uplinkDevice,
  type WorkstationLayout,
  workstationDevice,
} from './layout.ts';

export type Network = {
  /** `DEVICE MAC up|down`; a MAC that is chosen at random is `*`. */
  devices: readonly string[];
  /** `DEVICE ADDRESS/PREFIX`. */
  addresses: readonly string[];
  /** As iproute2 prints them, all tables, without spaces at the end. */
  routes: readonly string[];
};

/** The policy of every network: the kernel's own. */
export const policy = [
  '0:\tfrom all lookup local',
  '32766:\tfrom all lookup main',
  '32767:\tfrom all lookup default',
];

/** The Gateway's network. */
export function gatewayNetwork(layout: Layout): Network {
  const { uplink } = layout.configuration.gateway;
  const mac = uplink.mac === 'random' || uplink.mac === 'keep' ? '*' : uplink.mac;
  const up = joined(uplinkDevice, uplink.address);
  const cables = layout.workstations.flatMap(({ cable }) => (cable === undefined ? [] : [cable]));
  return together([
    loopback(layout.loopback ? 'up' : 'down'),
    { ...up, devices: [`${uplinkDevice} ${mac} up`] },
    { devices: [], addresses: [], routes: [`default via ${uplink.router} dev ${uplinkDevice}`] },
    ...cables.map(({ device, gatewayMac, gatewayAddress }) => ({
      ...joined(device, `${gatewayAddress}/30`),
      devices: [`${device} ${gatewayMac} up`],
    })),
  ]);
}

/** A Workstation's network; without a cable it has loopback alone. */
export function workstationNetwork(workstation: WorkstationLayout): Network {
  const { cable } = workstation;
  if (cable === undefined) return loopback('up');
  const { workstationMac, workstationAddress, gatewayAddress } = cable;
  return together([
    loopback('up'),
    {
      ...joined(workstationDevice, `${workstationAddress}/30`),
      devices: [`${workstationDevice} ${workstationMac} up`],
    },
    { devices: [], addresses: [], routes: [`default via ${gatewayAddress} dev ${workstationDevice}`] },
    tunnelNetwork(workstation),
  ]);
}

function tunnelNetwork(workstation: WorkstationLayout): Network {
  const { tunnel } = workstation.configuration;
  if (tunnel === undefined) return { devices: [], addresses: [], routes: [] };
  const own = joined(tunnelDevice, tunnel.address);
  return {
    devices: [`${tunnelDevice} - up`],
    addresses: own.addresses,
    routes: [...own.routes, ...tunnelRoutes(workstation)],
  };
}

function together(parts: readonly Network[]): Network {
  return {
    devices: parts.flatMap(({ devices }) => devices),
    addresses: parts.flatMap(({ addresses }) => addresses),
    routes: parts.flatMap(({ routes }) => routes),
  };
}

/** Loopback that is down has neither address nor route. */
function loopback(state: 'up' | 'down'): Network {
  const devices = [`lo 00:00:00:00:00:00 ${state}`];
  if (state === 'down') return { devices, addresses: [], routes: [] };
  const local = 'table local proto kernel scope';
  return {
    devices,
    addresses: ['lo 127.0.0.1/8'],
    routes: [
      `local 127.0.0.0/8 dev lo ${local} host src 127.0.0.1`,
      `local 127.0.0.1 dev lo ${local} host src 127.0.0.1`,
      `broadcast 127.255.255.255 dev lo ${local} link src 127.0.0.1`,
    ],
  };
}

/** An address on a device that is up, and the routes that the kernel adds for it. */
function joined(device: string, address: string): Omit<Network, 'devices'> {
  const [own = '', length = ''] = address.split('/');
  const prefix = Number(length);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(addressNumber(own) / size) * size;
  const local = 'table local proto kernel scope';
  return {
    addresses: [`${device} ${address}`],
    routes: [
      `local ${own} dev ${device} ${local} host src ${own}`,
      ...(prefix < 32
        ? [`${addressText(first)}/${prefix} dev ${device} proto kernel scope link src ${own}`]
        : []),
      // A network of two addresses has none for all (RFC 3021).
      ...(prefix < 31
        ? [`broadcast ${addressText(first + size - 1)} dev ${device} ${local} link src ${own}`]
        : []),
    ],
  };
}
