/** The site's directory as an agent believes it (S14): only what the site's key has stated, and only that key which was expected. */

import { questionnaire } from '@sotto/contract/built-in-questionnaire';
import {
  type ChannelBody,
  channelBody,
  type DirectoryUser,
  type PeopleBody,
  peopleBody,
  successorBody,
} from '@sotto/contract/directory';
import { usualAccent } from '@sotto/contract/forms';
import type { OpenSite, SiteResponse } from '@sotto/contract/site';
import { type Bytes, fromBase64url, type Uuid, uuidBytes } from '@sotto/protocol/bytes';
import { openStatement, siteFingerprint } from '@sotto/protocol/directory';
import type { Library } from '@sotto/protocol/library';
import { largestFileWithin } from '@sotto/protocol/sizes';
import { enrolmentMessage } from '@sotto/protocol/statement';
import * as v from 'valibot';
import { ClientError } from './errors.ts';
import type { ChannelView, EscrowView, SiteView } from './views.ts';

/** A person of the directory; without a public key they have not been here yet, and nothing is sealed to them. */
export type Person = {
  readonly id: Uuid;
  readonly name: string;
  readonly publicKey: Bytes | null;
  /** Not let in at the moment: nothing new is sealed to them. */
  readonly disabled: boolean;
};
export type Channel = {
  readonly body: ChannelBody;
  readonly recipients: readonly Person[];
  /** The key that states it, base64url. */
  readonly siteKey: string;
};

export type Directory = {
  readonly site: Uuid;
  readonly sitePublicKey: Bytes;
  /** Keys that the site had before and that lead to this one, base64url. */
  readonly formerKeys: ReadonlySet<string>;
  readonly people: PeopleBody;
  readonly persons: ReadonlyMap<Uuid, Person>;
  readonly channels: ReadonlyMap<Uuid, Channel>;
};

/** What an agent knew of this site before: its key, and the versions below which a directory is old. */
export type Known = {
  readonly siteKey: string;
  /** The key before, base64url, from a change of keys until the person has read of it; null otherwise. */
  readonly keyBefore: string | null;
  readonly people: number;
  readonly channels: Readonly<Record<string, number>>;
};

/**
 * Verifies the directory of a site.
 *
 * @param expectedKey the site's key as it came outside the server, base64url, or one that handed its place on to the key now; null where there was none.
 * @throws ClientError `SITE_KEY_DIFFERS`, `DIRECTORY_WRONG`. @throws ProtocolError `WRONG_SIGNATURE` and its kin.
 */
export function openDirectory(library: Library, site: OpenSite, expectedKey: string | null): Directory {
  const sitePublicKey = fromBase64url(site.publicKey);
  const formerKeys = keysBefore(library, site);
  if (expectedKey !== null && expectedKey !== site.publicKey && !formerKeys.has(expectedKey)) {
    throw new ClientError('SITE_KEY_DIFFERS');
  }
  const read = <S extends v.GenericSchema<unknown, { site: Uuid }>>(
    schema: S,
    statement: string,
  ): v.InferOutput<S> => {
    const result = v.safeParse(schema, openStatement(library, sitePublicKey, fromBase64url(statement)));
    if (!result.success || result.output.site !== site.site) throw new ClientError('DIRECTORY_WRONG');
    return result.output;
  };
  const people = read(peopleBody, site.people);
  const persons = new Map(people.users.map((user) => [user.id, personOf(library, user, site)]));
  const channels = site.channels.map((statement) => read(channelBody, statement));
  return {
    site: site.site,
    sitePublicKey,
    formerKeys,
    people,
    persons,
    channels: new Map(
      channels.map((body) => [
        body.id,
        { body, recipients: body.recipients.map((id) => known(persons, id)), siteKey: site.publicKey },
      ]),
    ),
  };
}

/** From the key now back to the first, as far as each was named by the one before it (S14). */
function keysBefore(library: Library, site: OpenSite): ReadonlySet<string> {
  const keys = new Set<string>();
  let named = site.publicKey;
  for (const { before, statement } of site.successions.toReversed()) {
    const body = openStatement(library, fromBase64url(before), fromBase64url(statement));
    const read = v.safeParse(successorBody, body);
    if (!read.success || read.output.site !== site.site || read.output.publicKey !== named)
      throw new ClientError('DIRECTORY_WRONG');
    keys.add(before);
    named = before;
  }
  return keys;
}

