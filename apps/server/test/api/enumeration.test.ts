/**
 * What somebody learns who asks for names, addresses and receipts 200 times each: whole answers and how often they were kept waiting are
 * compared as distributions, and must be equal. How long they took is printed beside it and decides nothing here; `npm run prove enumeration` does.
 */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  askBoth,
  distanceOf,
  enumerationPairs,
  medianTime,
  type Pair,
  type Told,
} from '../support/enumeration.ts';
import { testNow } from '../support/rows.ts';
import { runServer, type TestServer } from '../support/running.ts';
import { setupSecret } from '../support/site.ts';

const tries = 200;

type Seen = { readonly said: string; readonly waited: number };

it('answers alike for what is there and what is not, two hundred times each: salt, sign-in, reset, return', async (test) => {
  const running = await runServer(test);
  for (const pair of await enumerationPairs(running, setupSecret(running), testNow)) {
    const { there, notThere } = await askBoth(seenBy(running, pair), tries);
    for (const seen of [there, notThere])
      assert.equal(new Set(seen.map(({ answer }) => answer.said)).size, 1, `${pair.name}: it changes`);
    assert.deepEqual(distributionOf(there), distributionOf(notThere), pair.name);
    const [times, others] = [medianTime(there), medianTime(notThere)];
    const distance = distanceOf(there, notThere).toFixed(3);
    test.diagnostic(
      `${pair.name}: medians ${times} and ${others} ms, distance of the distributions ${distance}`,
    );
  }
});

/** The same pair, answered with all that a caller can see but the time. */
function seenBy({ waits }: TestServer, { name, there, notThere }: Pair): Pair<Seen> {
  const seen = async (ask: Pair['there']): Promise<Seen> => {
    const before = waits.length;
    const { status, headers, bytes } = await ask();
    return { said: JSON.stringify([status, headers, bytes.toString('utf8')]), waited: waits.length - before };
  };
  return { name, there: () => seen(there), notThere: () => seen(notThere) };
}

/** In an order of its own. A salt is another for every name, and always the same for one: of it only the form is compared. */
function distributionOf(told: readonly Told<Seen>[]): string[] {
  return told
    .map(({ answer }) => `${answer.waited} ${answer.said.replace(/(\\"salt\\":\\")[\w-]{22}/, '$1…')}`)
    .toSorted();
}
