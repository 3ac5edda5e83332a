/** Route `changePassword` (S1): the present password proves itself, the identity comes wrapped anew, and other sessions end. */
import { equalBytes } from '@sotto/protocol/bytes';
import { equalSecrets } from '@sotto/protocol/server/credential';
import { settingVerifier, usingVerifier } from '../accounts/credentials.ts';
import { moveBoxes } from '../accounts/move-boxes.ts';
import { ownRow, provePassword, proving } from '../accounts/own-row.ts';
import { requestHash } from '../accounts/request-hash.ts';
import { letIn } from '../accounts/security.ts';
import { recordOnSite } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Call, Handlers } from '../http/calls.ts';
import { decoded, versioned } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import { day } from '../storage/home.ts';

/** Handler of a password's change. */
export function passwordHandlers(backend: Backend): Handlers<'changePassword'> {
  const { store, slotFile, allocator } = backend.home;
  return {
    async changePassword(call) {
      const { session, sessionId } = call;
      await proving(backend, call, () => change(call));
      return letIn(backend, sessionId, session);
    },
  };

  async function change({ body, session, sessionId }: Call<'changePassword'>): Promise<void> {
    const madeBy = requestHash(body);
    const identity = versioned(body.identity);
    const present = await usingVerifier(slotFile, decoded(body.authKey));
    const next = await settingVerifier(slotFile, decoded(body.credential));
    const before = await store.transaction((transaction) => ownRow(backend, transaction, session));
    // Sent again after a lost answer: it is done.
    if (before.password_by !== null && equalBytes(before.password_by, madeBy)) return;
    provePassword(before, present);
    if (equalSecrets(present, next)) throw new Refusal('PASSWORD_UNCHANGED');
    await allocator.withNewSlot((slot) =>
      store.transaction(async (transaction) => {
        const user = await ownRow(backend, transaction, session);
        // Of two changes at once the second begins again, and then its present password is not the present one.
        if (!equalBytes(user.verifier, before.verifier)) throw new Refusal('BUSY');
        await moveBoxes(backend, transaction, user, slot, { identity });
        await store.users.change(transaction, backend.siteId, user.user_id, {
          verifier: next,
          password_day: day(backend.clock()),
          password_by: madeBy,
          password_due: 0,
        });
        await recordOnSite(backend, transaction, 'password-changed', session.userId, null);
      }),
    );
    backend.sessions.endAllOf(session.userId, sessionId);
    backend.forgetSoon();
  }
}
