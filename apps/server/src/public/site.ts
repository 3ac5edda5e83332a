/** Route `site`: the site and its directory, to anybody. */
import type { DirectoryUser, Enrolment } from '@sotto/contract/directory';
import type { SiteResponse } from '@sotto/contract/site';
import type { Backend } from '../backend.ts';
import { currentPeople } from '../directory/directory.ts';
import type { Handlers } from '../http/calls.ts';
import { encoded } from '../http/encoded.ts';
import type { UserRow } from '../storage/schema.ts';

/** Handler of `site`. */
export function siteHandlers(backend: Backend): Handlers<'site'> {
  const { store } = backend.home;
  return {
    site: ({ connection }) =>
      store.transaction(async (transaction): Promise<SiteResponse> => {
        const always = { site: backend.siteId, connection };
        const site = await store.sites.only(transaction);
        if (site === undefined || site.public_key === null) return { ...always, state: 'unclaimed' };
        const statements = await store.statements.list(transaction, backend.siteId);
        const statement = new Map(statements.map((row) => [row.subject_id, encoded(row.statement)]));
        const channels = await store.channels.list(transaction, backend.siteId);
        const people = await currentPeople(backend, transaction);
        const users = await store.users.list(transaction, backend.siteId);
        return {
          ...always,
          state: 'open',
          name: site.name,
          language: site.language,
          exitAddress: site.exit_address,
          accent: backend.settings.now().accent,
          publicKey: encoded(site.public_key),
          successions: (await store.successions.list(transaction, backend.siteId)).map((row) => ({
            before: encoded(row.before),
            statement: encoded(row.statement),
          })),
          receiptSalt: encoded(site.receipt_salt),
          people: statement.get(backend.siteId) ?? '',
          enrolments: people.users.flatMap((person) => enrolmentOf(person, users)),
          channels: channels.flatMap((channel) => statement.get(channel.channel_id) ?? []),
          limits: { ...backend.limits },
        };
      }),
  };
}

/** A public key that its enrolment key signed, until the directory holds it. */
function enrolmentOf(person: DirectoryUser, users: readonly UserRow[]): Enrolment[] {
  const user = users.find((row) => row.user_id === person.id);
  if (person.key.kind !== 'enrolment' || user === undefined) return [];
  if (user.public_key === null || user.enrolment_signature === null) return [];
  return [
    { user: person.id, publicKey: encoded(user.public_key), signature: encoded(user.enrolment_signature) },
  ];
}
