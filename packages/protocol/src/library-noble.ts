/** The primitives over noble: plain JavaScript, so the key worker needs no WebAssembly and its policy allows none. */

import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Bytes, concat } from './bytes.ts';
import type { Library, RandomBytes } from './library.ts';
import { keyBytes, nonceBytes, tagBytes } from './sizes.ts';

/** "expand 32-byte k", the constant of Salsa20 (Bernstein, "Extending the Salsa20 nonce", 2011). */
const sigma = littleEndianWords(new TextEncoder().encode('expand 32-byte k'));

export function createNobleLibrary(random: RandomBytes): Library {
  return {
    random,
    sha256: (message) => Uint8Array.from(sha256(message)),
    blake2b256: (message, key) => Uint8Array.from(blake2b(message, key ? { dkLen: 32, key } : { dkLen: 32 })),
    x25519PublicKey: (secretKey) => Uint8Array.from(x25519.getPublicKey(secretKey)),
    secretBox: (key, nonce, message) => Uint8Array.from(xsalsa20poly1305(key, nonce).encrypt(message)),
    openSecretBox: (key, nonce, ciphertext) => orNull(() => xsalsa20poly1305(key, nonce).decrypt(ciphertext)),
    sealedBox,
    openSealedBox,
    aead: (key, nonce, message) => Uint8Array.from(xchacha20poly1305(key, nonce).encrypt(message)),
    openAead: (key, nonce, ciphertext) => orNull(() => xchacha20poly1305(key, nonce).decrypt(ciphertext)),
    ed25519PublicKey: (seed) => Uint8Array.from(ed25519.getPublicKey(seed)),
    ed25519Sign: (seed, message) => Uint8Array.from(ed25519.sign(message, seed)),
    ed25519Verify: (publicKey, message, signature) =>
      // zip215: false is RFC 8032's strict check, as libsodium does it.
      orNull(() => (ed25519.verify(signature, message, publicKey, { zip215: false }) ? signature : null)) !==
      null,
  };
}

function sealedBox(publicKey: Uint8Array, ephemeralSecretKey: Uint8Array, message: Uint8Array): Bytes | null {
  const ephemeralPublicKey = x25519.getPublicKey(ephemeralSecretKey);
  const key = boxKey(ephemeralSecretKey, publicKey);
  if (key === null) return null;
  const nonce = sealNonce(ephemeralPublicKey, publicKey);
  return concat(ephemeralPublicKey, xsalsa20poly1305(key, nonce).encrypt(message));
}

function openSealedBox(secretKey: Uint8Array, ciphertext: Uint8Array): Bytes | null {
  if (ciphertext.length < keyBytes + tagBytes) return null;
  const ephemeralPublicKey = ciphertext.subarray(0, keyBytes);
  const key = boxKey(secretKey, ephemeralPublicKey);
  if (key === null) return null;
  const nonce = sealNonce(ephemeralPublicKey, x25519.getPublicKey(secretKey));
  return orNull(() => xsalsa20poly1305(key, nonce).decrypt(ciphertext.subarray(keyBytes)));
}

/** `crypto_box_beforenm`: HSalsa20 of the shared point. @returns null for a point of low order. */
function boxKey(secretKey: Uint8Array, publicKey: Uint8Array): Bytes | null {
  const shared = orNull(() => x25519.getSharedSecret(secretKey, publicKey));
  if (shared === null) return null;
  const out = new Uint32Array(8);
  hsalsa(sigma, littleEndianWords(shared), new Uint32Array(4), out);
  const key = new Uint8Array(keyBytes);
  const view = new DataView(key.buffer);
  for (const [index, word] of out.entries()) view.setUint32(index * 4, word, true);
  return key;
}

function sealNonce(ephemeralPublicKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  return blake2b(concat(ephemeralPublicKey, publicKey), { dkLen: nonceBytes });
}

function littleEndianWords(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, index) => view.getUint32(index * 4, true));
}

/** noble throws where libsodium answers −1. */
function orNull(open: () => Uint8Array | null): Bytes | null {
  try {
    const opened = open();
    return opened === null ? null : Uint8Array.from(opened);
  } catch {
    return null;
  }
}
