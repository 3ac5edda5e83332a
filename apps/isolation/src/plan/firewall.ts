/**
 * The Gateway's firewall, in nftables' own language. Three walls, each of which holds alone against a leak: the
 * cables' ingress (only plain TCP and UDP of the Workstation's own address), the forward chain (nothing), and the
 * uplink's egress (only TCP). docs/operations/isolation.md says which test takes each away.
 */
import { type Layout, torPorts, uplinkDevice } from './layout.ts';

/** Both tables are made empty and filled in one transaction, so that loading twice gives the same rules. */
export const tables = ['netdev sotto_cables', 'inet sotto_gateway'] as const;

/** The text that `nft -f -` loads in the Gateway's namespace. */
export function firewall(layout: Layout): string {
  return `${tables.map((table) => `table ${table} {}\ndelete table ${table}\n`).join('')}
table netdev sotto_cables {
${cables(layout).map(fromCable).join('')}	# Leaving the Gateway: IPv4 TCP from its own address, and asking for the router's MAC. No UDP, no ICMP, no IPv6.
	chain to_network {
		type filter hook egress device "${uplinkDevice}" priority 0; policy drop;
		ether type ip ip saddr ${layout.uplinkAddress} ${toBridges(layout)}ip protocol tcp accept
		ether type arp accept
	}
}

table inet sotto_gateway {
	# Every name goes to Tor's resolver, every connection through Tor, whatever address the Workstation wanted.
	chain into_tor {
		type nat hook prerouting priority dstnat; policy accept;
${cables(layout).map(redirect).join('')}	}
	# F1: Tor's transparent ports answer only what was redirected here; a Workstation cannot address them itself.
	chain input {
		type filter hook input priority filter; policy drop;
		ct state invalid drop
${loopback(layout, 'iifname')}${cables(layout).map(input).join('')}${onionPorts(layout).map(answers).join('')}		iifname "${uplinkDevice}" meta l4proto tcp ct state established accept
	}
	chain forward {
		type filter hook forward priority filter; policy drop;
	}
	# The network: Tor's account and TCP alone. The Workstations: answers alone.
	chain output {
		type filter hook output priority filter; policy drop;
${loopback(layout, 'oifname')}		oifname "${uplinkDevice}" meta skuid "${layout.configuration.gateway.user}" meta l4proto tcp accept
${cables(layout)
  .map(({ device }) => `\t\toifname "${device}" ct state established accept\n`)
  .join('')}${onionPorts(layout)
  .map((port) => toServer(port, layout.configuration.gateway.user))
  .join('')}	}
}
`;
}

/** Tor and its transport's program, or the updates of a machine of its own, over loopback: no packet of it leaves. */
function loopback(layout: Layout, direction: 'iifname' | 'oifname'): string {
  return layout.loopback ? `\t\t${direction} "lo" accept\n` : '';
}

type OnionPort = NonNullable<Layout['onions'][number]['tcp']>;

/** Each server on a machine of its own once: two onions may lead to the same. */
function onionPorts({ onions }: Layout): readonly OnionPort[] {
  const ports = onions.flatMap(({ tcp }) => tcp ?? []);
  return ports.filter(
    ({ device, port }, index) =>
      ports.findIndex((other) => other.device === device && other.port === port) === index,
  );
}

/** The only connections that begin in the Gateway: Tor's own, to the servers of the onions. */
function toServer({ device, address, port }: OnionPort, user: string): string {
  return `\t\toifname "${device}" meta skuid "${user}" ip daddr ${address} tcp dport ${port} accept\n`;
}

function answers({ device, address, port }: OnionPort): string {
  return `\t\tiifname "${device}" ip saddr ${address} tcp sport ${port} ct state established accept\n`;
}

/** With bridges Tor knows no other relay; whatever runs under its account reaches no other either. */
function toBridges({ bridges }: Layout): string {
  return bridges === undefined ? '' : `ip daddr { ${bridges.join(', ')} } `;
}

type CableOf = NonNullable<Layout['workstations'][number]['cable']> & { name: string };

function cables(layout: Layout): readonly CableOf[] {
  return layout.workstations.flatMap(({ name, cable }) => (cable === undefined ? [] : [{ ...cable, name }]));
}

/**
 * The bytes of a DNS question over UDP: 8 of UDP and the 12 of the shortest message (RFC 1035, 4.1.1). Anything
 * shorter makes libevent 2.1.12, and with it Debian's Tor, follow a pointer that is not set yet (libevent issue 1231):
 * one packet of a Workstation would end the Gateway's Tor.
 */
const shortestQuestion = 20;

/** No ARP: both ends know each other's MAC. No IP options (header of 5 words): they carry source routes. */
function fromCable({ name, device, gatewayMac, workstationMac, workstationAddress }: CableOf): string {
  return `	# From the Workstation ${name}: IPv4 TCP and UDP with its own MAC and address. All else, at any layer, is dropped.
	chain from_${device} {
		type filter hook ingress device "${device}" priority 0; policy drop;
		ether saddr ${workstationMac} ether daddr ${gatewayMac} ether type ip ip hdrlength 5 ip saddr ${workstationAddress} ip protocol { tcp, udp } accept
	}
`;
}

function redirect({ device, gatewayAddress }: CableOf): string {
  return `\t\tiifname "${device}" udp dport 53 udp length >= ${shortestQuestion} redirect to :${torPorts.dns}
\t\tiifname "${device}" ip daddr != ${gatewayAddress} tcp flags & (fin | syn | rst | ack) == syn redirect to :${torPorts.transparent}
`;
}

function input({ device, gatewayAddress }: CableOf): string {
  return `\t\tiifname "${device}" ct status dnat tcp dport ${torPorts.transparent} accept
\t\tiifname "${device}" ct status dnat udp dport ${torPorts.dns} accept
\t\tiifname "${device}" ip daddr ${gatewayAddress} tcp dport ${torPorts.socks} accept
`;
}
