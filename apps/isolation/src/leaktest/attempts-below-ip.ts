/** The attempts of the leak test beside IPv4: Ethernet, ARP, IPv6, and what an ordinary desktop shouts to all. */
import { arp, broadcast, ether, ipv4, ipv6, udp } from './frames.ts';
import type { Attempt, Scene } from './scene.ts';

export function layerTwo(scene: Scene): readonly Attempt[] {
  const { own, gateway, routerAddress, publicAddress, target } = scene;
  const inner = ipv4({ from: own.address, to: target, protocol: 17 }, udp(40_000, 9999));
  const raw = (name: string, type: number, payload: Uint8Array, to = gateway.mac): Attempt => ({
    name,
    frames: [ether({ to, from: own.mac }, type, payload)],
  });
  const nobody = { mac: '00:00:00:00:00:00', address: routerAddress };
  const claims = [gateway.address, routerAddress, publicAddress, target];
  return [
    {
      name: 'ARP asking for others',
      frames: [routerAddress, publicAddress, target, gateway.address].map((address) =>
        ether({ to: broadcast, from: own.mac }, 0x0806, arp('request', own, { ...nobody, address })),
      ),
    },
    {
      name: 'ARP claiming to be others',
      frames: claims.flatMap((address) =>
        [broadcast, gateway.mac].map((to) =>
          ether(
            { to, from: own.mac },
            0x0806,
            arp('reply', { mac: own.mac, address }, { mac: gateway.mac, address: gateway.address }),
          ),
        ),
      ),
    },
    raw('a VLAN', 0x8100, Uint8Array.from([0, 5, 8, 0, ...inner])),
    raw('a VLAN in a VLAN', 0x88a8, Uint8Array.from([0, 5, 0x81, 0, 0, 6, 8, 0, ...inner])),
    raw('PPPoE discovery', 0x8863, Uint8Array.from([0x11, 9, 0, 0, 0, 0]), broadcast),
    raw('LLDP', 0x88cc, new Uint8Array(40), '01:80:c2:00:00:0e'),
    raw('spanning tree', 0x0026, Uint8Array.from([0x42, 0x42, 3]), '01:80:c2:00:00:00'),
    raw('EAPOL', 0x888e, new Uint8Array(40), '01:80:c2:00:00:03'),
    raw('MPLS', 0x8847, Uint8Array.from([0, 1, 1, 64, ...inner])),
    raw('an unknown ether type', 0x88b5, inner),
  ];
}

export function versionSix(scene: Scene): readonly Attempt[] {
  const { own, gateway } = scene;
  const from = `fd00${'0'.repeat(24)}0002`;
  const to = `20010db8${'0'.repeat(20)}0080`;
  const groups = {
    routers: `ff02${'0'.repeat(27)}2`,
    nodes: `ff02${'0'.repeat(27)}1`,
    dhcp: `ff02${'0'.repeat(23)}10002`,
  };
  const send = (destination: string, next: number, payload: Uint8Array, mac = gateway.mac) =>
    ether({ to: mac, from: own.mac }, 0x86dd, ipv6(from, destination, next, payload));
  return [
    {
      name: 'IPv6 with TCP, UDP, ICMP',
      frames: [
        send(to, 6, new Uint8Array(20)),
        send(to, 17, udp(40_000, 53)),
        send(to, 58, Uint8Array.from([128, 0, 0, 0, 0, 1, 0, 1])),
      ],
    },
    {
      name: 'IPv6 neighbours and routers',
      frames: [
        send(groups.routers, 58, Uint8Array.from([133, 0, 0, 0, 0, 0, 0, 0]), '33:33:00:00:00:02'),
        send(
          groups.nodes,
          58,
          Uint8Array.from([134, 0, 0, 0, 64, 0, 0, 60, 0, 0, 0, 0, 0, 0, 0, 0]),
          '33:33:00:00:00:01',
        ),
      ],
    },
    { name: 'DHCP of IPv6', frames: [send(groups.dhcp, 17, udp(546, 547), '33:33:00:01:00:02')] },
  ];
}

/** What an ordinary desktop says by itself. */
export function chatter(scene: Scene): readonly Attempt[] {
  const { own } = scene;
  const shout = (name: string, to: string, mac: string, port: number, from = own.address): Attempt => ({
    name,
    frames: [ether({ to: mac, from: own.mac }, 0x0800, ipv4({ from, to, protocol: 17 }, udp(port, port)))],
  });
  return [
    shout('DHCP', '255.255.255.255', broadcast, 67, '0.0.0.0'),
    shout('multicast DNS', '224.0.0.251', '01:00:5e:00:00:fb', 5353),
    shout('SSDP', '239.255.255.250', '01:00:5e:7f:ff:fa', 1900),
    shout('LLMNR', '224.0.0.252', '01:00:5e:00:00:fc', 5355),
    shout('NetBIOS', '255.255.255.255', broadcast, 137),
  ];
}
