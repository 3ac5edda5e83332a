/** Members' addresses: found by a keyed hash, each kept under a slot of its own, so that the database alone names none. */
import { fromUtf8, type Uuid, utf8 } from '@sotto/protocol/bytes';
import { personOf } from '../accounts/accounts.ts';
import { macOfAddress } from '../accounts/credentials.ts';
import { recordOnSite } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { forgetAlone, openAlone, withAlone } from '../kept/kept-alone.ts';
import type { Transaction } from '../storage/transaction.ts';

/** The address of a user, null when they have none. */
export async function addressOf(
  backend: Backend,
  transaction: Transaction,
  userId: string,
): Promise<string | null> {
  const kept = await openAlone(backend, transaction, userId, 'mail-address');
  return kept === undefined ? null : fromUtf8(kept);
}

/** Gives a user an address, or takes it away. @throws Refusal `NOT_FOUND` for nobody. */
export async function setAddress(
  backend: Backend,
  userId: Uuid,
  mail: string | null,
  by: Uuid,
): Promise<void> {
  const { store, slotFile } = backend.home;
  const record = (transaction: Transaction) =>
    recordOnSite(backend, transaction, 'address-changed', by, userId);
  if (mail === null) {
    await store.transaction(async (transaction) => {
      await store.addresses.drop(transaction, backend.siteId, userId);
      if (await forgetAlone(backend, transaction, userId, 'mail-address')) await record(transaction);
    });
  } else {
    const mac = await macOfAddress(slotFile, mail);
    const address = { ownerId: userId, kind: 'mail-address' as const, bytes: utf8(mail) };
    await withAlone(backend, [address], (put) =>
      store.transaction(async (transaction) => {
        await personOf(backend, transaction, userId);
        await store.addresses.put(transaction, { site_id: backend.siteId, user_id: userId, mac });
        await put(transaction);
        await record(transaction);
      }),
    );
  }
  backend.forgetSoon();
}
