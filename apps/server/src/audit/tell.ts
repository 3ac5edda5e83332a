/** Telling a person what others did that concerns their keys (S11): entries of the site's chain, from the first they have not seen. */
import { type Notice, noticesMax, noticesToAll, noticesToOne } from '@sotto/contract/escrow';
import type { Uuid } from '@sotto/protocol/bytes';
import type { Backend } from '../backend.ts';
import { storedId } from '../http/encoded.ts';
import type { UserRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';
import { recordOnSite } from './record.ts';

/** Writes down what was done with the keys of `user`, who is told of it when they are here next. */
export async function recordAndTell(
  backend: Backend,
  transaction: Transaction,
  act: (typeof noticesToOne)[number],
  actor: Uuid,
  user: Uuid,
): Promise<void> {
  const { store } = backend.home;
  const order = await recordOnSite(backend, transaction, act, actor, user);
  await store.users.tell(transaction, backend.siteId, user, order);
}

/** Writes down who may open what others can from now on; everybody is told. */
export async function recordAndTellAll(
  backend: Backend,
  transaction: Transaction,
  act: (typeof noticesToAll)[number],
  actor: Uuid,
  object: Uuid | null,
): Promise<void> {
  const { store } = backend.home;
  const order = await recordOnSite(backend, transaction, act, actor, object);
  await store.users.tellAll(transaction, backend.siteId, order);
}

/** What a user has not seen, oldest first; what they did themselves is no news to them. */
export async function noticesOf(
  backend: Backend,
  transaction: Transaction,
  user: UserRow,
): Promise<Notice[]> {
  if (user.notices_from === null) return [];
  const { audit } = backend.home.store;
  const { siteId } = backend;
  const kinds = { toOne: [...noticesToOne], toAll: [...noticesToAll] };
  const rows = await audit.news(transaction, siteId, user.user_id, kinds, user.notices_from, noticesMax);
  return rows.flatMap(({ ordinal, day, act, actor_id, object_id }) => {
    const told = [...noticesToOne, ...noticesToAll].find((known) => known === act);
    if (told === undefined || actor_id === user.user_id) return [];
    const [actor, object] = [actor_id, object_id].map((id) => (id === null ? null : storedId(id)));
    return [{ order: ordinal, day, act: told, actor: actor ?? null, object: object ?? null }];
  });
}
