/** Routes `setFactor` and `endFactor` (S3): a second factor is set by the password and its first code, and taken away by both. */
import type { Bytes } from '@sotto/protocol/bytes';
import { equalSecrets } from '@sotto/protocol/server/credential';
import { stepOfCode } from '@sotto/protocol/server/totp';
import { usingVerifier } from '../accounts/credentials.ts';
import { factorBox, readFactor, useCode } from '../accounts/factor.ts';
import { type BoxChanges, moveBoxes } from '../accounts/move-boxes.ts';
import { type KeyedUser, type OwnSession, ownRow, provePassword, proving } from '../accounts/own-row.ts';
import { letIn, securityOf } from '../accounts/security.ts';
import { recordOnSite } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Call, Handlers } from '../http/calls.ts';
import { decoded } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import type { Transaction } from '../storage/transaction.ts';

/** Handlers of one's own second factor. */
export function factorHandlers(backend: Backend): Handlers<'setFactor' | 'endFactor'> {
  const { store, slotFile } = backend.home;

  /** The owner's row, proved by the password. */
  async function proved(
    transaction: Transaction,
    session: OwnSession,
    shown: Uint8Array,
  ): Promise<KeyedUser> {
    const user = await ownRow(backend, transaction, session);
    provePassword(user, shown);
    return user;
  }

  /** What is kept of the old secret becomes noise with the old slot; other sessions end. */
  async function move(
    session: OwnSession,
    sessionId: string,
    act: (transaction: Transaction) => Promise<{ user: KeyedUser; changes: BoxChanges }>,
  ): Promise<void> {
    await backend.home.allocator.withNewSlot((slot) =>
      store.transaction(async (transaction) => {
        const { user, changes } = await act(transaction);
        await moveBoxes(backend, transaction, user, slot, changes);
        await store.users.change(transaction, backend.siteId, user.user_id, { factor_reset_day: null });
        const recorded = changes.factor === 'forgotten' ? 'factor-removed' : 'factor-added';
        await recordOnSite(backend, transaction, recorded, session.userId, null);
      }),
    );
    backend.sessions.endAllOf(session.userId, sessionId);
    backend.forgetSoon();
  }

  async function set({ body, session, sessionId }: Call<'setFactor'>): Promise<void> {
    const shown = await usingVerifier(slotFile, decoded(body.authKey));
    const secret = decoded(body.secret);
    const isDone = await store.transaction(async (transaction) => {
      const user = await proved(transaction, session, shown);
      return hasSecret(backend, transaction, user, secret);
    });
    if (isDone) return;
    await move(session, sessionId, async (transaction) => {
      const user = await proved(transaction, session, shown);
      await usePresent(backend, transaction, user, body.present);
      const lastStep = stepOfCode(secret, body.code, backend.clock() / 1000, -1);
      if (lastStep === null) throw new Refusal('WRONG_CODE');
      return { user, changes: { factor: factorBox({ secret, lastStep }) } };
    });
  }

  async function end({ body, session, sessionId }: Call<'endFactor'>): Promise<void> {
    const shown = await usingVerifier(slotFile, decoded(body.authKey));
    const { factor, factorRequired } = await store.transaction(async (transaction) =>
      securityOf(backend, transaction, await proved(transaction, session, shown)),
    );
    if (factorRequired) throw new Refusal('FACTOR_REQUIRED');
    if (!factor) return;
    await move(session, sessionId, async (transaction) => {
      const user = await proved(transaction, session, shown);
      await usePresent(backend, transaction, user, body.code);
      return { user, changes: { factor: 'forgotten' } };
    });
  }

  return {
    async setFactor(call) {
      await proving(backend, call, () => set(call));
      return letIn(backend, call.sessionId, call.session);
    },

    async endFactor(call) {
      await proving(backend, call, () => end(call));
      return store.transaction(async (transaction) =>
        securityOf(backend, transaction, await ownRow(backend, transaction, call.session)),
      );
    },
  };
}

/** Whether this very secret is the account's: the request was sent again. */
async function hasSecret(
  backend: Backend,
  transaction: Transaction,
  user: KeyedUser,
  secret: Bytes,
): Promise<boolean> {
  const present = await readFactor(backend, transaction, user);
  return present !== undefined && equalSecrets(present.secret, secret);
}

/** Where there is a factor, only its code changes it. @throws Refusal `SECOND_FACTOR`, `WRONG_CODE`. */
async function usePresent(
  backend: Backend,
  transaction: Transaction,
  user: KeyedUser,
  code: string | null,
): Promise<void> {
  if ((await readFactor(backend, transaction, user)) === undefined) return;
  if (code === null) throw new Refusal('SECOND_FACTOR');
  if (!(await useCode(backend, transaction, user, code))) throw new Refusal('WRONG_CODE');
}
