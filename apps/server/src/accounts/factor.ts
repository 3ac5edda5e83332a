/**
 * The second factor of an account (S3). The server must read its secret to check a code, so it lies under the account's slot
 * like every box: the database alone does not hold it, and taking the factor away moves the account to another slot.
 *
 * Layout of the box `factor`: 0x01 ‖ secret (20) ‖ last step used (8).
 */
import { type Bytes, concat } from '@sotto/protocol/bytes';
import { stepOfCode } from '@sotto/protocol/server/totp';
import { factorSecretBytes, version } from '@sotto/protocol/sizes';
import type { Backend } from '../backend.ts';
import { withSlot } from '../storage/keeping.ts';
import type { Transaction } from '../storage/transaction.ts';
import type { KeyedUser } from './own-row.ts';
import { readBox } from './read-box.ts';

/** What is kept of a factor; `lastStep` is -1 before any code was used. */
export type Factor = { readonly secret: Bytes; readonly lastStep: number };

const stepBytes = 8;

/** Whether the account has a factor. Tells only what a row's kind tells; nothing is opened. */
export async function hasFactor(
  { home, siteId }: Backend,
  transaction: Transaction,
  userId: string,
): Promise<boolean> {
  return (await home.store.accountBoxes.find(transaction, siteId, userId, 'factor')) !== undefined;
}

/** The factor of an account, `undefined` when it has none. The caller zeroes the secret. */
export async function readFactor(
  backend: Backend,
  transaction: Transaction,
  user: KeyedUser,
): Promise<Factor | undefined> {
  const kept = await readBox(backend, transaction, user, 'factor');
  if (kept === undefined) return undefined;
  const step = new DataView(kept.buffer, kept.byteOffset, kept.byteLength);
  return {
    secret: kept.subarray(1, 1 + factorSecretBytes),
    lastStep: Number(step.getBigInt64(1 + factorSecretBytes)),
  };
}

/** The box that keeps a factor. */
export function factorBox({ secret, lastStep }: Factor): Bytes {
  const step = new Uint8Array(stepBytes);
  new DataView(step.buffer).setBigInt64(0, BigInt(lastStep));
  return concat(Uint8Array.of(version), secret, step);
}

/**
 * Uses a code up: it holds now, and neither it nor an older one ever again.
 *
 * @returns false for a wrong code, and for an account without a factor.
 */
export async function useCode(
  backend: Backend,
  transaction: Transaction,
  user: KeyedUser,
  code: string,
): Promise<boolean> {
  const factor = await readFactor(backend, transaction, user);
  if (factor === undefined) return false;
  try {
    const step = stepOfCode(factor.secret, code, backend.clock() / 1000, factor.lastStep);
    if (step === null) return false;
    const box = factorBox({ secret: factor.secret, lastStep: step });
    const place = { site_id: backend.siteId, user_id: user.user_id, kind: 'factor' };
    const row = await withSlot(backend.home.slotFile, user.slot, (keeping) => keeping.keepBox(place, box));
    box.fill(0);
    await backend.home.store.accountBoxes.put(transaction, row);
    return true;
  } finally {
    factor.secret.fill(0);
  }
}
