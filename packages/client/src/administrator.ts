/** What an administrator's agent does: it invites, and it signs the directory (S2, S14). It holds no key to any report. */
import type { ChannelBody, PeopleBody } from '@sotto/contract/directory';
import { openSeal, seal } from '@sotto/protocol/box';
import {
  type Bytes,
  equalBytes,
  fromBase64url,
  parseUuid,
  toBase64url,
  type Uuid,
} from '@sotto/protocol/bytes';
import { credentialHash, deriveCredential, enrolmentSeed } from '@sotto/protocol/credential';
import { signStatement, siteFingerprint } from '@sotto/protocol/directory';
import { carrySeed, readSeed } from '@sotto/protocol/key-carrier';
import type { Library } from '@sotto/protocol/library';
import { keyBytes } from '@sotto/protocol/sizes';
import { activationLink } from './account.ts';
import { readAudit } from './audit.ts';
import { channelView, type Directory, escrowView } from './directory.ts';
import type { Environment } from './environment.ts';
import { ClientError } from './errors.ts';
import { newId } from './items.ts';
import type { MemberSession } from './member-session.ts';
import type { Server } from './server.ts';
import type { AuditView, Invitation, OverviewView, PersonRules, Role } from './views.ts';

/** Acts on the directory as it is now, with what signs for the site. */
export type Signing = <T>(
  act: (directory: Directory, sign: (body: unknown) => string) => Promise<T>,
) => Promise<T>;

export class Administrator {
  readonly #library: Library;
  readonly #server: Server;
  readonly #session: MemberSession;

  constructor(environment: Environment, server: Server, session: MemberSession) {
    this.#library = environment.library;
    this.#server = server;
    this.#session = session;
  }

