/** Judges frames on the uplink: what left the Gateway, and whether it went to a relay. Pure. */

export type Uplink = {
  /** The router's MAC: only frames from it came in; every other frame left, whatever MAC it claims. */
  routerMac: string;
  routerAddress: string;
  ownAddress: string;
  relays: ReadonlySet<string>;
};

export type Judgement = { direction: 'in' } | { direction: 'out'; leak: string | undefined };

const etherTypes: Readonly<Record<number, string>> = {
  2048: 'IPv4',
  2054: 'ARP',
  34525: 'IPv6',
  33024: 'VLAN',
  34984: 'QinQ',
};

/** `leak` says what the frame is when it may not leave: never its content. */
export function judge(frame: Uint8Array, uplink: Uplink): Judgement {
  if (frame.length < 14) return { direction: 'out', leak: 'a frame too short to read' };
  if (mac(frame, 6) === uplink.routerMac) return { direction: 'in' };
  const type = ((frame[12] ?? 0) << 8) | (frame[13] ?? 0);
  if (type === 0x0806) return { direction: 'out', leak: judgeArp(frame, uplink) };
  if (type !== 0x0800)
    return { direction: 'out', leak: etherTypes[type] ?? `ether type 0x${type.toString(16)}` };
  const source = address(frame, 26);
  const destination = address(frame, 30);
  const protocol = frame[23] ?? 0;
  if (protocol !== 6) return { direction: 'out', leak: `IP protocol ${protocol} to ${destination}` };
  if (source !== uplink.ownAddress) return { direction: 'out', leak: `TCP from ${source}` };
  if (!uplink.relays.has(destination))
    return { direction: 'out', leak: `TCP to ${destination}, which is no relay` };
  return { direction: 'out', leak: undefined };
}

/** Asking for the router's MAC, and answering the router (RFC 826: sender at 28, target at 38). */
function judgeArp(frame: Uint8Array, { ownAddress, routerAddress }: Uplink): string | undefined {
  const sender = address(frame, 28);
  const target = address(frame, 38);
  if (sender !== ownAddress) return `ARP for ${sender}`;
  // The router may ask from any of its addresses; our answer goes back to that one, and tells our own.
  const answer = frame[21] === 2;
  return answer || target === routerAddress ? undefined : `ARP asking for ${target}`;
}

function mac(frame: Uint8Array, at: number): string {
  return [...frame.subarray(at, at + 6)].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

function address(frame: Uint8Array, at: number): string {
  return [...frame.subarray(at, at + 4)].join('.');
}
