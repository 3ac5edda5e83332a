/**
 * Chunks of attachments do not count as requests; they are bounded by their bytes under way for each session, from the
 * first byte that is read until the answer.
 */
import { chunkBodyMaxBytes } from '@sotto/contract/route';
import { Refusal } from './refusal.ts';

/** Sixteen full chunks: five times what a client of ours has under way. */
export const sessionBytesMax = 16 * chunkBodyMaxBytes;

/** What is under way, by session. */
export type ChunksInFlight = {
  /** Runs `act` while `bytes` count for the session. @throws Refusal `TOO_MANY` when there are too many already. */
  during<T>(session: object, bytes: number, act: () => Promise<T>): Promise<T>;
};

export function chunksInFlight(): ChunksInFlight {
  const underWay = new WeakMap<object, number>();
  return {
    async during(session, bytes, act) {
      const before = underWay.get(session) ?? 0;
      if (before + bytes > sessionBytesMax) throw new Refusal('TOO_MANY');
      underWay.set(session, before + bytes);
      try {
        return await act();
      } finally {
        underWay.set(session, (underWay.get(session) ?? bytes) - bytes);
      }
    },
  };
}
