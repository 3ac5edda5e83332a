/** The attempts of the leak test: each a way in which a captured Workstation could try to get past Tor. */

import { chatter, layerTwo, versionSix } from './attempts-below-ip.ts';
import {
  addressBytes,
  broadcast,
  type Ether,
  ether,
  icmp,
  ipv4,
  ipv6,
  tcp,
  tcpFlags,
  udp,
} from './frames.ts';
import type { Attempt, Scene } from './scene.ts';

/** Every attempt; `full` adds the sweeps over all ports. */
export function attempts(scene: Scene, extent: 'fast' | 'full'): readonly Attempt[] {
  return [
    ...ordinary(scene),
    ...oddPackets(scene),
    ...otherProtocols(scene),
    ...forged(scene),
    ...layerTwo(scene),
    ...versionSix(scene),
    ...chatter(scene),
    ...network(scene),
    ...(extent === 'full' ? sweeps(scene) : []),
  ];
}

function wire({ own, gateway }: Scene): Ether {
  return { to: gateway.mac, from: own.mac };
}

/** One packet from the Workstation's own address. */
function packet(scene: Scene, to: string, protocol: number, payload: Uint8Array): Uint8Array {
  return ether(wire(scene), 0x0800, ipv4({ from: scene.own.address, to, protocol }, payload));
}

function ordinary(scene: Scene): readonly Attempt[] {
  const { target, gateway, publicAddress, routerAddress, own } = scene;
  const ports = (to: string, list: readonly number[], flags: number) =>
    list.map((port) =>
      packet(
        scene,
        to,
        6,
        tcp({ from: own.address, to }, { from: 40_000 + (port % 20_000), to: port }, flags),
      ),
    );
  return [
    {
      name: 'UDP to the Internet',
      frames: [123, 443, 3478, 9999].map((port) => packet(scene, target, 17, udp(40_000, port))),
    },
    {
      name: 'DNS over UDP to a chosen server',
      frames: [packet(scene, target, 17, udp(40_001, 53, dnsQuestion))],
    },
    {
      name: 'broken DNS questions',
      frames: brokenQuestions.map((question) =>
        packet(scene, gateway.address, 17, udp(40_002, 53, question)),
      ),
    },
    { name: 'ping', frames: [packet(scene, target, 1, icmp(8))] },
    { name: 'other ICMP', frames: [0, 3, 5, 11, 13, 17].map((type) => packet(scene, target, 1, icmp(type))) },
    {
      name: 'traceroute',
      frames: [1, 2, 3].map((timeToLive) =>
        ether(
          wire(scene),
          0x0800,
          ipv4({ from: own.address, to: target, protocol: 17, timeToLive }, udp(40_000, 33_434)),
        ),
      ),
    },
    { name: 'UDP to the router', frames: [packet(scene, routerAddress, 17, udp(40_000, 53))] },
    { name: 'ping of the router', frames: [packet(scene, routerAddress, 1, icmp(8))] },
    {
      name: 'the Gateway’s own ports',
      frames: ports(gateway.address, [22, 53, 80, 111, 5353, 9001, 9040, 9051], tcpFlags.syn),
    },
    {
      name: 'UDP to the Gateway',
      frames: [67, 123, 161, 5353].map((port) => packet(scene, gateway.address, 17, udp(40_000, port))),
    },
    {
      name: 'the Gateway’s public address',
      frames: [packet(scene, publicAddress, 1, icmp(8)), packet(scene, publicAddress, 17, udp(40_000, 9999))],
    },
  ];
}

/** A question for the address of example.org (RFC 1035, 4.1). */
const dnsQuestion = Uint8Array.from(
  Buffer.from(
    `0001 0100 0001 0000 0000 0000 07${hex('example')} 03${hex('org')} 00 0001 0001`.replaceAll(' ', ''),
    'hex',
  ),
);

