/** What the server spends on a token of work (S9), in this process, so that nothing but the check is counted. */
import { argon2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { usualSettings } from '@sotto/contract/settings';
import { fromBase64url, toBase64url } from '@sotto/protocol/bytes';
import { workMemoryKiB, workProof } from '@sotto/protocol/proof-of-work';
import { sodiumSolver } from '@sotto/protocol/stretcher-sodium';
import { makeWork } from '../../apps/server/src/work/work.ts';

/** Milliseconds of processor time, of all threads, for each. */
export type WorkCheck = { readonly right: number; readonly wrong: number; readonly bare: number };

/** @param rounds tokens to solve; each takes a fifteenth of a second. */
export async function workCheck(rounds: number): Promise<WorkCheck> {
  const work = makeWork(Date.now, {
    now: () => ({ ...usualSettings, tokens_per_second: 10_000 }),
    change: async () => {},
  });
  const proofs: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
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

async function costOfEach(
  proofs: readonly string[],
  act: (proof: string) => Promise<unknown>,
): Promise<number> {
  const before = process.cpuUsage();
  for (const proof of proofs) await act(proof);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / proofs.length;
}
