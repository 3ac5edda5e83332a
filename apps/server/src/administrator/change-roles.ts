/** Giving a person other roles (S14). What went with a role goes with it: a recipient's channels, an administrator's signing key. */
import type { Uuid } from '@sotto/protocol/bytes';
import { personOf } from '../accounts/accounts.ts';
import { moveBoxes } from '../accounts/move-boxes.ts';
import type { Backend } from '../backend.ts';
import type { Handlers } from '../http/calls.ts';
import { Refusal } from '../http/refusal.ts';
import type { Transaction } from '../storage/transaction.ts';
import { signOut } from './publish.ts';
import { publishWithout } from './publish-without.ts';

/** Handler of roles. */
export function roleHandlers(backend: Backend): Handlers<'changeRoles'> {
  const { store, allocator } = backend.home;
  return {
    /** Repeated, it is answered as the first time. Nobody changes their own: whoever signs goes on to administer. */
    async changeRoles({ session, path, body }) {
      if (path.user === session.userId) throw new Refusal('MALFORMED');
      const signed = await store.transaction((transaction) => signs(backend, transaction, path.user));
      /** @param slot what a signer's boxes move to: the seed is noise in the one before (S13). */
      const change = (slot: number | null) =>
        store.transaction(async (transaction) => {
          if ((await signs(backend, transaction, path.user)) !== signed) throw new Refusal('BUSY');
          const may = { rolesOf: path.user };
          const published = await publishWithout(backend, transaction, session.userId, path.user, body, may);
          if (slot !== null) {
            const user = await personOf(backend, transaction, path.user);
            const seed = user.is_administrator === 1 ? {} : { 'site-seed': 'forgotten' as const };
            await moveBoxes(backend, transaction, user, slot, seed);
          }
          return published;
        });
      signOut(backend, signed ? await allocator.withNewSlot(change) : await change(null));
      backend.forgetSoon();
      return {};
    },
  };
}

/** Whether a person has the seed of the site's key. @throws Refusal `NOT_FOUND`. */
async function signs(backend: Backend, transaction: Transaction, userId: Uuid): Promise<boolean> {
  await personOf(backend, transaction, userId);
  const { accountBoxes } = backend.home.store;
  return (await accountBoxes.find(transaction, backend.siteId, userId, 'site-seed')) !== undefined;
}
