/**
 * Routes of an administrator about escrow (S11). Whoever the directory does not name as a holder gets no copy, and no copy is
 * given out without an entry in the audit log, in the same transaction.
 */
import type { PeopleBody } from '@sotto/contract/directory';
import type { RequestOf } from '@sotto/contract/routes';
import type { Uuid } from '@sotto/protocol/bytes';
import { activationLife } from '../accounts/accounts.ts';
import { settingVerifier } from '../accounts/credentials.ts';
import { recordOnSite } from '../audit/record.ts';
import { recordAndTell, recordAndTellAll } from '../audit/tell.ts';
import type { Backend } from '../backend.ts';
import { currentPeople, readPeople, siteKey } from '../directory/directory.ts';
import { copyToKeep, readCopy } from '../escrow/copies.ts';
import type { Handlers } from '../http/calls.ts';
import { decoded, encoded, storedId, versioned } from '../http/encoded.ts';
import { Forbidden, Refusal } from '../http/refusal.ts';
import { type Alone, forgetAllAlone, openAlone, withAlone } from '../kept/kept-alone.ts';
import type { UserRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';
import { publishPeople, signOut } from './publish.ts';

type Names = 'escrowSeed' | 'setEscrow' | 'escrowCopies' | 'escrowCopy' | 'letBack';
type Wanted = RequestOf<'setEscrow'>;

/** Handlers of escrow. */
export function escrowHandlers(backend: Backend): Handlers<Names> {
  const { store, slotFile } = backend.home;
  return {
    escrowSeed: ({ session }) =>
      store.transaction(async (transaction) => {
        const seed = await openAlone(backend, transaction, session.userId, 'escrow-seed');
        return { seed: seed === undefined ? null : encoded(seed) };
      }),

    async setEscrow({ session, body }) {
      const key = await store.transaction((transaction) => siteKey(backend, transaction));
      const read = readPeople(backend, key, body.people);
      const next = read.body.escrow;
      if (next === null && body.seeds.length + body.copies.length > 0) throw new Refusal('MALFORMED');
      const published = await withAlone(backend, next === null ? [] : thingsOf(next.publicKey, body), (put) =>
        store.transaction(async (transaction) => {
          const before = (await currentPeople(backend, transaction)).escrow;
          const users = await store.users.list(transaction, backend.siteId);
          if (next !== null && before !== null) checkHolder(before, session.userId);
          checkEscrow(before, next, body, users);
          const done = await publishPeople(backend, transaction, read, session.userId, { escrow: true });
          // Repeated: its copies are those that are there.
          if (done.repeated) return done;
          if (next?.publicKey !== before?.publicKey) await forgetEscrow(backend, transaction);
          await put(transaction);
          await tellOfChange(backend, transaction, session.userId, before, next);
          return done;
        }),
      );
      signOut(backend, published);
      backend.forgetSoon();
      return {};
    },

    escrowCopies: ({ session }) =>
      store.transaction(async (transaction) => {
        checkHolder((await currentPeople(backend, transaction)).escrow, session.userId);
        const copies = [];
        for (const { owner_id } of await store.keptAlone.ofKind(transaction, backend.siteId, 'escrow-copy')) {
          const user = storedId(owner_id);
          const kept = await readCopy(backend, transaction, user);
          if (kept === undefined) continue;
          await recordAndTell(backend, transaction, 'escrow-resealed', session.userId, user);
          copies.push({ user, copy: kept.copy });
        }
        return { copies };
      }),

    escrowCopy: ({ session, path }) =>
      store.transaction(async (transaction) => {
        checkHolder((await currentPeople(backend, transaction)).escrow, session.userId);
        const kept = await readCopy(backend, transaction, path.user);
        if (kept === undefined) throw new Refusal('NOT_FOUND');
        await recordAndTell(backend, transaction, 'escrow-used', session.userId, path.user);
        return { copy: kept.copy };
      }),

    async letBack({ session, path, body }) {
      const verifier = await settingVerifier(slotFile, decoded(body.activation));
      const box: Alone = { ownerId: path.user, kind: 'restore', bytes: versioned(body.identity) };
      await withAlone(backend, [box], (put) =>
        store.transaction(async (transaction) => {
          checkHolder((await currentPeople(backend, transaction)).escrow, session.userId);
          const user = await store.users.find(transaction, backend.siteId, path.user);
          if (user === undefined || user.public_key === null) throw new Refusal('NOT_FOUND');
          await put(transaction);
          await store.activations.drop(transaction, backend.siteId, path.user);
          await store.activations.add(transaction, {
            site_id: backend.siteId,
            user_id: path.user,
            verifier,
            expires: Math.floor(backend.clock() / 1000) + activationLife,
            used_by: null,
          });
          await recordOnSite(backend, transaction, 'let-back', session.userId, path.user);
        }),
      );
      backend.forgetSoon();
      return {};
    },
  };
}

function thingsOf(publicKey: string, { seeds, copies }: Wanted): Alone[] {
  return [
    ...seeds.map(({ user, seal }): Alone => ({ ownerId: user, kind: 'escrow-seed', bytes: versioned(seal) })),
    ...copies.map(({ user, copy }) => copyToKeep(user, { publicKey, copy })),
  ];
}

/** Every copy, every seed, and every box of a way back that nobody has taken. */
async function forgetEscrow(backend: Backend, transaction: Transaction): Promise<void> {
  for (const kind of ['escrow-copy', 'escrow-seed', 'restore'] as const) {
    await forgetAllAlone(backend, transaction, kind);
  }
}

/**
 * Holders are administrators with keys, each with a seed; whoever loses the right loses it with a new key; copies are of people
 * who have keys. @throws Refusal `MALFORMED`, `WRONG_HOLDERS`.
 */
function checkEscrow(
  before: PeopleBody['escrow'],
  next: PeopleBody['escrow'],
  { seeds, copies }: Wanted,
  users: readonly UserRow[],
): void {
  if (next === null) return;
  const keyed = new Map(users.filter((user) => user.public_key !== null).map((user) => [user.user_id, user]));
  const holders = new Set<string>(next.holders);
  const mayHold = [...holders].every((id) => keyed.get(id)?.is_administrator === 1);
  if (holders.size === 0 || holders.size !== next.holders.length || !mayHold)
    throw new Refusal('WRONG_HOLDERS');
  const sameKey = before?.publicKey === next.publicKey;
  const known = new Set<string>(sameKey ? before.holders : []);
  if ([...known].some((id) => !holders.has(id))) throw new Refusal('WRONG_HOLDERS');
  const wanted = [...holders].filter((id) => !known.has(id)).toSorted();
  const given = seeds.map(({ user }): string => user).toSorted();
  if (wanted.join() !== given.join()) throw new Refusal('MALFORMED');
  const owners = new Set<string>(copies.map(({ user }) => user));
  const copiesFit = owners.size === copies.length && [...owners].every((id) => keyed.has(id));
  if (!copiesFit || (sameKey && copies.length > 0)) throw new Refusal('MALFORMED');
}

/** @throws Forbidden for an administrator without the right. */
function checkHolder(escrow: PeopleBody['escrow'], userId: Uuid): void {
  if (escrow === null || !escrow.holders.includes(userId)) throw new Forbidden();
}

/** Everybody is told who could open what they can from now on. */
async function tellOfChange(
  backend: Backend,
  transaction: Transaction,
  by: Uuid,
  before: PeopleBody['escrow'],
  next: PeopleBody['escrow'],
): Promise<void> {
  const tell = (act: Parameters<typeof recordAndTellAll>[2], object: Uuid | null) =>
    recordAndTellAll(backend, transaction, act, by, object);
  if (next === null) {
    if (before !== null) await tell('escrow-off', null);
    return;
  }
  if (before === null) await tell('escrow-on', null);
  const known = before?.holders ?? [by];
  for (const id of next.holders) if (!known.includes(id)) await tell('escrow-given', id);
  for (const id of before?.holders ?? []) if (!next.holders.includes(id)) await tell('escrow-withdrawn', id);
}
