/**
 * Things with a slot of their own: an address, a mail that waits, an escrow copy. To forget one, its slot is overwritten (S13),
 * and it is noise in every copy the database ever made, while all else of its owner stays.
 */
import type { Bytes } from '@sotto/protocol/bytes';
import type { Backend } from '../backend.ts';
import { markSlot } from '../forgetting/forget.ts';
import { withSlot } from '../storage/keeping.ts';
import type { KeptAloneRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';

/** What can be kept so. A user's id is the owner, but for the mail's password (the site) and a mail (its own id). */
export type AloneKind = 'mail-address' | 'mail-password' | 'mail' | 'escrow-copy' | 'escrow-seed' | 'restore';

/** One thing to keep. */
export type Alone = { readonly ownerId: string; readonly kind: AloneKind; readonly bytes: Uint8Array };

/**
 * Takes a slot for each thing; `use` runs the transaction that calls `put`. What was kept before for the same owner and kind is
 * forgotten by that transaction; the caller runs `forgetSoon` after it.
 */
export async function withAlone<T>(
  backend: Backend,
  things: readonly Alone[],
  use: (put: (transaction: Transaction) => Promise<void>) => Promise<T>,
): Promise<T> {
  const { allocator, slotFile, store } = backend.home;
  return allocator.withNewSlots(things.length, async (slots) => {
    const rows: KeptAloneRow[] = [];
    for (const [at, { ownerId, kind, bytes }] of things.entries()) {
      const slot = slots[at] ?? -1;
      const place = { site_id: backend.siteId, owner_id: ownerId, kind, slot };
      rows.push(await withSlot(slotFile, slot, (keeping) => keeping.keepAlone(place, bytes)));
    }
    return use(async (transaction) => {
      for (const row of rows) {
        const before = await store.keptAlone.find(transaction, row.site_id, row.owner_id, row.kind);
        if (before !== undefined) await forgetRow(backend, transaction, before);
        const owner = { site_id: row.site_id, owner_kind: row.kind, owner_id: row.owner_id };
        await store.slots.take(transaction, { ...owner, slot: row.slot });
        await store.keptAlone.add(transaction, row);
      }
    });
  });
}

/** The thing itself; `undefined` when there is none. */
export async function openAlone(
  backend: Backend,
  transaction: Transaction,
  ownerId: string,
  kind: AloneKind,
): Promise<Bytes | undefined> {
  const row = await backend.home.store.keptAlone.find(transaction, backend.siteId, ownerId, kind);
  if (row === undefined) return undefined;
  return withSlot(backend.home.slotFile, row.slot, (keeping) => keeping.openAlone(row));
}

/** Marks one thing for forgetting; the caller runs `forgetSoon` after the transaction. @returns whether there was one. */
export async function forgetAlone(
  backend: Backend,
  transaction: Transaction,
  ownerId: string,
  kind: AloneKind,
): Promise<boolean> {
  const row = await backend.home.store.keptAlone.find(transaction, backend.siteId, ownerId, kind);
  if (row !== undefined) await forgetRow(backend, transaction, row);
  return row !== undefined;
}

/** Marks all of one kind, whoever they belong to. */
export async function forgetAllAlone(
  backend: Backend,
  transaction: Transaction,
  kind: AloneKind,
): Promise<void> {
  const rows = await backend.home.store.keptAlone.ofKind(transaction, backend.siteId, kind);
  for (const row of rows) await forgetRow(backend, transaction, row);
}

/** The row goes with the mark: what it held is noise once the slot is overwritten, after a crash too. */
async function forgetRow(backend: Backend, transaction: Transaction, row: KeptAloneRow): Promise<void> {
  const { store } = backend.home;
  await markSlot(store, transaction, row.site_id, row.slot);
  await store.keptAlone.drop(transaction, row);
}
