/**
 * The queue of mails on the disk. An entry holds neither an address nor a secret: it names a user and what for, under a slot
 * of its own, and the address and a fresh secret are put in when it is sent. A sent entry is forgotten (S13).
 */
import { randomUUID } from 'node:crypto';
import { fromUtf8, utf8 } from '@sotto/protocol/bytes';
import type { Backend } from '../backend.ts';
import { Refusal } from '../http/refusal.ts';
import { forgetAlone, openAlone, withAlone } from '../kept/kept-alone.ts';
import type { MailQueueRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';

/** More do not wait: somebody is asking for them by program. */
const waitingMax = 1000;
/** In place of a user's id, for a name that nobody has: such an entry costs the same and is dropped in silence. */
export const nobodysId = '00000000-0000-0000-0000-000000000000';

/** Puts a mail into the queue. @throws Refusal `TOO_MANY`. */
export async function enqueueReset(backend: Backend, userId: string): Promise<void> {
  const { store } = backend.home;
  const mailId = randomUUID();
  await withAlone(backend, [{ ownerId: mailId, kind: 'mail', bytes: utf8(userId) }], (put) =>
    store.transaction(async (transaction) => {
      if ((await store.mailQueue.count(transaction, backend.siteId)) >= waitingMax)
        throw new Refusal('TOO_MANY');
      await put(transaction);
      const due = Math.floor(backend.clock() / 1000);
      await store.mailQueue.add(transaction, { site_id: backend.siteId, mail_id: mailId, tries: 0, due });
    }),
  );
}

/** The user an entry is for; `undefined` when it is for nobody. */
export async function userOfMail(
  backend: Backend,
  transaction: Transaction,
  entry: MailQueueRow,
): Promise<string | undefined> {
  const kept = await openAlone(backend, transaction, entry.mail_id, 'mail');
  const userId = kept === undefined ? nobodysId : fromUtf8(kept);
  return userId === nobodysId ? undefined : userId;
}

/** Marks an entry for forgetting: it was sent, or never will be. */
export async function forgetMail(
  backend: Backend,
  transaction: Transaction,
  entry: MailQueueRow,
): Promise<void> {
  await forgetAlone(backend, transaction, entry.mail_id, 'mail');
  await backend.home.store.mailQueue.drop(transaction, backend.siteId, entry.mail_id);
}
