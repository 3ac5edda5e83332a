/**
 * Clients, told apart without keeping who they are: a hash of the address or circuit under a key that lives in memory and changes with
 * every hour. With the key all that was counted under it goes.
 */
import { createHmac, randomBytes } from 'node:crypto';

const hourLength = 3_600_000;
/** Names that are remembered of one kind in an hour, some 2 MB each; the oldest make room. */
const mostNames = 20_000;

/** How often something came by each name, in this hour. */
export type Counts = {
  of(name: string): number;
  /** @returns the new count. */
  add(name: string, by?: number): number;
  drop(name: string): void;
  /** Names that are there. */
  size(): number;
};

/** What is known of the hour. */
export type Clients = {
  /** The name of an address in this hour, 16 bytes in base64; `kind` keeps names of different things apart. */
  name(kind: string, text: string): string;
  /** Counts by kind, empty at the begin of each hour. */
  counts(kind: string): Counts;
  /** Seconds until the hour is over, 1 at the least: when to come back. */
  left(): number;
};

/** @param clock milliseconds since 1970. */
export function makeClients(clock: () => number): Clients {
  const thisHour = () => Math.floor(clock() / hourLength);
  let hour = thisHour();
  let key = randomBytes(32);
  const tables = new Map<string, Counts>();
  const turn = (): void => {
    if (hour === thisHour()) return;
    hour = thisHour();
    key = randomBytes(32);
    tables.clear();
  };
  return {
    name(kind, text) {
      turn();
      const mac = createHmac('sha256', key).update(kind).update('\0').update(text);
      return mac.digest().subarray(0, 16).toString('base64');
    },
    counts(kind) {
      turn();
      const there = tables.get(kind) ?? makeCounts();
      tables.set(kind, there);
      return there;
    },
    left: () => Math.max(1, Math.ceil(((thisHour() + 1) * hourLength - clock()) / 1000)),
  };
}

function makeCounts(): Counts {
  const counted = new Map<string, number>();
  return {
    of: (name) => counted.get(name) ?? 0,
    add(name, by = 1) {
      const count = (counted.get(name) ?? 0) + by;
      // What is counted again is young again.
      counted.delete(name);
      if (count > 0) counted.set(name, count);
      for (const [oldest] of counted) {
        if (counted.size <= mostNames) break;
        counted.delete(oldest);
      }
      return count;
    },
    drop: (name) => void counted.delete(name),
    size: () => counted.size,
  };
}
