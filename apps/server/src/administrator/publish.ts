/** Publishing the list of people (S14): the server puts what the site's key has signed, and everybody's name and rights follow it. */
import type { PeopleBody } from '@sotto/contract/directory';
import type { Uuid } from '@sotto/protocol/bytes';
import { rolesRow } from '../accounts/accounts.ts';
import { recordOnSite } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { currentChannel, putStatement, type Read, statedEscrow } from '../directory/directory.ts';
import { encoded } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import type { UserRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';

/** What else a statement may change than names and who is kept out. */
export type May = {
  /** On the route that brings seeds and copies. */
  readonly escrow?: true;
  /** On the route that takes from this person what went with a role. */
  readonly rolesOf?: Uuid;
};

/** What putting the list of people has done. */
export type Published = {
  /** It is the very statement that was there. */
  readonly repeated: boolean;
  /** Whose rights changed: they sign in again, once this is durable. */
  readonly signedOut: readonly Uuid[];
};

/** What a request has done that was sent again. */
export const unchanged: Published = { repeated: true, signedOut: [] };

/** Ends the sessions of those whose rights changed; for when the transaction is durable. */
export function signOut({ sessions }: Backend, { signedOut }: Published): void {
  for (const id of signedOut) sessions.endAllOf(id);
}

/**
 * Puts the statement and gives everyone the name and rights it states.
 *
 * @param by who administers, and goes on to; every change is written down with their name.
 * @param unread the channels of which the administrator knows that nobody can read them after this.
 * @throws Refusal `MALFORMED`, `STATEMENT_OUTDATED`, `LAST_RECIPIENT`.
 */
export async function publishPeople(
  backend: Backend,
  transaction: Transaction,
  read: Read<PeopleBody>,
  by: Uuid,
  may: May,
  unread: readonly Uuid[] = [],
): Promise<Published> {
  const { store } = backend.home;
  const users = await store.users.list(transaction, backend.siteId);
  checkPeople(read.body, users, by);
  const escrow = await statedEscrow(backend, transaction);
  const sameEscrow = JSON.stringify(read.body.escrow) === JSON.stringify(escrow);
  if (may.escrow !== true && !sameEscrow) throw new Refusal('MALFORMED');
  const unreadBefore = await unreadChannels(backend, transaction);
  if (!(await putStatement(backend, transaction, backend.siteId, read))) return unchanged;
  const signedOut = new Set<Uuid>();
  for (const person of read.body.users) {
    const user = users.find((row) => row.user_id === person.id);
    if (user === undefined) continue;
    const rights = rolesRow(person.roles);
    const disabled = person.disabled === true ? 1 : 0;
    const changed = { name: person.name, ...rights, disabled };
    await store.users.change(transaction, backend.siteId, person.id, changed);
    const same =
      rights.is_administrator === user.is_administrator && rights.is_recipient === user.is_recipient;
    if (person.name !== user.name) await recordOnSite(backend, transaction, 'renamed', by, person.id);
    if (!same) {
      if (person.id !== may.rolesOf) throw new Refusal('MALFORMED');
      await recordOnSite(backend, transaction, 'roles-changed', by, person.id);
      signedOut.add(person.id);
    }
    if (disabled !== user.disabled) {
      await recordOnSite(backend, transaction, disabled === 1 ? 'disabled' : 'enabled', by, person.id);
      signedOut.add(person.id);
    }
  }
  const known = new Set([...unreadBefore, ...unread]);
  const left = await unreadChannels(backend, transaction);
  if (left.some((channel) => !known.has(channel))) throw new Refusal('LAST_RECIPIENT');
  return { repeated: false, signedOut: [...signedOut] };
}

/** Channels of which every recipient is disabled or has no right to receive. Who is invited counts: they will come. */
async function unreadChannels(backend: Backend, transaction: Transaction): Promise<Uuid[]> {
  const { store } = backend.home;
  const users = await store.users.list(transaction, backend.siteId);
  const receives = new Set(
    users.filter((user) => user.is_recipient === 1 && user.disabled === 0).map((user) => user.user_id),
  );
  const unread: Uuid[] = [];
  for (const { channel_id } of await store.channels.list(transaction, backend.siteId)) {
    const channel = await currentChannel(backend, transaction, channel_id);
    if (channel !== undefined && !channel.recipients.some((id) => receives.has(id))) unread.push(channel.id);
  }
  return unread;
}

/**
 * The people stated are those of the site, each once, with the key they made themselves if they have one. Whoever publishes goes
 * on to administer and is not disabled, so that somebody is left who signs; who holds escrow is such a one.
 *
 * @throws Refusal `MALFORMED`.
 */
function checkPeople(people: PeopleBody, users: readonly UserRow[], by: Uuid): void {
  const stated = new Map(people.users.map((person) => [person.id as string, person])); // why: compared with stored text
  const everybody = stated.size === people.users.length && stated.size === users.length;
  const keysFit = users.every((user) => {
    const key = stated.get(user.user_id)?.key;
    if (key === undefined) return false;
    if (key.kind === 'enrolment') return user.public_key === null || user.enrolment_signature !== null;
    return user.public_key !== null && key.publicKey === encoded(user.public_key);
  });
  const administrators = new Set(
    people.users
      .filter(({ roles, disabled }) => roles.includes('administrator') && disabled !== true)
      .map(({ id }) => id),
  );
  const holdersAdminister = (people.escrow?.holders ?? []).every((id) => administrators.has(id));
  if (!everybody || !keysFit || !administrators.has(by) || !holdersAdminister) throw new Refusal('MALFORMED');
}
