/** Routes `salt` and `signIn` (S1, S3): an unknown name, a wrong password and an account without keys answer alike. */
import { foldUserName } from '@sotto/protocol/server/credential';
import { readAccount } from '../accounts/accounts.ts';
import { authenticate } from '../accounts/authenticate.ts';
import { saltOf, usingVerifier } from '../accounts/credentials.ts';
import { sessionOf } from '../accounts/security.ts';
import type { Backend } from '../backend.ts';
import type { Handlers } from '../http/calls.ts';
import { decoded, encoded } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import { slowed } from '../limits/slowdown.ts';
import type { Transaction } from '../storage/transaction.ts';

/** Handlers of sign-in. */
export function signInHandlers(backend: Backend): Handlers<'salt' | 'signIn'> {
  const { store, slotFile } = backend.home;
  const findByName = (transaction: Transaction, userName: string) =>
    store.users.findByName(transaction, backend.siteId, foldUserName(userName));
  /** @throws Refusal `WRONG_CREDENTIAL`, `SECOND_FACTOR`, `WRONG_CODE`. */
  const open = async (body: {
    readonly userName: string;
    readonly authKey: string;
    readonly code?: string | undefined;
  }) => {
    const shown = await usingVerifier(slotFile, decoded(body.authKey));
    const attempt = await store.transaction(async (transaction) => {
      const found = await findByName(transaction, body.userName);
      const made = await authenticate(backend, transaction, found, shown, body.code);
      if (made.outcome !== 'proved') return made;
      // In the same transaction: a new password moves the boxes to another slot.
      return { ...made, ...(await readAccount(backend, transaction, made.user)) };
    });
    if (attempt.outcome === 'failed') throw new Refusal(attempt.code);
    if (attempt.outcome === 'code-wanted') throw new Refusal('SECOND_FACTOR');
    return attempt;
  };
  return {
    async salt({ body }) {
      // Both are done whoever asks: the formula for a name that nobody has must take the same time.
      const user = await store.transaction((transaction) => findByName(transaction, body.userName));
      const formula = await saltOf(slotFile, body.userName);
      return { salt: encoded(user?.salt ?? formula) };
    },

    async signIn({ body, client, gone }) {
      const by = { account: foldUserName(body.userName), client };
      const { user, view, identity } = await slowed(backend.slowdown, by, gone, () => open(body));
      // Only whoever has the password, and its code, is told.
      if (user.disabled === 1) throw new Refusal('ACCOUNT_DISABLED');
      const session = backend.sessions.begin(sessionOf(user, view.security));
      return { ...view, session, identity };
    },
  };
}