/** Shorter than any DNS message; the last is one, but ends in the middle of a name. */
const brokenQuestions = [0, 1, 5, 11, 12, 20].map((length) => dnsQuestion.subarray(0, length));

function hex(words: string): string {
  return Buffer.from(words).toString('hex');
}

function oddPackets(scene: Scene): readonly Attempt[] {
  const { own, target } = scene;
  const ends = { from: own.address, to: target };
  const withOptions = (options: Uint8Array, protocol: number, payload: Uint8Array) =>
    ether(wire(scene), 0x0800, ipv4({ ...ends, protocol, options }, payload));
  // Loose and strict source route, record route (RFC 791): type, length, pointer, one address, padding.
  const route = (type: number) => Uint8Array.from([type, 7, 4, ...addressBytes(scene.routerAddress), 0]);
  const segment = tcp(ends, { from: 41_000, to: 80 }, tcpFlags.syn);
  const fragment = (fragmentOffset: number, moreFragments: boolean, protocol: number, payload: Uint8Array) =>
    ether(
      wire(scene),
      0x0800,
      ipv4({ ...ends, protocol, fragmentOffset, moreFragments, identification: 77 }, payload),
    );
  return [
    {
      name: 'TCP with odd flags',
      frames: [0, 1, 4, 5, 8, 9, 16, 17, 18, 20, 24, 25, 32, 33, 41, 48, 49, 56, 57, 63, 3, 6, 7, 11].map(
        (flags) => packet(scene, target, 6, tcp(ends, { from: 41_100 + flags, to: 80 }, flags)),
      ),
    },
    {
      name: 'source routes with UDP',
      frames: [131, 137, 7].map((type) => withOptions(route(type), 17, udp(40_000, 9999))),
    },
    {
      name: 'source routes with TCP',
      frames: [131, 137].map((type) => withOptions(route(type), 6, segment)),
    },
    {
      name: 'UDP in fragments',
      frames: [
        fragment(0, true, 17, udp(40_000, 9999, new Uint8Array(16))),
        fragment(3, false, 17, new Uint8Array(16)),
      ],
    },
    {
      name: 'TCP in tiny fragments',
      frames: [
        fragment(0, true, 6, segment.subarray(0, 8)),
        fragment(1, true, 6, segment.subarray(8, 16)),
        fragment(2, false, 6, segment.subarray(16)),
      ],
    },
    {
      name: 'a lone later fragment',
      frames: [fragment(10, false, 6, new Uint8Array(64)), fragment(20, false, 17, new Uint8Array(64))],
    },
    {
      name: 'addresses nobody may use',
      frames: ['127.0.0.1', '0.0.0.0', '255.255.255.255', '224.0.0.1', '239.255.255.250', '169.254.1.1'].map(
        (to) => packet(scene, to, 17, udp(40_000, 9999)),
      ),
    },
  ];
}

function otherProtocols(scene: Scene): readonly Attempt[] {
  const { own, target } = scene;
  const inner = ipv4({ from: own.address, to: target, protocol: 17 }, udp(40_000, 9999));
  const one = (name: string, protocol: number, payload: Uint8Array): Attempt => ({
    name,
    frames: [packet(scene, target, protocol, payload)],
  });
  const everyOther = Array.from({ length: 256 }, (_, protocol) => protocol).filter(
    (protocol) => protocol !== 6,
  );
  return [
    one('SCTP', 132, new Uint8Array(32)),
    one('DCCP', 33, new Uint8Array(24)),
    one('UDP-Lite', 136, udp(40_000, 9999)),
    one('a tunnel of IP in IP', 4, inner),
    one(
      'a tunnel of IPv6 in IPv4',
      41,
      ipv6(`20020a4d${'0'.repeat(24)}`, `20010db8${'0'.repeat(24)}`, 17, udp(1, 2)),
    ),
    one('a tunnel of GRE, as PPTP', 47, Uint8Array.from([0, 0, 8, 0, ...inner])),
    one('a tunnel of ESP', 50, new Uint8Array(32)),
    one('a tunnel of L2TP', 115, new Uint8Array(32)),
    {
      name: 'every IP protocol but TCP',
      frames: everyOther.map((protocol) => packet(scene, target, protocol, new Uint8Array(32))),
    },
  ];
}

