/** An account's keys wrapped anew: the same identity under a new slot, and the old slot forgotten, all in one transaction (S10). */
import type { AccountKeys } from '@sotto/contract/account';
import { equalBytes } from '@sotto/protocol/bytes';
import type { Backend } from '../backend.ts';
import { markSlot } from '../forgetting/forget.ts';
import { decoded } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import { withSlot } from '../storage/keeping.ts';
import type { AccountBoxRow, UserRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';
import { withWrappedKeys } from './accounts.ts';

/** What the transaction of a rewrapping does once it knows that it may. */
export type Rewrapping = {
  /** Puts the new keys in place of the old; boxes that the request does not bring go on under the new slot. */
  put(transaction: Transaction, user: UserRow): Promise<void>;
};

/**
 * Gives `use` what replaces a user's keys. `use` runs the transaction that calls `put`, and the caller ends the user's sessions
 * and runs `forgetSoon` after it.
 *
 * @throws Refusal `MALFORMED` when the public key is another: an identity is wrapped anew here, never exchanged.
 */
export async function withRewrappedKeys<T>(
  backend: Backend,
  userId: string,
  keys: AccountKeys,
  use: (rewrapping: Rewrapping) => Promise<T>,
): Promise<T> {
  const { store } = backend.home;
  return withWrappedKeys(backend, userId, keys, null, (wrapped) =>
    use({
      async put(transaction, user) {
        const same = user.public_key !== null && equalBytes(user.public_key, decoded(keys.publicKey));
        if (!same || user.slot === null || wrapped.change.slot === null) throw new Refusal('MALFORMED');
        const before = await store.accountBoxes.ofUser(transaction, backend.siteId, userId);
        await wrapped.put(transaction);
        const fresh = new Set<string>(wrapped.kinds);
        const others = before.filter((row) => !fresh.has(row.kind));
        await carryOver(backend, transaction, others, user.slot, wrapped.change.slot);
        await store.users.change(transaction, backend.siteId, userId, wrapped.change);
        await markSlot(store, transaction, backend.siteId, user.slot);
      },
    }),
  );
}

async function carryOver(
  { home }: Backend,
  transaction: Transaction,
  rows: readonly AccountBoxRow[],
  from: number,
  to: number,
): Promise<void> {
  for (const row of rows) {
    const box = await withSlot(home.slotFile, from, (keeping) => keeping.openBox(row));
    const { site_id, user_id, kind } = row;
    const moved = await withSlot(home.slotFile, to, (keeping) =>
      keeping.keepBox({ site_id, user_id, kind }, box),
    );
    await home.store.accountBoxes.put(transaction, moved);
  }
}