/** @throws ClientError `SITE_KEY_DIFFERS`, `DIRECTORY_OUTDATED` when a directory is not the one known or what came after it. */
export function checkNotOlder(directory: Directory, site: OpenSite, known: Known): void {
  const follows = known.siteKey === site.publicKey || directory.formerKeys.has(known.siteKey);
  if (!follows) throw new ClientError('SITE_KEY_DIFFERS');
  const now = knownOf(directory, site);
  const older =
    now.people < known.people ||
    Object.entries(known.channels).some(([id, version]) => (now.channels[id] ?? -1) < version);
  if (older) throw new ClientError('DIRECTORY_OUTDATED');
}

/** What to remember of a directory. */
export function knownOf(directory: Directory, site: OpenSite): Known {
  return {
    siteKey: site.publicKey,
    keyBefore: null,
    people: directory.people.version,
    channels: Object.fromEntries([...directory.channels.values()].map(({ body }) => [body.id, body.version])),
  };
}

/** Somebody to whom something can be sealed. */
export type Reachable = Person & { readonly publicKey: Bytes };

/** Those of a channel's recipients to whom something can be sealed. */
export function reachable(channel: Channel): readonly Reachable[] {
  return channel.recipients.filter(isReachable);
}

/** Whoever may hold a report here and can be sealed to. */
export function recipientsOf({ people, persons }: Directory): readonly Reachable[] {
  return people.users
    .filter(({ roles }) => roles.includes('recipient'))
    .map(({ id }) => known(persons, id))
    .filter(isReachable);
}

function isReachable(person: Person): person is Reachable {
  return person.publicKey !== null && !person.disabled;
}

/** The site as a screen shows it; a channel nobody can read yet is not offered (S2). */
export function siteView(
  library: Library,
  site: SiteResponse,
  directory: Directory | null,
  linkKey: string | null,
): SiteView {
  if (site.state === 'unclaimed' || directory === null) {
    return {
      state: 'unclaimed',
      name: '',
      language: 'en',
      connection: site.connection,
      fingerprint: null,
      keyCheck: 'nothing-to-compare',
      channels: [],
      questionnaire,
      escrow: { on: false, holders: [] },
      exitAddress: '',
      accent: usualAccent,
      limits: { fileBytes: 0, reportBytes: 0 },
    };
  }
  return {
    state: 'open',
    name: site.name,
    language: site.language,
    connection: site.connection,
    fingerprint: siteFingerprint(library, directory.sitePublicKey),
    keyCheck: linkKey === null ? 'nothing-to-compare' : linkKey === site.publicKey ? 'matched' : 'succeeded',
    channels: [...directory.channels.values()]
      .filter((channel) => reachable(channel).length > 0)
      // Who is disabled reads nothing new.
      .map((channel) =>
        channelView({ ...channel, recipients: channel.recipients.filter(({ disabled }) => !disabled) }),
      ),
    questionnaire,
    escrow: escrowView(directory),
    exitAddress: site.exitAddress,
    accent: site.accent,
    limits: { fileBytes: largestFileWithin(site.limits.file), reportBytes: site.limits.report },
  };
}

export function escrowView({ people, persons }: Directory): EscrowView {
  const holders = (people.escrow?.holders ?? []).map((id) => known(persons, id));
  return { on: people.escrow !== null, holders: holders.map(({ id, name }) => ({ id, name })) };
}

export function channelView(channel: Channel): ChannelView {
  return {
    id: channel.body.id,
    name: channel.body.name,
    description: channel.body.description,
    recipients: channel.recipients.map(({ id, name }) => ({ id, name })),
    days: channel.body.days,
  };
}

/** A public key counts when the directory states it, or when its enrolment key signed it (S14). */
function personOf(library: Library, user: DirectoryUser, site: OpenSite): Person {
  const person = { id: user.id, name: user.name, disabled: user.disabled === true };
  if (user.key.kind === 'public') return { ...person, publicKey: fromBase64url(user.key.publicKey) };
  const enrolment = site.enrolments.find((candidate) => candidate.user === user.id);
  if (enrolment === undefined) return { ...person, publicKey: null };
  const publicKey = fromBase64url(enrolment.publicKey);
  const message = enrolmentMessage(uuidBytes(user.id), publicKey);
  const enrolmentKey = fromBase64url(user.key.enrolmentKey);
  if (!library.ed25519Verify(enrolmentKey, message, fromBase64url(enrolment.signature))) {
    throw new ClientError('DIRECTORY_WRONG');
  }
  return { ...person, publicKey };
}

function known(persons: ReadonlyMap<Uuid, Person>, id: Uuid): Person {
  const person = persons.get(id);
  if (person === undefined) throw new ClientError('DIRECTORY_WRONG');
  return person;
}
