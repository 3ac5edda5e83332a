/**
 * Loaded into a server that is measured (`node --import`), never by the product: how long its event loop was blocked, and what is alive in its
 * memory. At SIGUSR2 it writes both as a line to the file that WATCH_PROCESS names, and begins anew.
 */
import { appendFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What one line says. */
export type Watched = {
  /** Milliseconds that the loop was late, at the most and in 99 of 100 samples. */
  readonly longest: number;
  readonly usual: number;
  /** MB that are alive once the garbage is gone. */
  readonly alive: number;
};

const file = process.env['WATCH_PROCESS'];
if (file !== undefined) {
  const resolution = 1;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  setFlagsFromString('--expose-gc');
  // why: node:vm gives back whatever the script says, and this script names the function that the flag exposes
  const collectGarbage = runInNewContext('gc') as () => void;
  const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolution);
  process.on('SIGUSR2', () => {
    const [longest, usual] = [late(delay.max), late(delay.percentile(99))];
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    const watched: Watched = { longest, usual, alive: (heapUsed + external) / 1e6 };
    appendFileSync(file, `${JSON.stringify(watched)}\n`);
    // The pause of the collection is nobody's.
    setImmediate(() => delay.reset());
  });
}
