/**
 * Routes of a forgotten password (S10). Who asks learns nothing; the link alone opens nothing; link and recovery key together
 * give the identity's box, and take the same identity wrapped anew.
 */
import { equalBytes } from '@sotto/protocol/bytes';
import { equalSecrets, foldUserName } from '@sotto/protocol/server/credential';
import { readAccount } from '../accounts/accounts.ts';
import { macOfAddress, usingVerifier } from '../accounts/credentials.ts';
import { hasFactor, useCode } from '../accounts/factor.ts';
import { isKeyed } from '../accounts/own-row.ts';
import { requestHash } from '../accounts/request-hash.ts';
import { withRewrappedKeys } from '../accounts/rewrap.ts';
import { recordOnSite } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Handlers } from '../http/calls.ts';
import { decoded, encoded, nobody, storedId } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import { slowed } from '../limits/slowdown.ts';
import { enqueueReset, nobodysId } from '../mail/queue.ts';
import { withSlot } from '../storage/keeping.ts';
import type { ResetRow, UserRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';

type Names = 'askReset' | 'resetLink' | 'openReset' | 'completeReset';

/** Handlers of recovery. */
export function recoveryHandlers(backend: Backend): Handlers<Names> {
  const { store, slotFile } = backend.home;
  return {
    /** For a name nobody has, the same is looked up and the same is written; the post office drops it in silence. */
    async askReset({ body }) {
      const mac = await macOfAddress(slotFile, body.name);
      const userId = await store.transaction(async (transaction) => {
        const named = await store.users.findByName(transaction, backend.siteId, foldUserName(body.name));
        const [addressed] = await store.addresses.usersOf(transaction, backend.siteId, mac);
        const userId = named?.user_id ?? addressed ?? nobodysId;
        const user = await store.users.find(transaction, backend.siteId, userId);
        return user === undefined || user.disabled === 1 ? nobodysId : userId;
      });
      await enqueueReset(backend, userId);
      backend.postSoon();
      return {};
    },

    async resetLink({ body }) {
      const verifier = await usingVerifier(slotFile, decoded(body.link));
      await store.transaction(async (transaction) => {
        const { reset } = await findReset(backend, transaction, verifier);
        if (reset.used_by !== null) throw new Refusal('LINK_ENDED');
      });
      return {};
    },

    async openReset({ body }) {
      const [link, recovery] = [await verifierOf(body.link), await verifierOf(body.authKey)];
      return store.transaction(async (transaction) => {
        const { reset, user } = await findProven(backend, transaction, link, recovery);
        if (reset.used_by !== null) throw new Refusal('LINK_ENDED');
        const { view } = await readAccount(backend, transaction, user);
        const { userName, name, own } = view;
        const identity = await recoveryIdentity(backend, transaction, user);
        return { user: view.user, userName, name, salt: encoded(user.salt), identity, own };
      });
    },

    async completeReset({ body, client, gone }) {
      const [link, recovery] = [await verifierOf(body.link), await verifierOf(body.authKey)];
      const usedBy = requestHash(body);
      // Once it was used the recovery key is another: the very request that did it is answered as the first time.
      if (await store.transaction((transaction) => isUsedBy(backend, transaction, link, usedBy))) return {};
      const { user } = await store.transaction((transaction) =>
        findProven(backend, transaction, link, recovery),
      );
      // Neither link nor recovery key can be guessed; a code of six digits can.
      await slowed(backend.slowdown, { account: user.folded_name, client }, gone, () =>
        withRewrappedKeys(backend, user.user_id, body.keys, ({ put }) =>
          store.transaction(async (transaction) => {
            const now = await findProven(backend, transaction, link, recovery);
            if (now.reset.used_by !== null) throw new Refusal('LINK_ENDED');
            await proveFactor(backend, transaction, now.user, body.code);
            await put(transaction, now.user);
            await store.resets.use(transaction, now.reset, usedBy);
            await recordOnSite(backend, transaction, 'password-reset', storedId(user.user_id), null);
          }),
        ),
      );
      backend.sessions.endAllOf(storedId(user.user_id));
      backend.forgetSoon();
      return {};
    },
  };

  function verifierOf(secret: string) {
    return usingVerifier(slotFile, decoded(secret));
  }
}

/** @throws Refusal `LINK_ENDED` for an unknown link, one that is over, and one whose user is gone or disabled, alike. */
async function findReset(
  backend: Backend,
  transaction: Transaction,
  verifier: Uint8Array,
): Promise<{ reset: ResetRow; user: UserRow }> {
  const { store } = backend.home;
  const reset = await store.resets.find(transaction, backend.siteId, verifier);
  const living = reset !== undefined && reset.expires > backend.clock() / 1000;
  const user = living ? await store.users.find(transaction, backend.siteId, reset.user_id) : undefined;
  if (!living || user === undefined || user.disabled === 1) throw new Refusal('LINK_ENDED');
  return { reset, user };
}

/** @throws Refusal `LINK_ENDED`; `WRONG_CREDENTIAL` for a recovery key that is not this user's. */
async function findProven(
  backend: Backend,
  transaction: Transaction,
  link: Uint8Array,
  recovery: Uint8Array,
): Promise<{ reset: ResetRow; user: UserRow }> {
  const found = await findReset(backend, transaction, link);
  if (!equalSecrets(recovery, found.user.recovery_verifier ?? nobody)) throw new Refusal('WRONG_CREDENTIAL');
  return found;
}

/** Link and recovery key together do not stand in for the second factor. @throws Refusal `SECOND_FACTOR`, `WRONG_CODE`. */
async function proveFactor(
  backend: Backend,
  transaction: Transaction,
  user: UserRow,
  code: string | undefined,
): Promise<void> {
  if (!isKeyed(user) || !(await hasFactor(backend, transaction, user.user_id))) return;
  if (code === undefined) throw new Refusal('SECOND_FACTOR');
  if (!(await useCode(backend, transaction, user, code))) throw new Refusal('WRONG_CODE');
}

async function isUsedBy(
  backend: Backend,
  transaction: Transaction,
  link: Uint8Array,
  usedBy: Uint8Array,
): Promise<boolean> {
  const { reset } = await findReset(backend, transaction, link);
  if (reset.used_by === null) return false;
  if (!equalBytes(reset.used_by, usedBy)) throw new Refusal('LINK_ENDED');
  return true;
}

/** box(wrapKey of the recovery key, identity). @throws Refusal `SESSION_ENDED` when the account has no keys. */
async function recoveryIdentity(backend: Backend, transaction: Transaction, user: UserRow): Promise<string> {
  const { store, slotFile } = backend.home;
  const rows = await store.accountBoxes.ofUser(transaction, backend.siteId, user.user_id);
  const row = rows.find(({ kind }) => kind === 'recovery-identity');
  if (row === undefined || user.slot === null) throw new Refusal('SESSION_ENDED');
  return withSlot(slotFile, user.slot, (keeping) => encoded(keeping.openBox(row)));
}