function forged(scene: Scene): readonly Attempt[] {
  const { own, target, gateway, publicAddress, routerAddress } = scene;
  const sources = [
    gateway.address,
    publicAddress,
    routerAddress,
    '10.77.0.6',
    '127.0.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '198.18.0.11',
    '192.0.2.7',
  ];
  const every = (make: (from: string) => Uint8Array) =>
    sources.map((from) => ether(wire(scene), 0x0800, make(from)));
  const plain = ipv4({ from: own.address, to: target, protocol: 17 }, udp(40_000, 9999));
  return [
    {
      name: 'UDP from forged addresses',
      frames: every((from) => ipv4({ from, to: target, protocol: 17 }, udp(40_000, 9999))),
    },
    {
      name: 'TCP from forged addresses',
      frames: every((from) =>
        ipv4(
          { from, to: target, protocol: 6 },
          tcp({ from, to: target }, { from: 42_000, to: 80 }, tcpFlags.syn),
        ),
      ),
    },
    {
      name: 'ICMP from forged addresses',
      frames: every((from) => ipv4({ from, to: target, protocol: 1 }, icmp(8))),
    },
    { name: 'a forged MAC', frames: [ether({ to: gateway.mac, from: '02:00:00:00:09:09' }, 0x0800, plain)] },
    {
      name: 'to everybody and to groups',
      frames: [broadcast, '01:00:5e:00:00:01', '33:33:00:00:00:01'].map((to) =>
        ether({ to, from: own.mac }, 0x0800, plain),
      ),
    },
  ];
}

function network({ routerAddress, publicAddress, gateway }: Scene): readonly Attempt[] {
  const sameNet = publicAddress.replace(/\d+$/, (last) => String(Number(last) + 1));
  return [
    { name: 'ordinary traffic', network: [] },
    { name: 'an address of the uplink', network: [`address add ${sameNet}/24 dev eth0`] },
    {
      name: 'the Gateway’s public address as its own',
      network: [`address add ${publicAddress}/32 dev eth0`],
    },
    {
      name: 'the router as default route',
      network: [`route replace default via ${routerAddress} dev eth0 onlink`],
    },
    {
      name: 'everything is on the cable',
      network: ['route replace default dev eth0', 'link set eth0 arp on'],
    },
    {
      name: 'another MAC',
      network: [
        'link set eth0 address 02:00:00:00:09:09',
        `neighbour replace ${gateway.address} lladdr ${gateway.mac} nud permanent dev eth0`,
      ],
    },
    {
      name: 'a VLAN device',
      network: [
        'link add link eth0 name v5 type vlan id 5',
        'address add 192.0.2.2/24 dev v5',
        'link set v5 up',
        'route replace default dev v5',
      ],
    },
    {
      name: 'a macvlan device',
      network: [
        'link add link eth0 name m0 type macvlan mode bridge',
        'address add 192.0.2.2/24 dev m0',
        'link set m0 up',
        'route replace default dev m0',
      ],
    },
  ];
}

function sweeps(scene: Scene): readonly Attempt[] {
  const { own, target } = scene;
  const ports = Array.from({ length: 65_535 }, (_, index) => index + 1);
  return [
    {
      name: 'UDP to every port but DNS',
      frames: ports.filter((port) => port !== 53).map((port) => packet(scene, target, 17, udp(40_000, port))),
    },
    {
      name: 'TCP to every port, not as a beginning',
      frames: ports.map((port) =>
        packet(
          scene,
          target,
          6,
          tcp({ from: own.address, to: target }, { from: 43_000, to: port }, tcpFlags.ack),
        ),
      ),
    },
  ];
}
