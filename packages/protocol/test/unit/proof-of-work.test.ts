/** Proof of work (S9): the agent's half and the server's agree, and a greedy server is not obeyed. */
import assert from 'node:assert/strict';
import { argon2Sync, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import {
  difficultyOf,
  holds,
  leadingZeroBits,
  solve,
  type WorkHash,
  workMemoryKiB,
} from '../../src/proof-of-work.ts';
import { isLiveToken, makeToken, provesWork, tokenLifetime } from '../../src/server/token.ts';
import { workDifficulty } from '../../src/sizes.ts';

const random = (length: number) => Uint8Array.from(randomBytes(length));
const key = random(32);
const now = 1_800_000_000;
const hash: WorkHash = async (message, salt) =>
  Uint8Array.from(
    argon2Sync('argon2id', {
      message,
      nonce: salt,
      passes: 1,
      memory: workMemoryKiB,
      parallelism: 1,
      tagLength: 32,
    }),
  );

test('a token the agent has worked for is proven to the server by one hash', async () => {
  const token = makeToken(key, workDifficulty.usual, now);
  assert.ok(isLiveToken(key, token, now));
  let tries = 0;
  const counter = await solve(hash, token, 0n, 1n, () => {
    tries += 1;
  });
  assert.equal(BigInt(tries), counter);
  assert.ok(await provesWork(token, counter));
});

test('a counter that does not hold proves nothing', async () => {
  const token = makeToken(key, workDifficulty.usual, now);
  const counter = await solve(hash, token);
  const wrong = (await holds(hash, token, counter + 1n)) ? counter + 2n : counter + 1n;
  assert.equal(await provesWork(token, wrong), await holds(hash, token, wrong));
});

test('two workers share one token without trying a counter twice', async () => {
  const token = makeToken(key, workDifficulty.usual, now);
  assert.equal((await solve(hash, token, 0n, 2n)) % 2n, 0n);
  assert.equal((await solve(hash, token, 1n, 2n)) % 2n, 1n);
});

test('a token lives sixty seconds', () => {
  const token = makeToken(key, workDifficulty.usual, now);
  assert.ok(isLiveToken(key, token, now + tokenLifetime - 1));
  assert.ok(!isLiveToken(key, token, now + tokenLifetime));
});

test('a token of another key, with any bit changed, or of another length is dead', () => {
  const token = makeToken(key, workDifficulty.usual, now);
  assert.ok(!isLiveToken(random(32), token, now));
  for (let bit = 0; bit < token.length * 8; bit += 1) {
    const changed = Uint8Array.from(token);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.ok(!isLiveToken(key, changed, now), `bit ${bit}`);
  }
  assert.ok(!isLiveToken(key, token.subarray(0, 31), now));
  assert.ok(!isLiveToken(key, Uint8Array.of(...token, 0), now));
});

test('a token that asks for more than the protocol allows is neither made nor worked for', async () => {
  for (const difficulty of [-1, 0.5, workDifficulty.most + 1, 255, 256])
    assert.throws(() => makeToken(key, difficulty, now), { code: 'TOO_LARGE' });
  const greedy = makeToken(key, workDifficulty.most, now);
  greedy[11] = 255;
  assert.throws(() => difficultyOf(greedy), { code: 'TOO_LARGE' });
  await assert.rejects(solve(hash, greedy), { code: 'TOO_LARGE' });
  assert.throws(() => difficultyOf(greedy.subarray(1)), { code: 'WRONG_LENGTH' });
});

test('zero bits are counted from the highest', () => {
  const examples: readonly [number[], number][] = [
    [[0x80], 0],
    [[0x7f], 1],
    [[0x01], 7],
    [[0, 0x10], 11],
    [[0, 0], 16],
    [[], 0],
  ];
  for (const [bytes, bits] of examples) assert.equal(leadingZeroBits(Uint8Array.from(bytes)), bits);
});
