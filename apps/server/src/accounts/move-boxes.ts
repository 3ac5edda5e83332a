/**
 * An account's boxes under a new slot (spec, Keys): with every new password, and whenever a box must be forgotten. The old slot
 * is overwritten afterwards (S13), so that no copy in a journal opens with what a thief finds later.
 */
import type { Backend } from '../backend.ts';
import { markSlot } from '../forgetting/forget.ts';
import { Refusal } from '../http/refusal.ts';
import { withSlot } from '../storage/keeping.ts';
import type { AccountBoxRow, UserRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';
import type { BoxKind } from './box-kind.ts';

/** Boxes that are not moved as they are: replaced by these bytes, or left behind. */
export type BoxChanges = Partial<Readonly<Record<BoxKind, Uint8Array | 'forgotten'>>>;

/**
 * Moves all boxes of an account to `slot`, which `withNewSlot` gave, and marks the slot they were under. The caller runs
 * `backend.forgetSoon()` once the transaction is durable.
 *
 * @param user as it is in this transaction.
 * @throws Refusal `SESSION_ENDED` for an account without keys.
 */
export async function moveBoxes(
  { home, siteId }: Backend,
  transaction: Transaction,
  user: UserRow,
  slot: number,
  changes: BoxChanges,
): Promise<void> {
  const { store, slotFile } = home;
  if (user.slot === null) throw new Refusal('SESSION_ENDED');
  const rows = await store.accountBoxes.ofUser(transaction, siteId, user.user_id);
  const boxes = new Map<string, Uint8Array>();
  await withSlot(slotFile, user.slot, (keeping) => {
    for (const row of rows) boxes.set(row.kind, keeping.openBox(row));
  });
  for (const [kind, change] of Object.entries(changes)) {
    if (change === 'forgotten') boxes.delete(kind);
    else boxes.set(kind, change);
  }
  const moved = await withSlot(slotFile, slot, (keeping): AccountBoxRow[] =>
    [...boxes].map(([kind, box]) => keeping.keepBox({ site_id: siteId, user_id: user.user_id, kind }, box)),
  );
  await store.accountBoxes.dropAll(transaction, siteId, user.user_id);
  for (const row of moved) await store.accountBoxes.put(transaction, row);
  const owner = { site_id: siteId, owner_kind: 'account', owner_id: user.user_id };
  await store.slots.take(transaction, { ...owner, slot });
  await store.users.change(transaction, siteId, user.user_id, { slot });
  await markSlot(store, transaction, siteId, user.slot);
}
