/**
 * Proof of work (S9) as a server asks for it: it gives tokens and stores nothing of them, checks in the order MAC, expiry,
 * unused, marked used, hash, and so computes one hash for each token of its own at the most.
 */
import { randomBytes } from 'node:crypto';
import type { WorkPurpose } from '@sotto/contract/route';
import type { Bytes } from '@sotto/protocol/bytes';
import { isLiveToken, makeToken, provesWork, tokenLifetime } from '@sotto/protocol/server/token';
import { tokenBytes, workCounterBytes, workDifficulty } from '@sotto/protocol/sizes';
import { Refusal } from '../http/refusal.ts';
import type { Settings } from '../settings/settings.ts';
import { makeLoad } from './load.ts';

/** Wrong receipts in a minute that cost nobody anything: people mistype. */
const receiptsAMinute = 10;
/** Used tokens are remembered for one to two of their lives; beyond so many nobody gets in until some are forgotten. */
const mostUsed = 200_000;

/** The work of a site. */
export type Work = {
  /** @param more steps beyond the usual difficulty that the purpose itself asks for. @returns null while work is lifted. */
  token(purpose: WorkPurpose, more: number): Bytes | null;
  /** @param proof base64url of token ‖ counter, as it came. @throws Refusal `WORK_NEEDED`, `BUSY`. */
  check(purpose: WorkPurpose, proof: string): Promise<void>;
  /** A receipt opened nothing: work becomes harder for everybody when there are many, and nobody is delayed. */
  receiptFailed(): void;
};

/** @param clock milliseconds since 1970. */
export function makeWork(clock: () => number, settings: Settings): Work {
  const keys: Readonly<Record<WorkPurpose, Uint8Array>> = {
    session: randomBytes(32),
    report: randomBytes(32),
  };
  const asked = makeLoad(clock, 1000, () => settings.now().tokens_per_second);
  const receipts = makeLoad(clock, 60_000, () => receiptsAMinute);
  const used = usedTokens(clock);
  const seconds = () => Math.floor(clock() / 1000);
  return {
    token(purpose, more) {
      if (!settings.now().proof_of_work) return null;
      asked.count();
      const steps = Math.max(asked.steps(), receipts.steps(), more);
      const difficulty = Math.min(workDifficulty.usual + steps, workDifficulty.most);
      return makeToken(keys[purpose], difficulty, seconds());
    },
    async check(purpose, proof) {
      if (!settings.now().proof_of_work) return;
      const read = readProof(proof);
      if (read === null || !isLiveToken(keys[purpose], read.token, seconds())) {
        throw new Refusal('WORK_NEEDED');
      }
      if (!used.mark(read.token)) throw new Refusal('WORK_NEEDED');
      if (!(await provesWork(read.token, read.counter))) throw new Refusal('WORK_NEEDED');
    },
    receiptFailed: () => receipts.count(),
  };
}

const proofForm = /^[A-Za-z0-9_-]{54}$/;

function readProof(proof: string): { token: Bytes; counter: bigint } | null {
  if (!proofForm.test(proof)) return null;
  const bytes = Uint8Array.from(Buffer.from(proof, 'base64url'));
  if (bytes.length !== tokenBytes + workCounterBytes) return null;
  const counter = new DataView(bytes.buffer).getBigUint64(tokenBytes);
  return { token: bytes.slice(0, tokenBytes), counter };
}

/** Two generations, each a token's life long: what is in neither has expired. */
function usedTokens(clock: () => number) {
  const life = tokenLifetime * 1000;
  let [young, old] = [new Set<string>(), new Set<string>()];
  let born = clock();
  return {
    /** @returns false when the token was used before. @throws Refusal `BUSY` when there is no room to remember it. */
    mark(token: Uint8Array): boolean {
      if (clock() - born >= life) {
        // After a long quiet both are old.
        [young, old] = [new Set(), clock() - born < 2 * life ? young : new Set()];
        born = clock();
      }
      const name = Buffer.from(token.buffer, token.byteOffset, token.byteLength).toString('latin1');
      if (young.has(name) || old.has(name)) return false;
      if (young.size >= mostUsed) throw new Refusal('BUSY');
      young.add(name);
      return true;
    },
  };
}
