/** A forgotten password (S10): the link that came by mail, then the recovery key, then a password and a recovery key that are new. */
import type { SiteResponse } from '@sotto/contract/site';
import { equalBytes, fromBase64url, toBase64url } from '@sotto/protocol/bytes';
import {
  type Credential,
  deriveCredential,
  passwordBytes,
  stretchCredential,
} from '@sotto/protocol/credential';
import { type Identity, openIdentity } from '@sotto/protocol/identity';
import { readRecoveryKey } from '@sotto/protocol/recovery-key';
import { openKnown, wrapAccount } from './account.ts';
import { checkNotOlder, type Directory, openDirectory } from './directory.ts';
import type { Environment } from './environment.ts';
import { ClientError } from './errors.ts';
import { checkNewPassword } from './password-strength.ts';
import { patiently } from './patience.ts';
import type { Server } from './server.ts';
import type { OnProgress } from './views.ts';

/** An account whose identity is open by its recovery key; nothing has changed yet. */
export type OpenReset = {
  readonly userName: string;
  readonly name: string;
  /** Sets the password; the link is used up then, and every session of the account has ended. */
  finish(
    password: string,
    code: string | null,
    onProgress: OnProgress,
  ): Promise<{ readonly recoveryKey: string; readonly credential: Credential }>;
};

/** @throws ClientError `LINK_MALFORMED`, `LINK_ENDED`. */
export async function checkReset(server: Server, fragment: string): Promise<void> {
  await server.call('resetLink', { session: null, body: { link: linkOf(fragment) } });
}

/**
 * Opens the identity of whoever has both the link and the recovery key, and checks it against the directory.
 *
 * @throws ProtocolError `RECOVERY_KEY_MALFORMED`. @throws ClientError `WRONG_CREDENTIAL`, `LINK_ENDED`, `DIRECTORY_WRONG`.
 */
export async function openReset(
  environment: Environment,
  server: Server,
  fragment: string,
  printed: string,
  onProgress: OnProgress,
): Promise<OpenReset> {
  const { library } = environment;
  const link = linkOf(fragment);
  const recovery = deriveCredential(library, 'recovery', readRecoveryKey(library, printed));
  const proof = { link, authKey: toBase64url(recovery.authKey) };
  const account = await server.call('openReset', { session: null, body: proof, onProgress });
  const identity = openIdentity(library, recovery.wrapKey, account.user, fromBase64url(account.identity));
  const known = openKnown(library, identity, account.own);
  const response = await server.call('site', { session: null });
  checkOwnKey(identity, openOwnDirectory(environment, response, known.siteKey, known));
  return {
    userName: account.userName,
    name: account.name,
    async finish(password, code, onProgress) {
      checkNewPassword(password, [account.userName, account.name]);
      const secret = passwordBytes(password);
      const salt = fromBase64url(account.salt);
      const { stretcher, wait } = environment;
      const credential = await stretchCredential(library, stretcher, 'password', secret, salt, (done) =>
        onProgress({ stage: 'stretching', done: Math.round(done * 1000), total: 1000 }),
      );
      const { keys, recoveryKey } = wrapAccount(library, identity, credential, known);
      // The same bytes again after a lost answer: which recovery key holds is never open.
      await patiently(
        () =>
          server.call('completeReset', {
            session: null,
            body: { ...proof, keys, ...(code === null ? {} : { code }) },
          }),
        wait,
        new AbortController().signal,
        () => onProgress({ stage: 'waiting', done: 0, total: 0 }),
      );
      return { recoveryKey, credential };
    },
  };
}

/** The directory must name this very identity, or somebody would be given another one's account. @throws ClientError `DIRECTORY_WRONG`. */
export function checkOwnKey(identity: Identity, directory: Directory): void {
  const stated = directory.persons.get(identity.owner)?.publicKey ?? null;
  if (stated === null || !equalBytes(stated, identity.publicKey)) throw new ClientError('DIRECTORY_WRONG');
}

function openOwnDirectory(
  { library }: Environment,
  response: SiteResponse,
  siteKey: string,
  known: Parameters<typeof checkNotOlder>[2],
): Directory {
  if (response.state === 'unclaimed') throw new ClientError('DIRECTORY_OUTDATED');
  const directory = openDirectory(library, response, siteKey);
  checkNotOlder(directory, response, known);
  return directory;
}

function linkOf(fragment: string): string {
  if (!/^[A-Za-z0-9_-]{43}$/.test(fragment)) throw new ClientError('LINK_MALFORMED');
  return fragment;
}
