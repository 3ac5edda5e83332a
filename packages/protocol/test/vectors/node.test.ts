/** Every vector in Node: the agent's half over libsodium and over noble, the server's half over OpenSSL. */
import assert from 'node:assert/strict';
import { argon2, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { agentOperations } from '@sotto/testkit/vectors/agent-operations';
import { runVector } from '@sotto/testkit/vectors/run-vector';
import { serverOperations } from '@sotto/testkit/vectors/server-operations';
import { storedVectors } from '@sotto/testkit/vectors/stored-vectors';
import type { Platform } from '@sotto/testkit/vectors/world';
import type { Stretcher } from '../../src/credential.ts';
import { createNobleLibrary } from '../../src/library-noble.ts';
import { createSodiumLibrary } from '../../src/library-sodium.ts';
import type { WorkHash } from '../../src/proof-of-work.ts';
import { sodiumStretcher } from '../../src/stretcher-sodium.ts';

const vectors = storedVectors();

async function openSslArgon2id(secret: Uint8Array, salt: Uint8Array, passes: number, memory: number) {
  const parameters = { message: secret, nonce: salt, passes, memory, parallelism: 1, tagLength: 32 };
  return Uint8Array.from(await promisify(argon2)('argon2id', parameters));
}
const workHash: WorkHash = (message, salt) => openSslArgon2id(message, salt, 1, 1024);
/** noble has no Argon2id fast enough to wait for; OpenSSL's stands in, so that this run shares no Argon2id with the other. */
const openSslStretcher: Stretcher = {
  stretch: (secret, salt, passes) => openSslArgon2id(secret, salt, passes, 131_072),
};

const platforms: readonly [string, Platform][] = [
  ['libsodium', { createLibrary: createSodiumLibrary, stretcher: sodiumStretcher, workHash }],
  ['noble', { createLibrary: createNobleLibrary, stretcher: openSslStretcher, workHash }],
];

for (const [name, platform] of platforms)
  for (const { name: file, vector } of vectors.filter((one) => one.vector.door === 'agent'))
    test(`${name}: ${vector.step}, ${vector.claim} (${file})`, async () => {
      assert.equal(await runVector(vector, agentOperations, platform), null);
    });

for (const { name: file, vector } of vectors.filter((one) => one.vector.door === 'server'))
  test(`server: ${vector.step}, ${vector.claim} (${file})`, async () => {
    assert.equal(await runVector(vector, serverOperations, platforms[0]?.[1] ?? assert.fail()), null);
  });

test('the runner can fail: a vector changed in any part does not hold', async () => {
  const [, platform] = platforms[1] ?? assert.fail();
  for (const { name, vector } of vectors) {
    if (vector.door !== 'agent' || vector.operation.startsWith('stretch-')) continue;
    const changed = vector.fails
      ? {
          ...vector,
          fails: { ...vector.fails, stage: vector.fails.stage === 'form' ? 'content' : 'form' } as const,
        }
      : { ...vector, output: { ...vector.output, more: 1 } };
    assert.notEqual(await runVector(changed, agentOperations, platform), null, name);
    const unread = { ...vector, input: { ...vector.input, more: 1 } };
    if (vector.output) assert.notEqual(await runVector(unread, agentOperations, platform), null, name);
    const drawn = { ...vector, input: { ...vector.input, random: [randomBytes(7).toString('hex')] } };
    if (vector.output) assert.notEqual(await runVector(drawn, agentOperations, platform), null, name);
  }
});

test('every operation has a vector that gives and, where it can refuse, one that refuses', () => {
  const refusing = new Set(
    vectors.filter(({ vector }) => vector.fails).map(({ vector }) => vector.operation),
  );
  const giving = new Set(vectors.filter(({ vector }) => vector.output).map(({ vector }) => vector.operation));
  for (const operation of Object.keys({ ...agentOperations, ...serverOperations })) {
    assert.ok(giving.has(operation), operation);
    if (/^(open|read|unpad|unwrap|verify)/.test(operation)) assert.ok(refusing.has(operation), operation);
  }
});
