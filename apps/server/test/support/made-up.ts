/**
 * Requests that are right in every form and carry nothing: boxes of random bytes, keys of nobody, but real signatures. The
 * server cannot tell them from true ones, which is the point of it, and they cost no stretching.
 */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { SetupRequest } from '@sotto/contract/account';
import type { ChannelBody, DirectoryUser, PeopleBody } from '@sotto/contract/directory';
import type { Role } from '@sotto/contract/forms';
import type { ItemRequest, SubmitRequest } from '@sotto/contract/report';
import { parseUuid, type Uuid } from '@sotto/protocol/bytes';
import { sha256 } from '@sotto/protocol/server/credential';
import {
  boxedDraftKeysBytes,
  boxedIdentityBytes,
  boxOverhead,
  sealedReportKeyBytes,
  sealedSeedBytes,
} from '@sotto/protocol/sizes';
import { newId as newText } from './temporary.ts';

export const newId = (): Uuid => parseUuid(newText());
export const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
export const random = (length: number): string => text(randomBytes(length));

/** Random bytes behind the version byte. */
export function box(length: number): string {
  const bytes = randomBytes(length);
  bytes[0] = 1;
  return text(bytes);
}

/** A boxed item of the smallest size. */
export const itemBox = (): string => box(boxOverhead + 256);

/** An Ed25519 key pair, the public half as 32 bytes in base64url. */
export type SigningKey = { readonly publicKey: string; readonly privateKey: KeyObject };

export function signingKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: String(publicKey.export({ format: 'jwk' }).x), privateKey };
}

/** 0x01 ‖ signature ‖ body (S14). */
export function statement(key: SigningKey, body: PeopleBody | ChannelBody | Record<string, unknown>): string {
  const bytes = Buffer.from(JSON.stringify(body));
  const signed = Buffer.concat([Buffer.from('sotto/1/directory\0'), bytes]);
  return text(Buffer.concat([Buffer.of(1), sign(null, signed, key.privateKey), bytes]));
}

/** An enrolment key's signature over a user's public key (S2). */
export function enrolment(key: SigningKey, userId: string, publicKey: string): string {
  const message = Buffer.concat([
    Buffer.from('sotto/1/enrolment\0'),
    Buffer.from(userId.replaceAll('-', ''), 'hex'),
    Buffer.from(publicKey, 'base64url'),
  ]);
  return text(sign(null, message, key.privateKey));
}

/** A credential: what uses it, and what sets it. */
export function credential(): { authKey: string; hash: string } {
  const authKey = randomBytes(32);
  return { authKey: text(authKey), hash: text(sha256(authKey)) };
}

export function accountKeys(
  credentialHash: string,
  recoveryHash: string = random(32),
): SetupRequest['administrator']['keys'] {
  return {
    credential: credentialHash,
    publicKey: random(32),
    identity: box(boxedIdentityBytes),
    recoveryCredential: recoveryHash,
    recoveryIdentity: box(boxedIdentityBytes),
    recoveryKey: box(sealedSeedBytes),
    own: box(200),
  };
}

export function person(id: Uuid, name: string, roles: Role[], key: DirectoryUser['key']): DirectoryUser {
  return { id, name, roles, key };
}

export function peopleBody(
  site: Uuid,
  version: number,
  users: DirectoryUser[],
  escrow: PeopleBody['escrow'] = null,
): PeopleBody {
  return { kind: 'people', site, version, users, escrow };
}

export function channelBody(site: Uuid, id: Uuid, version: number, recipients: Uuid[]): ChannelBody {
  return { kind: 'channel', site, id, version, name: 'A channel', description: '', recipients, days: 90 };
}

/** A submission for these holders; `credentialHash` is what its receipt sets. */
export function submission(
  channel: Uuid,
  holders: readonly Uuid[],
  credentialHash: string,
  files: readonly Uuid[] = [],
): SubmitRequest {
  return {
    channel,
    publicKey: random(32),
    credential: credentialHash,
    identity: box(boxedIdentityBytes),
    seal: box(sealedReportKeyBytes),
    seals: holders.map((holder) => ({ holder, seal: box(sealedReportKeyBytes) })),
    answers: { id: newId(), box: itemBox() },
    summary: { id: newId(), box: itemBox() },
    files: files.map((id) => ({ id, box: itemBox() })),
  };
}

/** What keeps a draft: its vault and what is written so far, under a name. */
export function draft(name: string = random(32)): { name: string; vault: string; box: string } {
  return { name, vault: box(boxedDraftKeysBytes), box: itemBox() };
}

export function comment(holders: readonly Uuid[], id: Uuid = newId()): ItemRequest {
  return { kind: 'comment', id, epoch: 0, holders: [...holders], box: itemBox() };
}

export function fileItem(holders: readonly Uuid[], size: number, id: Uuid = newId()): ItemRequest {
  return { kind: 'file', id, size, epoch: 0, holders: [...holders], box: itemBox() };
}

/** A sealed chunk that holds `length` bytes of plaintext. */
export function chunk(length: number): Buffer {
  const bytes = randomBytes(length + boxOverhead);
  bytes[0] = 1;
  return bytes;
}
