/** Two hundred rounds of what apps/server/test/scenarios/kill.test.ts does eight times. */
import { killRounds, sayTally } from '@sotto/testkit/kill-rounds';
import type { Proof } from './proof.ts';

/** Enough that a window of one in a hundred kills is hit in seven runs of eight. */
const rounds = 200;

export const killRoundsProof: Proof = {
  claim: `${rounds} times kill -9 while people file, comment, upload and delete loses nothing acknowledged and leaves nothing half`,
  needsClient: true,
  prove: async (say) => sayTally(await killRounds(rounds, say)),
};
