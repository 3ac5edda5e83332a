/** A server killed at random moments, seen by the people who use it. `npm run prove kill-rounds` does the same two hundred times. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { killRounds, sayTally } from '@sotto/testkit/kill-rounds';

const rounds = 8;

test('kill -9 while people file, comment, upload and delete loses nothing acknowledged and leaves nothing half', async (t) => {
  const tally = await killRounds(rounds);
  t.diagnostic(sayTally(tally));
  assert.equal(tally.rounds, rounds);
  // Something was there to lose, and something was cut off.
  assert.ok(tally.reports > 0 && tally.cutOff >= rounds);
});
