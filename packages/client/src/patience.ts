/** What a broken line costs: waiting. Acts that can be repeated are repeated, a little later each time, until they are done. */
import { ClientError, codeOf } from './errors.ts';

/** Milliseconds before each further try: two minutes in all, long enough for a train's tunnel. */
const pauses: readonly number[] = [1000, 2000, 4000, 8000, 15_000, 30_000, 60_000];

/** A server that names a longer time than this, in milliseconds, is not waited for. */
const longestPause = 120_000;

/** Failures of the way, not of the act: nothing was refused, so the same thing may be sent again. */
const passing: ReadonlySet<string | null> = new Set(['UNREACHABLE', 'BUSY', 'TOO_MANY']);

/** Resolves after so many milliseconds. */
export type Wait = (milliseconds: number) => Promise<void>;

/**
 * Does an act that can be repeated, again and again while it fails on the way.
 *
 * @param onWaiting told before each pause.
 * @throws what the act threw, at once when it was refused, else once every pause was waited out; the signal's reason when it was aborted.
 */
export async function patiently<T>(
  act: () => Promise<T>,
  wait: Wait,
  signal: AbortSignal,
  onWaiting: () => void = () => {},
): Promise<T> {
  for (const pause of pauses) {
    signal.throwIfAborted();
    try {
      return await act();
    } catch (failure) {
      if (!passing.has(codeOf(failure))) throw failure;
      const told = failure instanceof ClientError ? (failure.retryAfter ?? 0) * 1000 : 0;
      // An hour is not waited out in silence: the person is told, and asks again then.
      if (told > longestPause) throw failure;
      onWaiting();
      await Promise.race([wait(Math.max(pause, told)), aborted(signal)]);
    }
  }
  signal.throwIfAborted();
  return await act();
}

/** Resolves when the signal is; never, when it is not. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
