/** Frames, byte by byte: Ethernet, ARP, IPv4, IPv6, TCP, UDP, ICMP, right or wrong as an attacker would make them. */

export type Ether = { to: string; from: string };

export const broadcast = 'ff:ff:ff:ff:ff:ff';

/** An Ethernet frame, filled up to 60 bytes as the wire asks for. */
export function ether({ to, from }: Ether, type: number, payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(Math.max(60, 14 + payload.length));
  frame.set(macBytes(to), 0);
  frame.set(macBytes(from), 6);
  frame.set([type >> 8, type & 255], 12);
  frame.set(payload, 14);
  return frame;
}

export type Ip = {
  from: string;
  to: string;
  protocol: number;
  timeToLive?: number;
  /** Multiples of 4 bytes. */
  options?: Uint8Array;
  /** In units of 8 bytes. */
  fragmentOffset?: number;
  moreFragments?: boolean;
  identification?: number;
};

/** An IPv4 packet (RFC 791) with a right checksum. */
export function ipv4(ip: Ip, payload: Uint8Array): Uint8Array {
  const options = ip.options ?? new Uint8Array(0);
  const header = 20 + options.length;
  const packet = new Uint8Array(header + payload.length);
  const view = new DataView(packet.buffer);
  packet[0] = 0x40 | (header / 4);
  view.setUint16(2, packet.length);
  view.setUint16(4, ip.identification ?? 1);
  view.setUint16(6, (ip.moreFragments === true ? 0x2000 : 0) | (ip.fragmentOffset ?? 0));
  packet[8] = ip.timeToLive ?? 64;
  packet[9] = ip.protocol;
  packet.set(addressBytes(ip.from), 12);
  packet.set(addressBytes(ip.to), 16);
  packet.set(options, 20);
  view.setUint16(10, checksum(packet.subarray(0, header)));
  packet.set(payload, header);
  return packet;
}

/** A UDP datagram without a checksum, which IPv4 allows (RFC 768). */
export function udp(from: number, to: number, payload: Uint8Array = text('sotto')): Uint8Array {
  const datagram = new Uint8Array(8 + payload.length);
  const view = new DataView(datagram.buffer);
  view.setUint16(0, from);
  view.setUint16(2, to);
  view.setUint16(4, datagram.length);
  datagram.set(payload, 8);
  return datagram;
}

export const tcpFlags = { fin: 1, syn: 2, rst: 4, push: 8, ack: 16, urgent: 32 } as const;

/** A TCP segment (RFC 9293) with a right checksum for these two addresses. */
export function tcp(
  ends: { from: string; to: string },
  ports: { from: number; to: number },
  flags: number,
): Uint8Array {
  const segment = new Uint8Array(20);
  const view = new DataView(segment.buffer);
  view.setUint16(0, ports.from);
  view.setUint16(2, ports.to);
  view.setUint32(4, 1000);
  segment[12] = 0x50;
  segment[13] = flags;
  view.setUint16(14, 1024);
  const pseudo = new Uint8Array(12 + segment.length);
  pseudo.set(addressBytes(ends.from), 0);
  pseudo.set(addressBytes(ends.to), 4);
  pseudo[9] = 6;
  pseudo[11] = segment.length;
  pseudo.set(segment, 12);
  view.setUint16(16, checksum(pseudo));
  return segment;
}

/** An ICMP message (RFC 792). */
export function icmp(type: number, code = 0, rest: Uint8Array = new Uint8Array(8)): Uint8Array {
  const message = new Uint8Array(4 + rest.length);
  message[0] = type;
  message[1] = code;
  message.set(rest, 4);
  new DataView(message.buffer).setUint16(2, checksum(message));
  return message;
}

/** An ARP message (RFC 826) for IPv4 over Ethernet. */
export function arp(
  operation: 'request' | 'reply',
  sender: { mac: string; address: string },
  target: { mac: string; address: string },
): Uint8Array {
  return Uint8Array.from([
    ...[0, 1, 8, 0, 6, 4, 0, operation === 'request' ? 1 : 2],
    ...[...macBytes(sender.mac), ...addressBytes(sender.address)],
    ...[...macBytes(target.mac), ...addressBytes(target.address)],
  ]);
}

/** An IPv6 packet (RFC 8200); addresses as 32 hexadecimal digits. */
export function ipv6(from: string, to: string, nextHeader: number, payload: Uint8Array): Uint8Array {
  const packet = new Uint8Array(40 + payload.length);
  packet[0] = 0x60;
  new DataView(packet.buffer).setUint16(4, payload.length);
  packet[6] = nextHeader;
  packet[7] = 64;
  packet.set(Buffer.from(from, 'hex'), 8);
  packet.set(Buffer.from(to, 'hex'), 24);
  packet.set(payload, 40);
  return packet;
}

export function text(words: string): Uint8Array {
  return new TextEncoder().encode(words);
}

export function macBytes(mac: string): Uint8Array {
  return Uint8Array.from(mac.split(':'), (byte) => Number.parseInt(byte, 16));
}

export function addressBytes(address: string): Uint8Array {
  return Uint8Array.from(address.split('.'), Number);
}

/** The Internet checksum (RFC 1071). */
function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
