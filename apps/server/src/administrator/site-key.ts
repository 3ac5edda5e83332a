/** Routes of the site's signing key (S14): its secret half sealed for one more administrator, and another key in its place. */
import type { RequestOf } from '@sotto/contract/routes';
import { equalBytes, type Uuid } from '@sotto/protocol/bytes';
import { moveBoxes } from '../accounts/move-boxes.ts';
import { recordOnSite } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import {
  checkRecipients,
  putStatement,
  readChannel,
  readPeople,
  readSuccessor,
  siteKey,
} from '../directory/directory.ts';
import type { Handlers } from '../http/calls.ts';
import { decoded, storedId, versioned } from '../http/encoded.ts';
import { Forbidden, Refusal } from '../http/refusal.ts';
import { withSlot } from '../storage/keeping.ts';
import type { Transaction } from '../storage/transaction.ts';
import { type Published, publishPeople, signOut } from './publish.ts';

/** Handlers of the site's key. Whoever cannot sign has nothing to give, and nothing to change. */
export function siteKeyHandlers(backend: Backend): Handlers<'giveSiteKey' | 'changeSiteKey'> {
  const { store, slotFile, allocator } = backend.home;
  return {
    async giveSiteKey({ session, path, body }) {
      const seal = versioned(body.seed);
      await store.transaction(async (transaction) => {
        const signers = await signersOf(backend, transaction);
        if (!signers.includes(session.userId)) throw new Forbidden();
        const user = await store.users.find(transaction, backend.siteId, path.user);
        if (user === undefined || user.slot === null || user.is_administrator !== 1)
          throw new Refusal('NOT_FOUND');
        // Repeated, or given by two at once: it is the same seed.
        if (signers.includes(path.user)) return;
        const place = { site_id: backend.siteId, user_id: path.user, kind: 'site-seed' };
        const row = await withSlot(slotFile, user.slot, (keeping) => keeping.keepBox(place, seal));
        await store.accountBoxes.put(transaction, row);
        await recordOnSite(backend, transaction, 'site-key-given', session.userId, path.user);
      });
      return {};
    },

    /** The old seed is forgotten whoever had it: boxes move to new slots, the old ones become noise (S13). */
    async changeSiteKey({ session, sessionId, body }) {
      const next = decoded(body.publicKey);
      const seed = versioned(body.seed);
      const signers = await store.transaction((transaction) => signersOf(backend, transaction));
      if (!signers.includes(session.userId)) throw new Forbidden();
      const done = await allocator
        .withNewSlots(signers.length, (slots) =>
          store.transaction(async (transaction) => {
            const before = await siteKey(backend, transaction);
            // Repeated: it is done.
            if (equalBytes(before, next)) throw new AlreadyChanged();
            const same = (await signersOf(backend, transaction)).join() === signers.join();
            if (!same) throw new Refusal('BUSY');
            const published = await restate(backend, transaction, before, body, session.userId);
            for (const [at, id] of signers.entries()) {
              const user = await store.users.find(transaction, backend.siteId, id);
              const box = id === session.userId ? seed : 'forgotten';
              if (user !== undefined)
                await moveBoxes(backend, transaction, user, slots[at] ?? -1, { 'site-seed': box });
            }
            await recordOnSite(backend, transaction, 'site-key-changed', session.userId, null);
            return published;
          }),
        )
        .catch(repeated);
      if (done !== 'repeated') {
        signOut(backend, done);
        for (const id of signers) backend.sessions.endAllOf(storedId(id), sessionId);
        backend.forgetSoon();
      }
      return {};
    },
  };
}

/** Thrown inside the transaction so that the slots that were taken for it are free again. */
class AlreadyChanged extends Error {}

function repeated(error: unknown): 'repeated' {
  if (error instanceof AlreadyChanged) return 'repeated';
  throw error;
}

/** Ids of those who have the secret half, in order. */
async function signersOf({ home, siteId }: Backend, transaction: Transaction): Promise<string[]> {
  const rows = await home.store.accountBoxes.owners(transaction, siteId, 'site-seed');
  return rows.map(({ user_id }) => user_id).toSorted();
}

/**
 * Puts the new key in place of `before`, with everything stated anew by it: all people, all channels.
 *
 * @throws Refusal `WRONG_SIGNATURE`, `MALFORMED`, `STATEMENT_OUTDATED`, `WRONG_HOLDERS`.
 */
async function restate(
  backend: Backend,
  transaction: Transaction,
  before: Uint8Array,
  body: RequestOf<'changeSiteKey'>,
  by: Uuid,
): Promise<Published> {
  const { store } = backend.home;
  const next = decoded(body.publicKey);
  const successor = readSuccessor(backend, before, body.successor);
  if (successor.body.publicKey !== body.publicKey) throw new Refusal('MALFORMED');
  const people = readPeople(backend, next, body.people);
  const published = await publishPeople(backend, transaction, people, by, {});
  const channels = body.channels.map((text) => readChannel(backend, next, text));
  const there = (await store.channels.list(transaction, backend.siteId)).map((row) => row.channel_id);
  const stated = channels.map((channel): string => channel.body.id);
  if (there.toSorted().join() !== stated.toSorted().join()) throw new Refusal('MALFORMED');
  for (const channel of channels) {
    checkRecipients(people.body, channel.body);
    await putStatement(backend, transaction, channel.body.id, channel);
  }
  const earlier = await store.successions.list(transaction, backend.siteId);
  if (earlier.some((row) => equalBytes(row.before, next))) throw new Refusal('MALFORMED');
  await store.successions.add(transaction, {
    site_id: backend.siteId,
    number: earlier.length + 1,
    before,
    statement: successor.statement,
  });
  await store.sites.change(transaction, backend.siteId, { public_key: next });
  return published;
}
