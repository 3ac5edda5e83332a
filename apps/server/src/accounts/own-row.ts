/** A signed-in person's own row, and the proof that it is they who ask: a session alone changes no credential. */
import { equalSecrets } from '@sotto/protocol/server/credential';
import type { Backend } from '../backend.ts';
import { Refusal } from '../http/refusal.ts';
import { slowed } from '../limits/slowdown.ts';
import type { EnteringSession, MemberSession } from '../sessions/sessions.ts';
import type { UserRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';

/** An account whose owner has been here. */
export type KeyedUser = UserRow & { readonly verifier: Uint8Array; readonly slot: number };
/** A session of whoever has signed in. */
export type OwnSession = MemberSession | EnteringSession;

/** @throws Refusal `SESSION_ENDED` when the account is gone or has no keys any more. */
export async function ownRow(
  backend: Backend,
  transaction: Transaction,
  session: OwnSession,
): Promise<KeyedUser> {
  const user = await backend.home.store.users.find(transaction, backend.siteId, session.userId);
  if (user === undefined || !isKeyed(user)) throw new Refusal('SESSION_ENDED');
  return user;
}

/**
 * Lets a signed-in person prove anew who they are: slowed down with the sign-ins of their account, so that a stolen session guesses no faster.
 *
 * @throws what `act` throws; Refusal `SESSION_ENDED`, and those of the slowdown.
 */
export async function proving<T>(
  backend: Backend,
  { session, client, gone }: { session: OwnSession; client: string | null; gone: AbortSignal },
  act: () => Promise<T>,
): Promise<T> {
  const { folded_name: account } = await backend.home.store.transaction((transaction) =>
    ownRow(backend, transaction, session),
  );
  return slowed(backend.slowdown, { account, client }, gone, act);
}

/** @param shown HMAC of the authKey that was sent. @throws Refusal `WRONG_CREDENTIAL`. */
export function provePassword(user: KeyedUser, shown: Uint8Array): void {
  if (!equalSecrets(user.verifier, shown)) throw new Refusal('WRONG_CREDENTIAL');
}

export function isKeyed(user: UserRow): user is KeyedUser {
  return user.verifier !== null && user.slot !== null;
}
