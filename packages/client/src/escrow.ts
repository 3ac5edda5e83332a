/** Escrow (S11) in an administrator's agent: turned on and off, its right given and taken, and somebody let back in. */
import type { PeopleBody } from '@sotto/contract/directory';
import { openSeal } from '@sotto/protocol/box';
import {
  type Bytes,
  equalBytes,
  fromBase64url,
  parseUuid,
  toBase64url,
  type Uuid,
} from '@sotto/protocol/bytes';
import { credentialHash, deriveCredential } from '@sotto/protocol/credential';
import { boxIdentity, type Identity, identityFromSeed } from '@sotto/protocol/identity';
import { readSeed } from '@sotto/protocol/key-carrier';
import type { Library } from '@sotto/protocol/library';
import { keyBytes } from '@sotto/protocol/sizes';
import { activationLink } from './account.ts';
import { nextPeople, type Signing } from './administrator.ts';
import type { Directory } from './directory.ts';
import type { Environment } from './environment.ts';
import { ClientError } from './errors.ts';
import { escrowCopy, sealEscrowSeed } from './escrow-copy.ts';
import type { MemberSession } from './member-session.ts';
import { checkOwnKey } from './recovery.ts';
import type { Server } from './server.ts';

type Seeds = { user: Uuid; seal: string }[];
type Copies = { user: Uuid; copy: string }[];

export class EscrowDesk {
  readonly #library: Library;
  readonly #server: Server;
  readonly #session: MemberSession;
  readonly #signing: Signing;

  /** @param signing acts on the directory as it is, with the site's key (administrator.ts). */
  constructor({ library }: Environment, server: Server, session: MemberSession, signing: Signing) {
    this.#library = library;
    this.#server = server;
    this.#session = session;
    this.#signing = signing;
  }

  /** Turns escrow on; this administrator holds it. Everybody's agent seals its copy when it signs in next. */
  async turnOn(): Promise<void> {
    await this.#signing(async (directory, sign) => {
      if (directory.people.escrow !== null) return;
      const { identity } = this.#session;
      await this.#rekey(directory, sign, [identity.owner], [identity]);
    });
  }

  /** Turns escrow off; the server forgets every copy (S13). */
  async turnOff(): Promise<void> {
    await this.#signing(async (directory, sign) => {
      const people = sign({ ...nextPeople(directory.people, directory.people.users), escrow: null });
      await this.#set(people, [], []);
    });
  }

  /** Seals the escrow seed to one more administrator. */
  async giveRight(userId: string): Promise<void> {
    await this.#signing(async (directory, sign) => {
      const { escrow, site, seed } = await this.#held(directory);
      const user = parseUuid(userId);
      if (escrow.holders.includes(user)) return;
      const next = { ...escrow, holders: [...escrow.holders, user] };
      const people = sign({ ...nextPeople(directory.people, directory.people.users), escrow: next });
      const publicKey = this.#keyOf(directory, user);
      await this.#set(people, [{ user, seal: sealEscrowSeed(this.#library, publicKey, site, seed) }], []);
    });
  }

  /** Takes the right from an administrator: the key changes, and every copy is sealed anew here. */
  async takeRight(userId: string): Promise<void> {
    await this.#signing(async (directory, sign) => {
      const { escrow } = await this.#held(directory);
      const holders = escrow.holders.filter((id) => id !== userId);
      if (holders.length === 0) throw new ClientError('NOT_ALLOWED');
      await this.#rekey(directory, sign, holders, await this.#allIdentities(directory));
    });
  }

  /** @returns path and fragment of an activation link, by which its owner sets a new password; shown once. */
  async letBack(userId: string): Promise<string> {
    const { directory } = await this.#session.directory();
    const { seed } = await this.#held(directory);
    const path = { user: parseUuid(userId) };
    const { copy } = await this.#server.call('escrowCopy', { session: this.#session.id, path });
    const identity = this.#open(directory, seed, path.user, copy);
    const secret = this.#library.random(keyBytes);
    const credential = deriveCredential(this.#library, 'activation', secret);
    await this.#server.call('letBack', {
      session: this.#session.id,
      path,
      body: {
        activation: toBase64url(credentialHash(this.#library, credential)),
        identity: toBase64url(boxIdentity(this.#library, credential.wrapKey, identity)),
      },
    });
    return activationLink(secret, toBase64url(directory.sitePublicKey));
  }

  /** A new escrow key, sealed to these holders, and these identities sealed to it. */
  async #rekey(
    directory: Directory,
    sign: (body: unknown) => string,
    holders: readonly Uuid[],
    identities: readonly Identity[],
  ): Promise<void> {
    const seed = this.#library.random(keyBytes);
    const escrowKey = this.#library.x25519PublicKey(seed);
    const escrow = { publicKey: toBase64url(escrowKey), holders: [...holders] };
    const seeds = holders.map((user) => ({
      user,
      seal: sealEscrowSeed(this.#library, this.#keyOf(directory, user), directory.site, seed),
    }));
    const copies = identities.map((identity) => ({
      user: identity.owner,
      copy: escrowCopy(this.#library, escrowKey, identity),
    }));
    await this.#set(sign({ ...nextPeople(directory.people, directory.people.users), escrow }), seeds, copies);
  }

  /** A copy that is not what it should be is left out: its owner's agent seals another when it signs in next. */
  async #allIdentities(directory: Directory): Promise<Identity[]> {
    const { seed } = await this.#held(directory);
    const { copies } = await this.#server.call('escrowCopies', { session: this.#session.id });
    return copies.flatMap(({ user, copy }) => {
      try {
        return this.#open(directory, seed, user, copy);
      } catch {
        return [];
      }
    });
  }

  /** Opens a copy; its owner and its public key must be those of the directory, or a lying server could give A the identity of B. */
  #open(directory: Directory, seed: Bytes, owner: Uuid, copy: string): Identity {
    const carrier = openSeal(this.#library, seed, fromBase64url(copy));
    const identity = identityFromSeed(this.#library, owner, readSeed('identity', owner, carrier));
    checkOwnKey(identity, directory);
    return identity;
  }

  /** @throws ClientError `NOT_ALLOWED` for who has not the right. */
  async #held(
    directory: Directory,
  ): Promise<{ escrow: NonNullable<PeopleBody['escrow']>; site: Uuid; seed: Bytes }> {
    const { escrow } = directory.people;
    const { seed: sealed } = await this.#server.call('escrowSeed', { session: this.#session.id });
    if (escrow === null || sealed === null) throw new ClientError('NOT_ALLOWED');
    const carrier = openSeal(this.#library, this.#session.identity.secretKey, fromBase64url(sealed));
    const seed = readSeed('escrow seed', directory.site, carrier);
    if (!equalBytes(this.#library.x25519PublicKey(seed), fromBase64url(escrow.publicKey))) {
      throw new ClientError('DIRECTORY_WRONG');
    }
    return { escrow, site: directory.site, seed };
  }

  #keyOf(directory: Directory, user: Uuid): Bytes {
    const publicKey = directory.persons.get(user)?.publicKey ?? null;
    if (publicKey === null) throw new ClientError('NOT_FOUND');
    return publicKey;
  }

  async #set(people: string, seeds: Seeds, copies: Copies): Promise<void> {
    await this.#server.call('setEscrow', { session: this.#session.id, body: { people, seeds, copies } });
  }
}
