/** Routes of a member about escrow (S11): one's own copy, and what was done with one's account meanwhile. */
import { ownRow } from '../accounts/own-row.ts';
import { noticesOf } from '../audit/tell.ts';
import type { Backend } from '../backend.ts';
import { currentPeople } from '../directory/directory.ts';
import { copyToKeep, readCopy } from '../escrow/copies.ts';
import type { Handlers } from '../http/calls.ts';
import { Refusal } from '../http/refusal.ts';
import { withAlone } from '../kept/kept-alone.ts';

type Names = 'ownEscrow' | 'keepEscrowCopy' | 'notices' | 'seeNotices';

/** Handlers of a member's escrow. */
export function ownEscrowHandlers(backend: Backend): Handlers<Names> {
  const { store } = backend.home;
  return {
    ownEscrow: ({ session }) =>
      store.transaction(async (transaction) => {
        const kept = await readCopy(backend, transaction, session.userId);
        return { publicKey: kept?.publicKey ?? null };
      }),

    /** Only for the key that the directory states now: a copy for another would never be forgotten with it. */
    async keepEscrowCopy({ session, body }) {
      await withAlone(backend, [copyToKeep(session.userId, body)], (put) =>
        store.transaction(async (transaction) => {
          const { escrow } = await currentPeople(backend, transaction);
          if (escrow?.publicKey !== body.publicKey) throw new Refusal('STATEMENT_OUTDATED');
          await put(transaction);
        }),
      );
      backend.forgetSoon();
      return {};
    },

    notices: ({ session }) =>
      store.transaction(async (transaction) => {
        const user = await ownRow(backend, transaction, session);
        return { notices: await noticesOf(backend, transaction, user) };
      }),

    /** What comes after stays to be told. */
    async seeNotices({ session, body }) {
      await store.transaction(async (transaction) => {
        const user = await ownRow(backend, transaction, session);
        if (user.notices_from === null) return;
        const rest = await noticesOf(backend, transaction, {
          ...user,
          notices_from: Math.max(user.notices_from, body.upTo + 1),
        });
        await store.users.change(transaction, backend.siteId, user.user_id, {
          notices_from: rest[0]?.order ?? null,
        });
      });
      return {};
    },
  };
}
