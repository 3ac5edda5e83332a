/** Giving a person other roles (S14). What went with a role goes with it: a recipient's channels, an administrator's signing key. */
import type { Uuid } from '@sotto/protocol/bytes';
import { moveBoxes } from '../accounts/move-boxes.ts';
import type { Backend } from '../backend.ts';
import type { Handlers } from '../http/calls.ts';
import { Refusal } from '../http/refusal.ts';
import type { Transaction } from '../storage/transaction.ts';
import { type Published, signOut } from './publish.ts';
import { publishWithout } from './publish-without.ts';

/** Handler of roles. */
export function roleHandlers(backend: Backend): Handlers<'changeRoles'> {
  const { store, allocator } = backend.home;
  return {
    /** Repeated, it is answered as the first time. Nobody changes their own: whoever signs goes on to administer. */
    async changeRoles({ session, path, body }) {
      if (path.user === session.userId) throw new Refusal('MALFORMED');
      const before = await store.transaction((transaction) => standing(backend, transaction, path.user));
      const change = (slots: readonly number[]): Promise<Published> =>
        store.transaction(async (transaction) => {
          const user = await standing(backend, transaction, path.user);
          if (user.signs !== before.signs) throw new Refusal('BUSY');
          const may = { rolesOf: path.user };
          const done = await publishWithout(backend, transaction, session.userId, path.user, body, may);
          for (const slot of slots) {
            const { row } = await standing(backend, transaction, path.user);
            const seed = row.is_administrator === 1 ? {} : { 'site-seed': 'forgotten' as const };
            await moveBoxes(backend, transaction, row, slot, seed);
          }
          return done;
        });
      // The seed lies under one slot with all other boxes: it is noise once those have moved (S13).
      signOut(backend, before.signs ? await allocator.withNewSlots(1, change) : await change([]));
      backend.forgetSoon();
      return {};
    },
  };
}

/** A person, and whether they have the seed of the site's key. @throws Refusal `NOT_FOUND`. */
async function standing({ home, siteId }: Backend, transaction: Transaction, userId: Uuid) {
  const row = await home.store.users.find(transaction, siteId, userId);
  if (row === undefined) throw new Refusal('NOT_FOUND');
  const signers = await home.store.accountBoxes.owners(transaction, siteId, 'site-seed');
  return { row, signs: signers.some(({ user_id }) => user_id === userId) };
}
