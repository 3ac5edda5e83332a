/** Route `restore` (S11): who was let back in sets a new password behind the same identity, by a link of one use. */
import { equalBytes } from '@sotto/protocol/bytes';
import { usingVerifier } from '../accounts/credentials.ts';
import { requestHash } from '../accounts/request-hash.ts';
import { withRewrappedKeys } from '../accounts/rewrap.ts';
import { recordOnSite } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Handlers } from '../http/calls.ts';
import { decoded, storedId } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import { forgetAlone } from '../kept/kept-alone.ts';
import { findInvited } from './activation.ts';

/** Handler of `restore`. */
export function restoreHandlers(backend: Backend): Handlers<'restore'> {
  const { store, slotFile } = backend.home;
  return {
    async restore({ body }) {
      const verifier = await usingVerifier(slotFile, decoded(body.authKey));
      const usedBy = requestHash(body);
      const { activation, user } = await store.transaction((transaction) =>
        findInvited(backend, transaction, verifier),
      );
      if (activation.used_by !== null) {
        if (!equalBytes(activation.used_by, usedBy)) throw new Refusal('LINK_ENDED');
        return {};
      }
      await withRewrappedKeys(backend, user.user_id, body.keys, ({ put }) =>
        store.transaction(async (transaction) => {
          const now = await findInvited(backend, transaction, verifier);
          const wasLetBack = await forgetAlone(backend, transaction, user.user_id, 'restore');
          if (now.activation.used_by !== null || !wasLetBack) throw new Refusal('LINK_ENDED');
          await put(transaction, now.user);
          await store.activations.use(transaction, backend.siteId, user.user_id, usedBy);
          await recordOnSite(backend, transaction, 'password-reset', storedId(user.user_id), null);
        }),
      );
      backend.sessions.endAllOf(storedId(user.user_id));
      backend.forgetSoon();
      return {};
    },
  };
}
