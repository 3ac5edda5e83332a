/** Routes `activation` and `activate` (S2): a link of one use, by which an account's owner makes its keys. */
import { equalBytes, type Uuid } from '@sotto/protocol/bytes';
import { isEnrolment } from '@sotto/protocol/server/enrolment';
import { readAccount, rolesOf, withWrappedKeys } from '../accounts/accounts.ts';
import { usingVerifier } from '../accounts/credentials.ts';
import { requestHash } from '../accounts/request-hash.ts';
import { recordOnSite } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { currentPeople } from '../directory/directory.ts';
import type { Handlers } from '../http/calls.ts';
import { decoded, encoded, storedId } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import { openAlone } from '../kept/kept-alone.ts';
import type { ActivationRow, UserRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';

/** Handlers of activation links. */
export function activationHandlers(backend: Backend): Handlers<'activation' | 'activate'> {
  const { store, slotFile } = backend.home;
  return {
    async activation({ body }) {
      const verifier = await usingVerifier(slotFile, decoded(body.authKey));
      return store.transaction(async (transaction) => {
        const { activation, user } = await findInvited(backend, transaction, verifier);
        if (activation.used_by !== null) throw new Refusal('LINK_ENDED');
        const site = await store.sites.only(transaction);
        return {
          user: storedId(user.user_id),
          userName: user.user_name,
          name: user.name,
          roles: rolesOf(user),
          siteName: site?.name ?? '',
          salt: encoded(user.salt),
          restore: await readRestore(backend, transaction, user),
        };
      });
    },

    async activate({ body }) {
      const verifier = await usingVerifier(slotFile, decoded(body.authKey));
      const usedBy = requestHash(body);
      const { user } = await store.transaction((transaction) => findInvited(backend, transaction, verifier));
      const publicKey = decoded(body.keys.publicKey);
      const signature = decoded(body.signature);
      await withWrappedKeys(backend, user.user_id, body.keys, null, ({ change, put }) =>
        store.transaction(async (transaction) => {
          const { activation } = await findInvited(backend, transaction, verifier);
          if (activation.used_by !== null) throw new AlreadyDone(equalBytes(activation.used_by, usedBy));
          const enrolmentKey = await enrolmentKeyOf(backend, transaction, storedId(user.user_id));
          if (!isEnrolment(enrolmentKey, storedId(user.user_id), publicKey, signature)) {
            throw new Refusal('WRONG_SIGNATURE');
          }
          await put(transaction);
          await store.users.change(transaction, backend.siteId, user.user_id, {
            ...change,
            enrolment_signature: signature,
          });
          await store.activations.use(transaction, backend.siteId, user.user_id, usedBy);
          await recordOnSite(
            backend,
            transaction,
            'activated',
            storedId(user.user_id),
            storedId(user.user_id),
          );
        }),
      ).catch(repeated);
      return {};
    },
  };
}

/** Thrown inside the transaction so that the slot that was taken for it is free again. */
class AlreadyDone extends Error {
  readonly bySameRequest: boolean;

  constructor(bySameRequest: boolean) {
    super('already done');
    this.bySameRequest = bySameRequest;
  }
}

function repeated(error: unknown): void {
  if (!(error instanceof AlreadyDone)) throw error;
  if (!error.bySameRequest) throw new Refusal('LINK_ENDED');
}

/** @throws Refusal `LINK_ENDED` for an unknown link and for one whose time is over, alike. */
export async function findInvited(
  backend: Backend,
  transaction: Transaction,
  verifier: Uint8Array,
): Promise<{ activation: ActivationRow; user: UserRow }> {
  const { store } = backend.home;
  const activation = await store.activations.findByVerifier(transaction, backend.siteId, verifier);
  const living = activation !== undefined && activation.expires > backend.clock() / 1000;
  const user = living ? await store.users.find(transaction, backend.siteId, activation.user_id) : undefined;
  if (!living || user === undefined) throw new Refusal('LINK_ENDED');
  return { activation, user };
}

/** The box of a way back, with what the account's agent knew; null for somebody who is new. */
async function readRestore(backend: Backend, transaction: Transaction, user: UserRow) {
  const kept = await openAlone(backend, transaction, user.user_id, 'restore');
  if (kept === undefined) return null;
  const { view } = await readAccount(backend, transaction, user);
  return { identity: encoded(kept), own: view.own };
}

/** @throws Refusal `LINK_ENDED` when the directory does not wait for this person's key. */
async function enrolmentKeyOf(backend: Backend, transaction: Transaction, userId: Uuid): Promise<Uint8Array> {
  const people = await currentPeople(backend, transaction);
  const key = people.users.find((user) => user.id === userId)?.key;
  if (key?.kind !== 'enrolment') throw new Refusal('LINK_ENDED');
  return decoded(key.enrolmentKey);
}
