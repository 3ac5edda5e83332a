/** What the server spends on a token of work (S9), in this process, so that nothing but the check is counted. */
import { argon2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { usualSettings } from '@sotto/contract/settings';
import { fromBase64url, toBase64url } from '@sotto/protocol/bytes';
import { workMemoryKiB, workProof } from '@sotto/protocol/proof-of-work';
import { sodiumSolver } from '@sotto/protocol/stretcher-sodium';
import { makeWork } from '../../apps/server/src/work/work.ts';
import { type Cost, costBy } from './process-cost.ts';

/** Milliseconds of processor time, of all threads. */
export type WorkCheck = { readonly right: Cost; readonly wrong: Cost; readonly bare: Cost };

/** Checks whose cost is read together: the clock of a process is too coarse for one. */
export const setOf = 20;

/** @param sets of {@link setOf} tokens to solve, each in a fifteenth of a second; the first set warms up and is not counted. */
export async function workCheck(sets: number): Promise<WorkCheck> {
  const work = makeWork(Date.now, {
    now: () => ({ ...usualSettings, tokens_per_second: 10_000 }),
    change: async () => {},
  });
  const proofs: string[] = [];
  for (let round = 0; round < sets * setOf; round += 1) {
    const token = work.token('session', 0);
    if (token !== null) proofs.push(toBase64url(workProof(token, await sodiumSolver(token))));
  }
  const others = proofs.map((proof) => {
    const bytes = fromBase64url(proof);
    bytes.fill(0, 16, 32);
    return toBase64url(bytes);
  });
  const hash = promisify(argon2);
  return {
    wrong: await costOfEach(others, (proof) => work.check('session', proof).catch(() => {})),
    right: await costOfEach(proofs, (proof) => work.check('session', proof)),
    bare: await costOfEach(proofs, () =>
      hash('argon2id', {
        message: randomBytes(40),
        nonce: randomBytes(16),
        parallelism: 1,
        tagLength: 32,
        memory: workMemoryKiB,
        passes: 1,
      }),
    ),
  };
}

/** The first set warms up. A proof is used once: each is checked in one of the two. */
async function costOfEach(
  proofs: readonly string[],
  act: (proof: string) => Promise<unknown>,
): Promise<Cost> {
  for (const proof of proofs.slice(0, setOf)) await act(proof);
  const counted = proofs.slice(setOf);
  return costBy(ownTime, setOf, counted.length, (round) => act(counted[round] ?? ''));
}

/** Milliseconds of processor time of this process, finer than the kernel's ticks. */
function ownTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
