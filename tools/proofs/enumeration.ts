/**
 * What somebody learns who asks for names, addresses and receipts with a clock in hand: 200 answers each of what is there and of what is not, in random
 * order on one server. The two distributions of times are compared whole, by the largest distance between them (Kolmogorov–Smirnov).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { liftedLimits } from '@sotto/testkit/founded-site';
import { startServer } from '../../apps/server/src/app.ts';
import { smtpTransport } from '../../apps/server/src/mail/transport.ts';
import { usualMachine } from '../../apps/server/src/settings/machine-settings.ts';
import {
  askBoth,
  distanceOf,
  enumerationPairs,
  medianTime,
  type Pair,
} from '../../apps/server/test/support/enumeration.ts';
import { noReserve } from '../../apps/server/test/support/rows.ts';
import { callerTo } from '../../apps/server/test/support/running.ts';
import { setupSecret } from '../../apps/server/test/support/site.ts';
import type { Proof } from './proof.ts';

const tries = 200;
/** Two samples of one distribution are farther apart than this once in a thousand times: 1.95 · √(2 / tries). */
const farthest = 1.95 * Math.sqrt(2 / tries);
/** A machine that does something else for a moment may spoil one measuring; a difference that is there spoils them all. */
const measurings = 4;

export const enumerationProof: Proof = {
  claim: `by the time of ${tries} answers each nobody tells a name that is known from one that is not, or a deleted report from a wrong receipt`,
  needsClient: false,
  async prove(say) {
    const folder = await mkdtemp(join(tmpdir(), 'sotto-proof-'));
    const server = await startServer({
      homePath: join(folder, 'home'),
      listen: { kind: 'loopback', host: '127.0.0.1', port: 0 },
      files: new Map(),
      log: () => {},
      clock: Date.now,
      // The slowdown is the same for all (limits.test.ts): here is measured what is left without it.
      wait: async () => {},
      limits: usualMachine.limits,
      reserve: noReserve,
      mailTransport: smtpTransport(),
    });
    try {
      await server.backend.settings.change(liftedLimits);
      const pairs = await enumerationPairs(callerTo(server.port), setupSecret({ server }), Date.now());
      const seen: string[] = [];
      for (const pair of pairs) seen.push(`${pair.name} ${(await compare(pair, say)).toFixed(3)}`);
      return `distances of the distributions, of at most ${farthest.toFixed(3)}: ${seen.join(', ')}`;
    } finally {
      await server.stop();
      await rm(folder, { recursive: true });
    }
  },
};

/** @returns the distance. @throws Error when every measuring told the two apart. */
async function compare(pair: Pair, say: (line: string) => void): Promise<number> {
  const seen: number[] = [];
  for (let measuring = 0; measuring < measurings; measuring += 1) {
    const { there, notThere } = await askBoth(pair, tries);
    const distance = distanceOf(there, notThere);
    say(
      `${pair.name}: medians ${medianTime(there)} and ${medianTime(notThere)} ms, distance ${distance.toFixed(3)}`,
    );
    if (distance < farthest) return distance;
    seen.push(distance);
  }
  throw new Error(`${pair.name}: the times can be told apart, ${seen.join(', ')}`);
}
