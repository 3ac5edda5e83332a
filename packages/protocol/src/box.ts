/**
 * The three envelopes, each with the version byte in front (spec, Bytes). Nonces and ephemeral keys are fresh random bytes,
 * never counted: to encrypt a thing twice is always safe.
 */
import { type Bytes, concat } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import type { Library } from './library.ts';
import { boxOverhead, keyBytes, nonceBytes, sealOverhead, version } from './sizes.ts';

/** `box(K, m)` = 0x01 ‖ nonce (24) ‖ SecretBox. */
export function box(library: Library, key: Uint8Array, message: Uint8Array): Bytes {
  const nonce = library.random(nonceBytes);
  return concat(Uint8Array.of(version), nonce, library.secretBox(key, nonce, message));
}

/** @throws ProtocolError `UNKNOWN_VERSION`, `WRONG_LENGTH`, `DOES_NOT_OPEN`. */
export function openBox(library: Library, key: Uint8Array, boxed: Uint8Array): Bytes {
  const { nonce, ciphertext } = split(boxed);
  return orRefuse(library.openSecretBox(key, nonce, ciphertext));
}

/** `chunk(K, m)` = 0x01 ‖ nonce (24) ‖ XChaCha20-Poly1305. */
export function chunk(library: Library, key: Uint8Array, message: Uint8Array): Bytes {
  const nonce = library.random(nonceBytes);
  return concat(Uint8Array.of(version), nonce, library.aead(key, nonce, message));
}

/** @throws ProtocolError `UNKNOWN_VERSION`, `WRONG_LENGTH`, `DOES_NOT_OPEN`. */
export function openChunk(library: Library, key: Uint8Array, sealed: Uint8Array): Bytes {
  const { nonce, ciphertext } = split(sealed);
  return orRefuse(library.openAead(key, nonce, ciphertext));
}

/** `seal(P, m)` = 0x01 ‖ SealedBox. @throws ProtocolError `LOW_ORDER_KEY`, `WRONG_LENGTH`; nothing is sealed then. */
export function seal(library: Library, publicKey: Uint8Array, message: Uint8Array): Bytes {
  if (publicKey.length !== keyBytes) throw new ProtocolError('WRONG_LENGTH');
  const sealed = library.sealedBox(publicKey, library.random(keyBytes), message);
  if (sealed === null) throw new ProtocolError('LOW_ORDER_KEY');
  return concat(Uint8Array.of(version), sealed);
}

/** @throws ProtocolError `UNKNOWN_VERSION`, `WRONG_LENGTH`, `DOES_NOT_OPEN`. */
export function openSeal(library: Library, secretKey: Uint8Array, sealed: Uint8Array): Bytes {
  checkVersion(sealed, sealOverhead);
  return orRefuse(library.openSealedBox(secretKey, sealed.subarray(1)));
}

function split(envelope: Uint8Array): { nonce: Uint8Array; ciphertext: Uint8Array } {
  checkVersion(envelope, boxOverhead);
  return { nonce: envelope.subarray(1, 1 + nonceBytes), ciphertext: envelope.subarray(1 + nonceBytes) };
}

/** The version comes first: an envelope of a later protocol may have any length. */
function checkVersion(envelope: Uint8Array, overhead: number): void {
  if (envelope.length > 0 && envelope[0] !== version) throw new ProtocolError('UNKNOWN_VERSION');
  if (envelope.length < overhead) throw new ProtocolError('WRONG_LENGTH');
}

function orRefuse(opened: Bytes | null): Bytes {
  if (opened === null) throw new ProtocolError('DOES_NOT_OPEN');
  return opened;
}
