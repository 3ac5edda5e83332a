/** The identity of a person: one seed, from which their box key pair and their own key follow (spec, Keys). */
import { box, openBox } from './box.ts';
import type { Bytes, Uuid } from './bytes.ts';
import { derive } from './derive.ts';
import { carrySeed, readSeed } from './key-carrier.ts';
import type { Library } from './library.ts';
import { keyBytes } from './sizes.ts';

export type Identity = {
  /** A user's id, or the id of the report for its whistleblower. */
  readonly owner: Uuid;
  readonly seed: Bytes;
  /** X25519. */
  readonly secretKey: Bytes;
  readonly publicKey: Bytes;
  /** Encrypts what is only this person's. */
  readonly ownKey: Bytes;
};

/** Makes a new identity, where the person is and nowhere else (S2, S4). */
export function makeIdentity(library: Library, owner: Uuid): Identity {
  return identityFromSeed(library, owner, library.random(keyBytes));
}

/** X25519 secret = derive(seed, "identity/box"); own key = derive(seed, "identity/own"). */
export function identityFromSeed(library: Library, owner: Uuid, seed: Bytes): Identity {
  const secretKey = derive(library, seed, 'identity/box');
  const publicKey = library.x25519PublicKey(secretKey);
  return { owner, seed, secretKey, publicKey, ownKey: derive(library, seed, 'identity/own') };
}

/** box(key, 0x02 ‖ owner ‖ seed): under the wrapKey of a credential, or under the session key for the vault (S3). */
export function boxIdentity(library: Library, key: Uint8Array, identity: Identity): Bytes {
  return box(library, key, carrySeed('identity', identity.owner, identity.seed));
}

/** @throws ProtocolError what {@link openBox} throws, and `WRONG_OWNER` for the identity of somebody else. */
export function openIdentity(library: Library, key: Uint8Array, owner: Uuid, boxed: Uint8Array): Identity {
  return identityFromSeed(library, owner, readSeed('identity', owner, openBox(library, key, boxed)));
}
