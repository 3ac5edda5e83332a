/** Somebody who is invited only to be deleted again. */
import type { DirectoryUser, PeopleBody } from '@sotto/contract/directory';
import { credential, newId, person, signingKey, statement } from './made-up.ts';
import type { Sent, TestServer } from './running.ts';
import { ok, type TestSite } from './site.ts';

/** The statement after the one in place, with other users or the same. */
export async function nextPeople(
  running: TestServer,
  site: TestSite,
  change: (users: PeopleBody['users']) => PeopleBody['users'] = (users) => users,
): Promise<string> {
  const people = String(ok(await running.call('site'))['people']);
  // why: the statement is this test's own, or the world's
  const body = JSON.parse(Buffer.from(people, 'base64url').subarray(65).toString('utf8')) as PeopleBody;
  return statement(site.siteKey, { ...body, version: body.version + 1, users: change(body.users) });
}

/** A request that states the same people anew, leaves every channel as it is, and says `more`. */
export async function samePeople(
  { running, site }: { readonly running: TestServer; readonly site: TestSite },
  more: Readonly<Record<string, unknown>> = {},
): Promise<Sent> {
  return { body: { people: await nextPeople(running, site), channels: [], ...more } };
}

/** Invites somebody, in an administrator's session. @returns the request that deletes them. */
export async function removal(
  running: TestServer,
  site: TestSite,
  session: string | undefined,
): Promise<Sent> {
  const { publicKey: enrolmentKey } = signingKey();
  const olaf: DirectoryUser = person(newId(), 'Olaf', ['recipient'], { kind: 'enrolment', enrolmentKey });
  const invitation = {
    id: olaf.id,
    userName: `olaf.${olaf.id.slice(0, 8)}`,
    name: 'Olaf',
    roles: ['recipient'],
    activation: credential().hash,
  };
  const people = await nextPeople(running, site, (users) => [...users, olaf]);
  ok(await running.call('invite', { session, body: { invitation, people } }));
  const without = await nextPeople(running, site, (users) => users.filter(({ id }) => id !== olaf.id));
  return { path: { user: olaf.id }, body: { people: without, channels: [], reports: 'kept' } };
}
