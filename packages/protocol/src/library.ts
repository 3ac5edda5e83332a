/**
 * The primitives the protocol is built from, behind one interface: libsodium proper in Node (library-sodium.ts), noble in the
 * browser (library-noble.ts). The same vectors pass on both. Randomness is the caller's.
 */
import type { Bytes } from './bytes.ts';

/** `length` bytes from the system's generator. */
export type RandomBytes = (length: number) => Bytes;

export interface Library {
  random: RandomBytes;
  sha256(message: Uint8Array): Bytes;
  /** BLAKE2b with 32 bytes out; keyed where a key is given (RFC 7693). */
  blake2b256(message: Uint8Array, key?: Uint8Array): Bytes;
  x25519PublicKey(secretKey: Uint8Array): Bytes;
  /** `crypto_secretbox_easy`: ciphertext with its tag in front. */
  secretBox(key: Uint8Array, nonce: Uint8Array, message: Uint8Array): Bytes;
  /** @returns null when the tag does not hold. */
  openSecretBox(key: Uint8Array, nonce: Uint8Array, ciphertext: Uint8Array): Bytes | null;
  /**
   * `crypto_box_seal` with an ephemeral secret key given, so that vectors can fix it.
   * @returns null when the public key is of low order.
   */
  sealedBox(publicKey: Uint8Array, ephemeralSecretKey: Uint8Array, message: Uint8Array): Bytes | null;
  /** `crypto_box_seal_open`. @returns null when it does not open. */
  openSealedBox(secretKey: Uint8Array, ciphertext: Uint8Array): Bytes | null;
  /** `crypto_aead_xchacha20poly1305_ietf_encrypt` without associated data. */
  aead(key: Uint8Array, nonce: Uint8Array, message: Uint8Array): Bytes;
  openAead(key: Uint8Array, nonce: Uint8Array, ciphertext: Uint8Array): Bytes | null;
  ed25519PublicKey(seed: Uint8Array): Bytes;
  ed25519Sign(seed: Uint8Array, message: Uint8Array): Bytes;
  ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}
