/** A signed-in user in their agent: the session, the identity, and the site held to what this user knew of it (S3, S14). */
import type { Security } from '@sotto/contract/account';
import type { OpenSite } from '@sotto/contract/site';
import { type Bytes, fromBase64url, toBase64url, type Uuid } from '@sotto/protocol/bytes';
import type { Credential } from '@sotto/protocol/credential';
import { siteFingerprint } from '@sotto/protocol/directory';
import { boxIdentity, type Identity, openIdentity } from '@sotto/protocol/identity';
import { makeSessionKey, vaultName } from '@sotto/protocol/vault';
import { boxKnown, openKnown } from './account.ts';
import {
  checkNotOlder,
  type Directory,
  escrowView,
  type Known,
  knownOf,
  openDirectory,
} from './directory.ts';
import type { Environment } from './environment.ts';
import { ClientError } from './errors.ts';
import { keepEscrow } from './escrow-copy.ts';
import type { ResumeResponse, SignInResponse } from './responses.ts';
import type { Server } from './server.ts';
import { SessionLife } from './session-life.ts';
import type { MemberView, NewsView, OnProgress, SecurityView } from './views.ts';

export class MemberSession {
  readonly id: string;
  readonly identity: Identity;
  readonly life: SessionLife;
  readonly #environment: Environment;
  readonly #server: Server;
  readonly #account: Pick<MemberView, 'id' | 'userName' | 'name' | 'roles' | 'tab'>;
  #security: Security;
  #own: string;
  #siteSeed: string | null;
  /** The site's key that this very session made, which is no news to its owner. */
  #madeKey: string | null = null;
  /** As the directory says under the site's key (S11): a server that lies turns it neither on nor off. */
  #escrow: SecurityView['escrow'] = { on: false, holders: [] };

  private constructor(
    environment: Environment,
    server: Server,
    id: string,
    sessionKey: Bytes,
    identity: Identity,
    account: Pick<SignInResponse, 'userName' | 'name' | 'roles' | 'own' | 'siteSeed' | 'security'>,
    left?: number,
  ) {
    this.#environment = environment;
    this.#server = server;
    this.id = id;
    this.life = new SessionLife(environment, server, id, left);
    this.identity = identity;
    this.#siteSeed = account.siteSeed;
    this.#own = account.own;
    const { userName, name, roles } = account;
    this.#security = account.security;
    this.#account = {
      id: identity.owner,
      userName,
      name,
      roles,
      tab: { session: id, key: toBase64url(sessionKey) },
    };
  }

  get view(): MemberView {
    return { ...this.#account, security: { ...this.#security, escrow: this.#escrow } };
  }

  /** What is shown of an answer of the server's, which is remembered. */
  securityView(security: Security): SecurityView {
    this.#security = security;
    return this.view.security;
  }

  /** Signs in with a stretched password and, where there is a second factor, its code, and leaves the vault with the server so that a reload of the tab can go on (S3). */
  static async signIn(
    environment: Environment,
    server: Server,
    userName: string,
    credential: Credential,
    onProgress: OnProgress,
    code?: string,
  ): Promise<MemberSession> {
    const { library } = environment;
    const body = {
      userName,
      authKey: toBase64url(credential.authKey),
      ...(code === undefined ? {} : { code }),
    };
    const answer = await server.call('signIn', { session: null, body, onProgress });
    const identity = openIdentity(library, credential.wrapKey, answer.user, fromBase64url(answer.identity));
    const sessionKey = makeSessionKey(library);
    const session = new MemberSession(environment, server, answer.session, sessionKey, identity, answer);
    const { directory } = await session.directory();
    await keepEscrow(environment, server, session, directory);
    await server.call('keepVault', {
      session: answer.session,
      body: {
        name: toBase64url(vaultName(library, sessionKey)),
        identity: toBase64url(boxIdentity(library, sessionKey, identity)),
      },
    });
    return session;
  }

  /** @returns null when the session has ended: the person signs in again. */
  static async resume(
    environment: Environment,
    server: Server,
    tab: MemberView['tab'],
  ): Promise<MemberSession | null> {
    const { library } = environment;
    const sessionKey = fromBase64url(tab.key);
    const name = toBase64url(vaultName(library, sessionKey));
    const answer = await server.call('resume', { session: tab.session, body: { name } }).catch(endedIsNull);
    if (answer === null) return null;
    const identity = openIdentity(library, sessionKey, answer.user, fromBase64url(answer.identity));
    const session = new MemberSession(
      environment,
      server,
      answer.session,
      sessionKey,
      identity,
      answer,
      answer.left,
    );
    await session.directory();
    return session;
  }

  /** Sealed to this user, base64url; null for those who cannot sign the directory. */
  get siteSeed(): string | null {
    return this.#siteSeed;
  }

  /** What others did that concerns this user's keys, with the names of the directory; and what this agent noticed itself. */
  async news(): Promise<NewsView> {
    const { library } = this.#environment;
    const { notices } = await this.#server.call('notices', { session: this.id });
    const { directory } = await this.directory();
    const { keyBefore } = openKnown(library, this.identity, this.#own);
    const name = (id: Uuid | null) => (id === null ? null : (directory.persons.get(id)?.name ?? null));
    return {
      notices: notices.map(({ order, day, act, actor, object }) => ({
        order,
        day,
        act,
        by: name(actor),
        whom: name(object),
      })),
      newKey:
        keyBefore === null
          ? null
          : {
              before: siteFingerprint(library, fromBase64url(keyBefore)),
              now: siteFingerprint(library, directory.sitePublicKey),
            },
    };
  }

  async seeNews(upTo: number): Promise<void> {
    await this.#server.call('seeNotices', { session: this.id, body: { upTo } });
    const known = openKnown(this.#environment.library, this.identity, this.#own);
    if (known.keyBefore !== null) await this.#remember({ ...known, keyBefore: null });
  }

  /** Goes on with another key of the site, which this session made. @param seed sealed to this user, base64url. */
  adoptSiteKey(publicKey: string, seed: string): void {
    this.#madeKey = publicKey;
    this.#siteSeed = seed;
  }

  /** The directory now, held to the key and versions this user saw before; what is newer is remembered. */
  async directory(): Promise<{ response: OpenSite; directory: Directory }> {
    const { library } = this.#environment;
    const known = openKnown(library, this.identity, this.#own);
    const response = await this.#server.call('site', { session: null });
    if (response.state === 'unclaimed') throw new ClientError('DIRECTORY_OUTDATED');
    const directory = openDirectory(library, response, known.siteKey);
    checkNotOlder(directory, response, known);
    this.#escrow = escrowView(directory);
    const another = response.publicKey !== known.siteKey && response.publicKey !== this.#madeKey;
    const keyBefore = known.keyBefore ?? (another ? known.siteKey : null);
    const now = { ...knownOf(directory, response), keyBefore };
    if (JSON.stringify(now) !== JSON.stringify(known)) await this.#remember(now);
    return { response, directory };
  }

  async #remember(known: Known): Promise<void> {
    this.#own = boxKnown(this.#environment.library, this.identity, known);
    await this.#server.call('keepOwn', { session: this.id, body: { own: this.#own } });
  }
}

function endedIsNull(failure: unknown): ResumeResponse | null {
  const ended =
    failure instanceof ClientError && ['SESSION_ENDED', 'NOT_FOUND', 'NOT_ALLOWED'].includes(failure.code);
  if (ended) return null;
  throw failure;
}
