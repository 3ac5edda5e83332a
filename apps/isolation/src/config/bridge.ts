/** A line of a torrc's `Bridge`, without the word: `[transport] address:port [fingerprint] [name=value …]`. */
import { isIPv4 } from 'node:net';

export type Bridge = {
  /** Absent for a bridge that speaks Tor's own protocol. */
  transport: string | undefined;
  address: string;
};

const shape = /^(?:([a-z0-9_]{1,20}) )?([\d.]+):(\d{1,5})(?: [0-9A-Fa-f]{40})?(?: [a-z-]{1,40}=\S{1,300})*$/;

/** Reads a line; undefined when it is none, or names no IPv4 address (the uplink carries nothing else). */
export function parseBridge(line: string): Bridge | undefined {
  const [, transport, address = '', port = ''] = shape.exec(line) ?? [];
  return isIPv4(address) && Number(port) > 0 && Number(port) < 65_536 ? { transport, address } : undefined;
}

/**
 * Transports whose lines say where their packets go. Others (meek, snowflake, webtunnel) connect to somebody in between, and the
 * address in their line is made up.
 */
const straight: readonly (string | undefined)[] = [undefined, 'obfs4'];

/** The only addresses that Tor and its transport connect to; undefined when the lines do not say. */
export function bridgeAddresses(lines: readonly string[]): readonly string[] | undefined {
  const bridges = lines.map(parseBridge);
  if (bridges.length === 0 || !bridges.every((one) => one !== undefined && straight.includes(one.transport)))
    return undefined;
  return [...new Set(bridges.flatMap((one) => one?.address ?? []))].sort();
}
