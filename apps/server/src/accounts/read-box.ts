/** One box of an account, as its owner's agent left it. */
import type { Bytes } from '@sotto/protocol/bytes';
import type { Backend } from '../backend.ts';
import { withSlot } from '../storage/keeping.ts';
import type { Transaction } from '../storage/transaction.ts';
import type { BoxKind } from './box-kind.ts';
import type { KeyedUser } from './own-row.ts';

/** @returns `undefined` when the account has no such box. */
export async function readBox(
  { home, siteId }: Backend,
  transaction: Transaction,
  user: KeyedUser,
  kind: BoxKind,
): Promise<Bytes | undefined> {
  const row = await home.store.accountBoxes.find(transaction, siteId, user.user_id, kind);
  if (row === undefined) return undefined;
  return withSlot(home.slotFile, user.slot, (keeping) => keeping.openBox(row));
}
