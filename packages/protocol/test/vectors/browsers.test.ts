/** Every vector of the agent's half in real browsers: over noble and the Client's stretch worker, under the workers' policies. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { browserNames } from '@sotto/testkit/browsers';
import { runInBrowser, workerPolicies } from '@sotto/testkit/vectors/browser-run';
import { storedVectors } from '@sotto/testkit/vectors/stored-vectors';

const vectors = storedVectors().filter(({ vector }) => vector.door === 'agent');

/** Vectors that must not hold: a runner that answers "holds" to everything would show nothing. */
const changed = vectors
  .filter(({ vector }) => vector.operation === 'open-item' && vector.output)
  .map(({ name, vector }) => ({
    name: `${name}-with-another-key`,
    vector: { ...vector, input: { ...vector.input, key: '00'.repeat(32) } },
  }));

test('the policies the vectors run under are those the server sends', () => {
  const headers = readFileSync(
    join(import.meta.dirname, '../../../../apps/server/src/http/headers.ts'),
    'utf8',
  );
  for (const policy of Object.values(workerPolicies)) assert.ok(headers.includes(`"${policy}"`), policy);
});

for (const browserName of browserNames)
  describe(browserName, () => {
    let run: Awaited<ReturnType<typeof runInBrowser>>;
    before(async () => {
      run = await runInBrowser(browserName, [...vectors, ...changed]);
    });

    for (const { name, vector } of vectors)
      test(`${browserName}: ${vector.step}, ${vector.claim} (${name})`, () => {
        assert.equal(run.verdicts[name], null);
      });

    test(`${browserName}: all vectors ran, and the page had nothing to complain about`, () => {
      assert.deepEqual(
        Object.keys(run.verdicts).sort(),
        [...vectors, ...changed].map(({ name }) => name).sort(),
      );
      assert.deepEqual(run.complaints, []);
    });

    test(`${browserName}: the runner can fail: an item asked to open with another key does not`, () => {
      for (const { name } of changed) assert.match(String(run.verdicts[name]), /DOES_NOT_OPEN/);
    });
  });
