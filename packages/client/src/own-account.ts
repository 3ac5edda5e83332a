/** What a signed-in person does with their own credentials (S1, S3): each act proves the present password first. */
import type { Security } from '@sotto/contract/account';
import { openSeal } from '@sotto/protocol/box';
import { type Bytes, equalBytes, fromBase64url, toBase64url } from '@sotto/protocol/bytes';
import {
  type Credential,
  credentialHash,
  deriveCredential,
  passwordBytes,
  stretchCredential,
} from '@sotto/protocol/credential';
import { boxIdentity, openIdentity } from '@sotto/protocol/identity';
import { readSeed } from '@sotto/protocol/key-carrier';
import { printRecoveryKey, readRecoveryKey } from '@sotto/protocol/recovery-key';
import type { Environment } from './environment.ts';
import { ClientError } from './errors.ts';
import type { MemberSession } from './member-session.ts';
import { checkNewPassword } from './password-strength.ts';
import { patiently } from './patience.ts';
import { factorView, makeFactorSecret } from './second-factor.ts';
import type { Server } from './server.ts';
import type { NewFactorView, OnProgress, SecurityView } from './views.ts';

export class OwnAccount {
  readonly #environment: Environment;
  readonly #server: Server;
  readonly #session: MemberSession;
  /** Of the second factor that is being set; null when none is. */
  #factorSecret: Bytes | null = null;

  constructor(environment: Environment, server: Server, session: MemberSession) {
    this.#environment = environment;
    this.#server = server;
    this.#session = session;
  }

