/** Escrow copies as the server keeps them (S11): each under a slot of its own, with the escrow key it was sealed to. */
import { type Bytes, concat } from '@sotto/protocol/bytes';
import { keyBytes } from '@sotto/protocol/sizes';
import type { Backend } from '../backend.ts';
import { decoded, encoded, versioned } from '../http/encoded.ts';
import { type Alone, openAlone } from '../kept/kept-alone.ts';
import type { Transaction } from '../storage/transaction.ts';

/** A copy: the escrow key, and the identity sealed to it. */
export type EscrowCopy = { readonly publicKey: string; readonly copy: string };

/** @throws Refusal `MALFORMED` for an unknown version byte. */
export function copyToKeep(ownerId: string, { publicKey, copy }: EscrowCopy): Alone {
  return { ownerId, kind: 'escrow-copy', bytes: concat(decoded(publicKey), versioned(copy)) };
}

/** The copy of a user; `undefined` when there is none. */
export async function readCopy(
  backend: Backend,
  transaction: Transaction,
  userId: string,
): Promise<EscrowCopy | undefined> {
  const kept = await openAlone(backend, transaction, userId, 'escrow-copy');
  return kept === undefined ? undefined : split(kept);
}

function split(kept: Bytes): EscrowCopy {
  return { publicKey: encoded(kept.subarray(0, keyBytes)), copy: encoded(kept.subarray(keyBytes)) };
}
