/** Making and opening a user's account: keys behind a password, a recovery key, and what the agent remembers of the site (S1–S3). */
import type { AccountKeys } from '@sotto/contract/account';
import { box, openBox, seal } from '@sotto/protocol/box';
import { type Bytes, fromBase64url, fromUtf8, toBase64url, type Uuid, utf8 } from '@sotto/protocol/bytes';
import {
  type Credential,
  credentialHash,
  deriveCredential,
  passwordBytes,
  stretchCredential,
} from '@sotto/protocol/credential';
import { boxIdentity, type Identity, makeIdentity } from '@sotto/protocol/identity';
import { carrySeed } from '@sotto/protocol/key-carrier';
import type { Library } from '@sotto/protocol/library';
import { pad, unpad } from '@sotto/protocol/padding';
import { printRecoveryKey } from '@sotto/protocol/recovery-key';
import { keyBytes } from '@sotto/protocol/sizes';
import * as v from 'valibot';
import type { Known } from './directory.ts';
import type { Environment } from './environment.ts';
import { ClientError } from './errors.ts';
import type { Server } from './server.ts';
import type { OnProgress } from './views.ts';

export type NewAccount = {
  readonly identity: Identity;
  readonly keys: AccountKeys;
  /** Printed form, to be shown once. */
  readonly recoveryKey: string;
};

const knownSchema = v.strictObject({
  siteKey: v.pipe(v.string(), v.length(43)),
  keyBefore: v.nullable(v.pipe(v.string(), v.length(43))),
  people: v.number(),
  channels: v.record(v.string(), v.number()),
});

/** Stretches a user's password with the salt the server gives for the name (S1). */
export async function passwordCredential(
  environment: Environment,
  server: Server,
  userName: string,
  password: string,
  onProgress: OnProgress,
): Promise<Credential> {
  const secret = passwordBytes(password);
  const { salt } = await server.call('salt', { session: null, body: { userName } });
  return await stretchCredential(
    environment.library,
    environment.stretcher,
    'password',
    secret,
    fromBase64url(salt),
    (done) => onProgress({ stage: 'stretching', done: Math.round(done * 1000), total: 1000 }),
  );
}

/** Makes identity and recovery key for a new user; `known` is what their agent will hold the site to. */
export function makeAccount(library: Library, owner: Uuid, credential: Credential, known: Known): NewAccount {
  return wrapAccount(library, makeIdentity(library, owner), credential, known);
}

/** Wraps an identity for its owner, with a new recovery key: at first login, and after each way back (S10, S11). */
export function wrapAccount(
  library: Library,
  identity: Identity,
  credential: Credential,
  known: Known,
): NewAccount {
  const recovery = library.random(keyBytes);
  const recoveryCredential = deriveCredential(library, 'recovery', recovery);
  return {
    identity,
    recoveryKey: printRecoveryKey(library, recovery),
    keys: {
      credential: toBase64url(credentialHash(library, credential)),
      publicKey: toBase64url(identity.publicKey),
      identity: toBase64url(boxIdentity(library, credential.wrapKey, identity)),
      recoveryCredential: toBase64url(credentialHash(library, recoveryCredential)),
      recoveryIdentity: toBase64url(boxIdentity(library, recoveryCredential.wrapKey, identity)),
      recoveryKey: toBase64url(
        seal(library, identity.publicKey, carrySeed('recovery key', identity.owner, recovery)),
      ),
      own: boxKnown(library, identity, known),
    },
  };
}

/** box(own key, pad(JSON)): what the agent remembers of the site between sessions (S14). */
export function boxKnown(library: Library, identity: Identity, known: Known): string {
  return toBase64url(box(library, identity.ownKey, pad(utf8(JSON.stringify(known)))));
}

/** @throws ClientError `DIRECTORY_WRONG` when it is not what this agent wrote. */
export function openKnown(library: Library, identity: Identity, own: string): Known {
  const text = fromUtf8(unpad(openBox(library, identity.ownKey, fromBase64url(own))));
  const known = v.safeParse(knownSchema, JSON.parse(text));
  if (!known.success) throw new ClientError('DIRECTORY_WRONG');
  return known.output;
}

/** The two halves of an activation link's fragment: secret and site key, 43 characters each, a dot between (S2). */
export function parseActivation(fragment: string): { secret: Bytes; siteKey: string } {
  const parts = /^([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/.exec(fragment);
  if (parts?.[1] === undefined || parts[2] === undefined) throw new ClientError('LINK_MALFORMED');
  try {
    fromBase64url(parts[2]);
    return { secret: fromBase64url(parts[1]), siteKey: parts[2] };
  } catch {
    throw new ClientError('LINK_MALFORMED');
  }
}

export function activationLink(secret: Bytes, siteKey: string): string {
  return `/login#activate=${toBase64url(secret)}.${siteKey}`;
}
