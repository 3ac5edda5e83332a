/** Making a site (issue of its keys, first administrator, one channel, first recipient) in one request that lands whole (S2, S14). */
import type { SetupRequest } from '@sotto/contract/account';
import type { ChannelBody, DirectoryUser } from '@sotto/contract/directory';
import { toBase64url, type Uuid } from '@sotto/protocol/bytes';
import { type Credential, credentialHash, deriveCredential } from '@sotto/protocol/credential';
import { signStatement } from '@sotto/protocol/directory';
import { keyBytes } from '@sotto/protocol/sizes';
import { activationLink, makeAccount, passwordCredential } from './account.ts';
import { enrolmentKey, firstPeople, sealSiteSeed } from './administrator.ts';
import type { Environment } from './environment.ts';
import { ClientError } from './errors.ts';
import { escrowCopy, sealEscrowSeed } from './escrow-copy.ts';
import { newId } from './items.ts';
import { checkNewPassword } from './password-strength.ts';
import type { Server } from './server.ts';
import type { OnProgress, Role, SetupForm, SetupResult } from './views.ts';

/** How long a report is kept unless an administrator says otherwise. */
const usualDays = 90;

type SetUp = Omit<SetupResult, 'member'> & { readonly credential: Credential };

/** @throws ClientError `ALREADY_SET_UP`, and `LINK_ENDED` or `WRONG_CREDENTIAL` for a secret that is not this server's. */
export async function setUp(
  environment: Environment,
  server: Server,
  form: SetupForm,
  onProgress: OnProgress,
): Promise<SetUp> {
  const { library } = environment;
  const unclaimed = await server.call('site', { session: null });
  if (unclaimed.state === 'open') throw new ClientError('ALREADY_SET_UP');
  const { userName, name, password } = form.administrator;
  checkNewPassword(password, [userName, name, form.siteName]);
  const credential = await passwordCredential(environment, server, userName, password, onProgress);

  const siteSeed = library.random(keyBytes);
  const siteKey = toBase64url(library.ed25519PublicKey(siteSeed));
  const sign = (body: unknown) => toBase64url(signStatement(library, siteSeed, body));
  const site = unclaimed.site;
  const channelId = newId(library);
  const known = { siteKey, keyBefore: null, people: 1, channels: { [channelId]: 1 } };
  const account = makeAccount(library, newId(library), credential, known);
  const roles: Role[] =
    form.firstRecipient === 'administrator' ? ['administrator', 'recipient'] : ['administrator'];
  const administrator: DirectoryUser = {
    id: account.identity.owner,
    name,
    roles,
    key: { kind: 'public', publicKey: account.keys.publicKey },
  };
  const invited =
    form.firstRecipient === 'administrator' ? null : inviteFirst(environment, form.firstRecipient);
  const users = invited === null ? [administrator] : [administrator, invited.user];
  const channel: ChannelBody = {
    kind: 'channel',
    site,
    id: channelId,
    version: 1,
    ...form.channel,
    recipients: [invited?.user.id ?? administrator.id],
    days: usualDays,
  };
  const escrowSeed = library.random(keyBytes);
  const escrowKey = library.x25519PublicKey(escrowSeed);
  const escrow = form.escrow ? { publicKey: toBase64url(escrowKey), holders: [administrator.id] } : null;
  await server.call('setup', {
    session: null,
    body: {
      secret: form.secret,
      site: {
        name: form.siteName,
        language: form.language,
        exitAddress: form.exitAddress,
        publicKey: siteKey,
      },
      administrator: { id: administrator.id, userName, name, roles, keys: account.keys },
      siteSeed: sealSiteSeed(library, account.identity.publicKey, site, siteSeed),
      recipient: invited?.invitation ?? null,
      people: sign(firstPeople(site, users, escrow)),
      channel: sign(channel),
      escrow: form.escrow
        ? {
            seed: sealEscrowSeed(library, account.identity.publicKey, site, escrowSeed),
            copy: escrowCopy(library, escrowKey, account.identity),
          }
        : null,
    },
  });
  return {
    credential,
    recoveryKey: account.recoveryKey,
    activationLink: invited === null ? null : activationLink(invited.secret, siteKey),
    publicLink: `/#${siteKey}`,
  };
}

function inviteFirst({ library }: Environment, person: { readonly userName: string; readonly name: string }) {
  const secret = library.random(keyBytes);
  const id: Uuid = newId(library);
  const roles: Role[] = ['recipient'];
  const user: DirectoryUser = { id, name: person.name, roles, key: enrolmentKey(library, secret) };
  const activation = toBase64url(credentialHash(library, deriveCredential(library, 'activation', secret)));
  const invitation: NonNullable<SetupRequest['recipient']> = { id, ...person, roles, activation };
  return { secret, user, invitation };
}
