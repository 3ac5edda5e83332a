/**
 * The pace of a session: so many requests in a second pass at once, and each beyond waits longer than the one before. Chunks are not
 * requests: they are bounded by their bytes under way (http/chunks-in-flight.ts).
 */
import { Refusal } from '../http/refusal.ts';
import type { Settings } from '../settings/settings.ts';
import type { Wait } from './slowdown.ts';

const second = 1000;
/** Each request that had to wait makes the next wait so much longer, as a share of the usual distance. */
const growth = 0.1;
/** Milliseconds that a request is kept waiting at the most; beyond, it is told when to come back. */
const longest = 10_000;

type Kept = {
  /** When the next request would be on time. */
  due: number;
  /** Requests in a row that had to wait. */
  late: number;
};

/** The pace of all sessions. */
export type Pace = {
  /** Waits until the session may go on. @throws Refusal `TOO_MANY` with the seconds to wait, `MALFORMED` when nobody waits. */
  step(session: object, gone: AbortSignal): Promise<void>;
};

/** @param clock milliseconds. */
export function makePace(clock: () => number, settings: Settings, wait: Wait): Pace {
  const sessions = new WeakMap<object, Kept>();
  return {
    async step(session, gone) {
      const now = clock();
      const { requests_per_second: allowed } = settings.now();
      const kept = sessions.get(session) ?? { due: now, late: 0 };
      sessions.set(session, kept);
      const distance = second / allowed;
      // A clock that was set back keeps nobody waiting.
      const due = Math.min(Math.max(kept.due, now), now + second + longest);
      const delay = due - now - (allowed - 1) * distance;
      if (delay > longest) throw new Refusal('TOO_MANY', Math.ceil(delay / 1000));
      kept.late = delay > 0 ? kept.late + 1 : 0;
      kept.due = due + distance * (1 + growth * kept.late);
      if (delay <= 0) return;
      try {
        await wait(delay, gone);
      } catch {
        throw new Refusal('MALFORMED');
      }
    },
  };
}