  /**
   * Wraps the identity under a new password. The person's other sessions end; this one goes on.
   *
   * @throws ClientError `PASSWORD_INSECURE`, `PASSWORD_UNCHANGED`; `WRONG_CREDENTIAL` when `present` is not the present password.
   */
  async changePassword(present: string, next: string, onProgress: OnProgress): Promise<SecurityView> {
    const { library } = this.#environment;
    const { userName, name } = this.#session.view;
    checkNewPassword(next, [userName, name]);
    const salt = await this.#salt();
    const before = await this.#stretch(present, salt, (done) => progressed(onProgress, done / 2));
    const after = await this.#stretch(next, salt, (done) => progressed(onProgress, (1 + done) / 2));
    const credential = toBase64url(credentialHash(library, after));
    if (credential === toBase64url(credentialHash(library, before)))
      throw new ClientError('PASSWORD_UNCHANGED');
    const identity = toBase64url(boxIdentity(library, after.wrapKey, this.#session.identity));
    const body = { authKey: toBase64url(before.authKey), credential, identity };
    // The same bytes again after a lost answer: the server knows them, and which of the two passwords holds is never open.
    return await this.#secured(onProgress, () =>
      this.#server.call('changePassword', { session: this.#session.id, body }),
    );
  }

  /** Made anew at each call. */
  newFactor(siteName: string): NewFactorView {
    this.#factorSecret = makeFactorSecret(this.#environment.library);
    return factorView(this.#factorSecret, siteName, this.#session.view.userName);
  }

  /** @throws ClientError `NOTHING_OPEN` before `newFactor`; `WRONG_CREDENTIAL`, `WRONG_CODE`, `SECOND_FACTOR`. */
  async setFactor(
    password: string,
    code: string,
    present: string | null,
    onProgress: OnProgress,
  ): Promise<SecurityView> {
    if (this.#factorSecret === null) throw new ClientError('NOTHING_OPEN');
    const secret = toBase64url(this.#factorSecret);
    const body = { authKey: await this.#authKey(password, onProgress), secret, code, present };
    const security = await this.#secured(onProgress, () =>
      this.#server.call('setFactor', { session: this.#session.id, body }),
    );
    this.#factorSecret.fill(0);
    this.#factorSecret = null;
    return security;
  }

  /** @throws ClientError `FACTOR_REQUIRED`, `WRONG_CREDENTIAL`, `WRONG_CODE`. */
  async endFactor(password: string, code: string, onProgress: OnProgress): Promise<SecurityView> {
    const body = { authKey: await this.#authKey(password, onProgress), code };
    return await this.#secured(onProgress, () =>
      this.#server.call('endFactor', { session: this.#session.id, body }),
    );
  }

  /** @returns its printed form. @throws ClientError `WRONG_CREDENTIAL`. */
  async recoveryKey(password: string, onProgress: OnProgress): Promise<string> {
    const { library } = this.#environment;
    const { id, identity } = this.#session;
    const body = { authKey: await this.#authKey(password, onProgress) };
    const { recoveryKey } = await this.#server.call('recoveryKey', { session: id, body });
    const carrier = openSeal(library, identity.secretKey, fromBase64url(recoveryKey));
    return printRecoveryKey(library, readSeed('recovery key', identity.owner, carrier));
  }

  /**
   * Tries both halves of the way back: the server takes what proves the key, and the identity opens with it.
   *
   * @throws ClientError `WRONG_CREDENTIAL` for the key of somebody else or an older one. @throws ProtocolError `RECOVERY_KEY_MALFORMED`.
   */
  async tryRecoveryKey(typed: string): Promise<SecurityView> {
    const { library } = this.#environment;
    const { id, identity } = this.#session;
    const credential = deriveCredential(library, 'recovery', readRecoveryKey(library, typed));
    const body = { authKey: toBase64url(credential.authKey) };
    const { recoveryIdentity, security } = await this.#server.call('tryRecoveryKey', { session: id, body });
    const box = fromBase64url(recoveryIdentity);
    const opened = openIdentity(library, credential.wrapKey, identity.owner, box);
    if (!equalBytes(opened.seed, identity.seed)) throw new ClientError('WRONG_CREDENTIAL');
    return this.#session.securityView(security);
  }

  /** Where mail reaches this person; null for nowhere. */
  async address(): Promise<string | null> {
    return (await this.#server.call('ownAddress', { session: this.#session.id })).mail;
  }

  /** @throws ClientError `WRONG_CREDENTIAL`. */
  async setAddress(password: string, mail: string | null, onProgress: OnProgress): Promise<void> {
    const body = { authKey: await this.#authKey(password, onProgress), mail };
    await this.#patiently(onProgress, () =>
      this.#server.call('setOwnAddress', { session: this.#session.id, body }),
    );
  }

  async #authKey(password: string, onProgress: OnProgress): Promise<string> {
    const salt = await this.#salt();
    const { authKey } = await this.#stretch(password, salt, (done) => progressed(onProgress, done));
    return toBase64url(authKey);
  }

  async #salt(): Promise<Bytes> {
    const { userName } = this.#session.view;
    const { salt } = await this.#server.call('salt', { session: null, body: { userName } });
    return fromBase64url(salt);
  }

  async #stretch(password: string, salt: Bytes, onDone: (done: number) => void): Promise<Credential> {
    const { library, stretcher } = this.#environment;
    return await stretchCredential(library, stretcher, 'password', passwordBytes(password), salt, onDone);
  }

  /** @returns how safe the account is after the act, as {@link #patiently} does it. */
  async #secured(onProgress: OnProgress, act: () => Promise<Security>): Promise<SecurityView> {
    return this.#session.securityView(await this.#patiently(onProgress, act));
  }

  /** An act that may be sent again with the same bytes. */
  #patiently<T>(onProgress: OnProgress, act: () => Promise<T>): Promise<T> {
    return patiently(act, this.#environment.wait, new AbortController().signal, () =>
      onProgress({ stage: 'waiting', done: 0, total: 0 }),
    );
  }
}

function progressed(onProgress: OnProgress, done: number): void {
  onProgress({ stage: 'stretching', done: Math.round(done * 1000), total: 1000 });
}