  /** People and channels; public keys that new users signed since are put into the directory on the way (S14). */
  async overview(): Promise<OverviewView> {
    const { response, directory } = await this.#published();
    const { people } = await this.#server.call('overview', { session: this.#session.id });
    return {
      people,
      channels: [...directory.channels.values()].map(channelView),
      escrow: escrowView(directory),
      publicLink: `/#${response.publicKey}`,
      fingerprint: siteFingerprint(this.#library, directory.sitePublicKey),
    };
  }

  /** What was done with accounts, channels and settings (S15). */
  async audit(): Promise<AuditView> {
    const { directory } = await this.#session.directory();
    const { id: session, identity } = this.#session;
    const person = (id: Uuid) => directory.persons.get(id)?.name ?? null;
    return await readAudit(
      this.#library,
      identity,
      directory.site,
      {
        page: (after) => this.#server.call('siteAudit', { session, query: { after: String(after) } }),
        keep: (box) => this.#server.call('keepSiteHead', { session, body: { box } }),
      },
      {
        person,
        object: ({ object }) =>
          object === null ? null : (person(object) ?? directory.channels.get(object)?.body.name ?? null),
      },
    );
  }

  /** @returns path and fragment of the activation link; its secret is kept nowhere. */
  async invite(invitation: Invitation): Promise<string> {
    const secret = this.#library.random(keyBytes);
    const { userName, name, roles } = invitation;
    const id = newId(this.#library);
    const user = { id, name, roles: [...roles], key: enrolmentKey(this.#library, secret) };
    return await this.signing(async (directory, sign) => {
      const activation = toBase64url(
        credentialHash(this.#library, deriveCredential(this.#library, 'activation', secret)),
      );
      const people = sign(nextPeople(directory.people, [...directory.people.users, user]));
      await this.#server.call('invite', {
        session: this.#session.id,
        body: { invitation: { id, userName, name, roles: [...roles], activation }, people },
      });
      return activationLink(secret, toBase64url(directory.sitePublicKey));
    });
  }

  async setRecipients(channelId: string, recipientIds: readonly string[]): Promise<void> {
    await this.#changeChannel(channelId, (directory) => {
      const recipients = recipientIds.flatMap((id) =>
        directory.people.users.filter((user) => user.id === id),
      );
      if (recipients.length !== recipientIds.length) throw new ClientError('NOT_FOUND');
      return { recipients: recipients.map((user) => user.id) };
    });
  }

  /**
   * Disables an account or lets it in again.
   *
   * @param unread the channels of which the person was told that nobody can read them then.
   * @throws ClientError `LAST_RECIPIENT` when there are others.
   */
  async setDisabled(userId: string, disabled: boolean, unread: readonly string[]): Promise<void> {
    await this.signing(async (directory, sign) => {
      const users = directory.people.users.map(({ disabled: before, ...user }) =>
        (user.id === userId ? disabled : before === true) ? { ...user, disabled: true as const } : user,
      );
      const people = sign(nextPeople(directory.people, users));
      await this.#server.call('publishPeople', {
        session: this.#session.id,
        body: { people, unread: unread.map(parseUuid) },
      });
    });
  }

  /**
   * Deletes an account for ever, out of its channels as well.
   *
   * @param reports what becomes of those that nobody else holds.
   * @throws ClientError `LAST_HOLDER` when there are such and they are to be `kept`.
   */
  async removeUser(userId: string, reports: 'kept' | 'deleted'): Promise<void> {
    const user = parseUuid(userId);
    await this.signing(async (directory, sign) => {
      const users = directory.people.users.filter(({ id }) => id !== user);
      const channels = channelsWithout(directory, user).map(signedBy(sign));
      const people = sign(nextPeople(directory.people, users));
      await this.#server.call('removeUser', {
        session: this.#session.id,
        path: { user },
        body: { people, channels, reports },
      });
    });
  }

  /** Gives a person other roles. Who receives no more leaves their channels; who administers no more has no signing key. */
  async setRoles(userId: string, roles: readonly Role[]): Promise<void> {
    const user = parseUuid(userId);
    await this.signing(async (directory, sign) => {
      const users = directory.people.users.map((person) =>
        person.id === user ? { ...person, roles: [...roles] } : person,
      );
      const left = roles.includes('recipient') ? [] : channelsWithout(directory, user);
      const people = sign(nextPeople(directory.people, users));
      await this.#server.call('changeRoles', {
        session: this.#session.id,
        path: { user },
        body: { people, channels: left.map(signedBy(sign)) },
      });
    });
  }

  async setDays(channelId: string, days: number): Promise<void> {
    await this.#changeChannel(channelId, () => ({ days }));
  }

  /** Seals the site's seed to another administrator of the directory (S14). */
  async giveSiteKey(userId: string): Promise<void> {
    const { directory } = await this.#session.directory();
    const user = directory.people.users.find(
      ({ id, roles }) => id === userId && roles.includes('administrator'),
    );
    const publicKey = user === undefined ? null : (directory.persons.get(user.id)?.publicKey ?? null);
    if (user === undefined || publicKey === null) throw new ClientError('NOT_FOUND');
    await this.#server.call('giveSiteKey', {
      session: this.#session.id,
      path: { user: user.id },
      body: { seed: sealSiteSeed(this.#library, publicKey, directory.site, this.#siteSeed(directory)) },
    });
  }

  /**
   * Makes another key for the site (S14), which the key now names, and states everything by it. Whoever else had the old one has
   * nothing that signs any more.
   */
  async changeSiteKey(): Promise<void> {
    await this.signing(async (directory, sign) => {
      const { identity } = this.#session;
      const { site, people, channels } = directory;
      const next = this.#library.random(keyBytes);
      const publicKey = toBase64url(this.#library.ed25519PublicKey(next));
      const stated = (body: unknown) => toBase64url(signStatement(this.#library, next, body));
      const seed = sealSiteSeed(this.#library, identity.publicKey, site, next);
      await this.#server.call('changeSiteKey', {
        session: this.#session.id,
        body: {
          publicKey,
          successor: sign({ kind: 'successor', site, publicKey }),
          people: stated(nextPeople(people, people.users)),
          channels: [...channels.values()].map(({ body }) => stated(nextChannel(body))),
          seed,
        },
      });
      this.#session.adoptSiteKey(publicKey, seed);
    });
  }

  async setAccent(accent: number): Promise<void> {
    await this.#server.call('changeSettings', { session: this.#session.id, body: { settings: { accent } } });
  }

  async setPersonRules(userId: string, rules: PersonRules): Promise<void> {
    const path = { user: parseUuid(userId) };
    await this.#server.call('setPersonRules', { session: this.#session.id, path, body: rules });
  }

  async resetFactor(userId: string): Promise<void> {
    await this.#server.call('resetFactor', { session: this.#session.id, path: { user: parseUuid(userId) } });
  }

  async #changeChannel(
    channelId: string,
    change: (directory: Directory) => Partial<ChannelBody>,
  ): Promise<void> {
    await this.signing(async (directory, sign) => {
      const channel = [...directory.channels.values()].find(({ body }) => body.id === channelId);
      if (channel === undefined) throw new ClientError('NOT_FOUND');
      const body = nextChannel(channel.body, change(directory));
      const path = { channel: body.id };
      await this.#server.call('publishChannel', {
        session: this.#session.id,
        path,
        body: { channel: sign(body) },
      });
    });
  }

  /** Replaces enrolment keys by the public keys they signed; nothing to replace is the usual case. */
  async #published() {
    const now = await this.#session.directory();
    if (now.directory.people.users.every((user) => this.#enrolled(now.directory, user) === user)) return now;
    await this.signing(async (directory, sign) => {
      const users = directory.people.users.map((user) => this.#enrolled(directory, user));
      const people = sign(nextPeople(directory.people, users));
      await this.#server.call('publishPeople', { session: this.#session.id, body: { people, unread: [] } });
    });
    return await this.#session.directory();
  }

  #enrolled(directory: Directory, user: PeopleBody['users'][number]): PeopleBody['users'][number] {
    const publicKey = directory.persons.get(user.id)?.publicKey ?? null;
    if (user.key.kind === 'public' || publicKey === null) return user;
    return { ...user, key: { kind: 'public', publicKey: toBase64url(publicKey) } };
  }

  /** Acts on the directory as it is now; once more when another administrator was quicker. */
  readonly signing: Signing = async (act) => {
    for (let tries = 0; ; tries += 1) {
      const { directory } = await this.#session.directory();
      const seed = this.#siteSeed(directory);
      try {
        return await act(directory, (body) => toBase64url(signStatement(this.#library, seed, body)));
      } catch (failure) {
        const outdated = failure instanceof ClientError && failure.code === 'STATEMENT_OUTDATED';
        if (tries > 0 || !outdated) throw failure;
      }
    }
  };

  #siteSeed(directory: Directory): Bytes {
    const { siteSeed, identity } = this.#session;
    if (siteSeed === null) throw new ClientError('NOT_ALLOWED');
    const carrier = openSeal(this.#library, identity.secretKey, fromBase64url(siteSeed));
    const seed = readSeed('site seed', directory.site, carrier);
    if (!equalBytes(this.#library.ed25519PublicKey(seed), directory.sitePublicKey))
      throw new ClientError('SITE_KEY_DIFFERS');
    return seed;
  }
}

/** seal(administrator's public key, site seed). */
export function sealSiteSeed(library: Library, publicKey: Bytes, site: Uuid, seed: Bytes): string {
  return toBase64url(seal(library, publicKey, carrySeed('site seed', site, seed)));
}

export function enrolmentKey(
  library: Library,
  activationSecret: Bytes,
): { kind: 'enrolment'; enrolmentKey: string } {
  const seed = enrolmentSeed(library, activationSecret);
  return { kind: 'enrolment', enrolmentKey: toBase64url(library.ed25519PublicKey(seed)) };
}

export function nextPeople(people: PeopleBody, users: PeopleBody['users']): PeopleBody {
  return { ...people, version: people.version + 1, users };
}

function nextChannel(channel: ChannelBody, change: Partial<ChannelBody> = {}): ChannelBody {
  return { ...channel, ...change, version: channel.version + 1 };
}

/** The channels of a user as they are to be stated without them. */
function channelsWithout({ channels }: Directory, user: Uuid): ChannelBody[] {
  return [...channels.values()]
    .filter(({ body }) => body.recipients.includes(user))
    .map(({ body }) => nextChannel(body, { recipients: body.recipients.filter((id) => id !== user) }));
}

function signedBy(sign: (body: unknown) => string) {
  return (body: ChannelBody) => ({ channel: body.id, statement: sign(body) });
}

/** The first directory of a site, for the setup. */
export function firstPeople(
  site: Uuid,
  users: PeopleBody['users'],
  escrow: PeopleBody['escrow'],
): PeopleBody {
  return { kind: 'people', site, version: 1, users, escrow };
}
