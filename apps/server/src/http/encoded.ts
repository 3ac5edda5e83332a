/** Bytes in the JSON of the contract. The schemas have checked alphabet and length; the version byte is checked here. */
import { randomBytes } from 'node:crypto';
import type { Bytes, Uuid } from '@sotto/protocol/bytes';
import { parseUuid } from '@sotto/protocol/bytes';
import { version } from '@sotto/protocol/sizes';
import { Refusal } from './refusal.ts';

/** Bytes of a field that a schema has accepted. */
export function decoded(text: string): Bytes {
  return Uint8Array.from(Buffer.from(text, 'base64url'));
}

/** Bytes of a box, seal or statement. @throws Refusal `MALFORMED` for a version that is not known: never guessed. */
export function versioned(text: string): Bytes {
  const bytes = decoded(text);
  if (bytes[0] !== version) throw new Refusal('MALFORMED');
  return bytes;
}

/** Base64url without padding. */
export function encoded(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}

/** An id from the database, where only parsed ids are written. @throws ProtocolError `MALFORMED` otherwise. */
export const storedId: (text: string) => Uuid = parseUuid;

/** Compared in place of a verifier that does not exist, so that both ways do the same work. */
export const nobody: Uint8Array = randomBytes(32);
