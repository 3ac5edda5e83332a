/** Routes `security`, `recoveryKey` and `tryRecoveryKey`: how safe one's own account is, and whether the way back is there. */
import { equalSecrets } from '@sotto/protocol/server/credential';
import type { BoxKind } from '../accounts/box-kind.ts';
import { usingVerifier } from '../accounts/credentials.ts';
import { type KeyedUser, ownRow, provePassword, proving } from '../accounts/own-row.ts';
import { readBox } from '../accounts/read-box.ts';
import { securityOf } from '../accounts/security.ts';
import type { Backend } from '../backend.ts';
import type { Handlers } from '../http/calls.ts';
import { decoded, encoded, nobody } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import { day } from '../storage/home.ts';
import type { Transaction } from '../storage/transaction.ts';

/** Handlers of one's own security. */
export function securityHandlers(backend: Backend): Handlers<'security' | 'recoveryKey' | 'tryRecoveryKey'> {
  const { store, slotFile } = backend.home;

  async function boxOf(transaction: Transaction, user: KeyedUser, kind: BoxKind): Promise<string> {
    const box = await readBox(backend, transaction, user, kind);
    if (box === undefined) throw new Refusal('NOT_FOUND');
    return encoded(box);
  }

  return {
    security: ({ session }) =>
      store.transaction(async (transaction) =>
        securityOf(backend, transaction, await ownRow(backend, transaction, session)),
      ),

    async recoveryKey(call) {
      const shown = await usingVerifier(slotFile, decoded(call.body.authKey));
      return proving(backend, call, () =>
        store.transaction(async (transaction) => {
          const user = await ownRow(backend, transaction, call.session);
          provePassword(user, shown);
          return { recoveryKey: await boxOf(transaction, user, 'recovery-key') };
        }),
      );
    },

    /** The box is worth nothing without the key that was typed: whether it opens is the agent's to see. */
    async tryRecoveryKey({ body, session }) {
      const shown = await usingVerifier(slotFile, decoded(body.authKey));
      return store.transaction(async (transaction) => {
        const user = await ownRow(backend, transaction, session);
        if (!equalSecrets(user.recovery_verifier ?? nobody, shown)) throw new Refusal('WRONG_CREDENTIAL');
        const recoveryTriedDay = day(backend.clock());
        const change = { recovery_tried_day: recoveryTriedDay };
        await store.users.change(transaction, backend.siteId, user.user_id, change);
        return {
          recoveryIdentity: await boxOf(transaction, user, 'recovery-identity'),
          security: { ...(await securityOf(backend, transaction, user)), recoveryTriedDay },
        };
      });
    },
  };
}
