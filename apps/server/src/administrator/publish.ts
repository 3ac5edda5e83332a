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

/**
 * Puts the statement and gives everyone the name and rights it states; whose rights changed signs in again.
 *
 * @param by who administers; every change is written down with their name.
 * @param escrow whether the statement may change escrow: only the route that brings seeds and copies may.
 * @param unread the channels of which the administrator knows that nobody can read them after this.
 * @returns false when it is the very statement that is there.
 * @throws Refusal `MALFORMED`, `STATEMENT_OUTDATED`, `LAST_RECIPIENT`.
 */
export async function publishPeople(
  backend: Backend,
  transaction: Transaction,
  read: Read<PeopleBody>,
  by: Uuid,
  escrow: 'same-escrow' | 'with-escrow',
  unread: readonly Uuid[] = [],
): Promise<boolean> {
  const { store } = backend.home;
  const users = await store.users.list(transaction, backend.siteId);
  checkPeople(read.body, users);
  const before = await statedEscrow(backend, transaction);
  if (escrow === 'same-escrow' && JSON.stringify(read.body.escrow) !== JSON.stringify(before)) {
    throw new Refusal('MALFORMED');
  }
  const unreadBefore = await unreadChannels(backend, transaction);
  if (!(await putStatement(backend, transaction, backend.siteId, read))) return false;
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
      await recordOnSite(backend, transaction, 'roles-changed', by, person.id);
      backend.sessions.endAllOf(person.id);
    }
    if (disabled !== user.disabled) {
      await recordOnSite(backend, transaction, disabled === 1 ? 'disabled' : 'enabled', by, person.id);
      backend.sessions.endAllOf(person.id);
    }
  }
  const known = new Set([...unreadBefore, ...unread]);
  const left = await unreadChannels(backend, transaction);
  if (left.some((channel) => !known.has(channel))) throw new Refusal('LAST_RECIPIENT');
  return true;
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
 * The people stated are those of the site, each once, with the key they made themselves if they have one, and somebody
 * administers who is not disabled; who holds escrow is such a one. @throws Refusal `MALFORMED`.
 */
function checkPeople(people: PeopleBody, users: readonly UserRow[]): void {
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
  if (!everybody || !keysFit || administrators.size === 0 || !holdersAdminister)
    throw new Refusal('MALFORMED');
}
