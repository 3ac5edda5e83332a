/** First login (S2): the agent makes the account's keys behind a password of the person's own, and signs its public key (S14). */
import { equalBytes, fromBase64url, toBase64url, uuidBytes } from '@sotto/protocol/bytes';
import {
  type Credential,
  deriveCredential,
  enrolmentSeed,
  passwordBytes,
  stretchCredential,
} from '@sotto/protocol/credential';
import { openIdentity } from '@sotto/protocol/identity';
import { enrolmentMessage } from '@sotto/protocol/statement';
import { makeAccount, openKnown, parseActivation, wrapAccount } from './account.ts';
import { checkNotOlder, escrowView, knownOf, openDirectory } from './directory.ts';
import type { Environment } from './environment.ts';
import { ClientError } from './errors.ts';
import { checkNewPassword } from './password-strength.ts';
import { checkOwnKey } from './recovery.ts';
import type { Server } from './server.ts';
import type { ActivationView, OnProgress } from './views.ts';

/** @throws ClientError `LINK_MALFORMED`, `LINK_ENDED`, `SITE_KEY_DIFFERS`. */
export async function readActivation(
  environment: Environment,
  server: Server,
  fragment: string,
): Promise<ActivationView> {
  const { secret, siteKey } = parseActivation(fragment);
  const { authKey } = deriveCredential(environment.library, 'activation', secret);
  const site = await server.call('site', { session: null });
  if (site.state === 'unclaimed') throw new ClientError('NOT_SET_UP');
  const directory = openDirectory(environment.library, site, siteKey);
  const { userName, name, siteName, restore } = await server.call('activation', {
    session: null,
    body: { authKey: toBase64url(authKey) },
  });
  return { userName, name, siteName, isReturn: restore !== null, escrow: escrowView(directory) };
}

/** Makes the keys and hands them over; the link is used up then. @returns what signs in. */
export async function activate(
  environment: Environment,
  server: Server,
  fragment: string,
  password: string,
  onProgress: OnProgress,
): Promise<{ userName: string; recoveryKey: string; credential: Credential }> {
  const { library, stretcher } = environment;
  const { secret, siteKey } = parseActivation(fragment);
  const passwordText = passwordBytes(password);
  const opener = deriveCredential(library, 'activation', secret);
  const authKey = toBase64url(opener.authKey);
  const invited = await server.call('activation', { session: null, body: { authKey } });
  checkNewPassword(password, [invited.userName, invited.name, invited.siteName]);
  const site = await server.call('site', { session: null });
  if (site.state === 'unclaimed') throw new ClientError('NOT_SET_UP');
  const directory = openDirectory(library, site, siteKey);

  if (invited.restore !== null) {
    const identity = openIdentity(
      library,
      opener.wrapKey,
      invited.user,
      fromBase64url(invited.restore.identity),
    );
    checkOwnKey(identity, directory);
    const known = openKnown(library, identity, invited.restore.own);
    checkNotOlder(directory, site, known);
    const credential = await stretch();
    const { keys, recoveryKey } = wrapAccount(library, identity, credential, known);
    await server.call('restore', { session: null, body: { authKey, keys } });
    return { userName: invited.userName, recoveryKey, credential };
  }

  // The directory must name this very enrolment, or nobody would believe the key made here.
  const seed = enrolmentSeed(library, secret);
  const user = directory.people.users.find(({ id }) => id === invited.user);
  const expected = library.ed25519PublicKey(seed);
  const enrolled =
    user?.key.kind === 'enrolment' && equalBytes(fromBase64url(user.key.enrolmentKey), expected);
  if (!enrolled) throw new ClientError('DIRECTORY_WRONG');

  const credential = await stretch();
  const account = makeAccount(library, invited.user, credential, knownOf(directory, site));
  const signature = library.ed25519Sign(
    seed,
    enrolmentMessage(uuidBytes(invited.user), account.identity.publicKey),
  );
  await server.call('activate', {
    session: null,
    body: { authKey, keys: account.keys, signature: toBase64url(signature) },
  });
  return { userName: invited.userName, recoveryKey: account.recoveryKey, credential };

  function stretch(): Promise<Credential> {
    const salt = fromBase64url(invited.salt);
    return stretchCredential(library, stretcher, 'password', passwordText, salt, (done) =>
      onProgress({ stage: 'stretching', done: Math.round(done * 1000), total: 1000 }),
    );
  }
}
