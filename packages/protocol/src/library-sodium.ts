/** The primitives over libsodium proper, for Node: the desk agent and the tests. */
import sodium from 'sodium-native';
import { type Bytes, concat } from './bytes.ts';
import type { Library, RandomBytes } from './library.ts';
import { keyBytes, nonceBytes, signatureBytes, tagBytes } from './sizes.ts';

export function createSodiumLibrary(random: RandomBytes): Library {
  return {
    random,
    sha256: (message) => filled(32, (out) => sodium.crypto_hash_sha256(out, message)),
    blake2b256,
    x25519PublicKey,
    secretBox: (key, nonce, message) =>
      filled(message.length + tagBytes, (out) => sodium.crypto_secretbox_easy(out, message, nonce, key)),
    openSecretBox: (key, nonce, ciphertext) =>
      opened(ciphertext.length - tagBytes, (out) =>
        sodium.crypto_secretbox_open_easy(out, ciphertext, nonce, key),
      ),
    sealedBox,
    openSealedBox: (secretKey, ciphertext) =>
      opened(ciphertext.length - keyBytes - tagBytes, (out) =>
        sodium.crypto_box_seal_open(out, ciphertext, x25519PublicKey(secretKey), secretKey),
      ),
    aead: (key, nonce, message) =>
      filled(message.length + tagBytes, (out) => {
        sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(out, message, null, null, nonce, key);
      }),
    openAead: (key, nonce, ciphertext) =>
      opened(ciphertext.length - tagBytes, (out) => {
        sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(out, null, ciphertext, null, nonce, key);
        return true;
      }),
    ed25519PublicKey: (seed) => signingKeys(seed).publicKey,
    ed25519Sign: (seed, message) =>
      filled(signatureBytes, (out) => sodium.crypto_sign_detached(out, message, signingKeys(seed).secretKey)),
    ed25519Verify: (publicKey, message, signature) =>
      publicKey.length === keyBytes &&
      signature.length === signatureBytes &&
      sodium.crypto_sign_verify_detached(signature, message, publicKey),
  };
}

function blake2b256(message: Uint8Array, key?: Uint8Array): Bytes {
  return filled(32, (out) => sodium.crypto_generichash(out, message, key));
}

function x25519PublicKey(secretKey: Uint8Array): Bytes {
  return filled(keyBytes, (out) => sodium.crypto_scalarmult_base(out, secretKey));
}

/**
 * libsodium's own `crypto_box_seal` draws its ephemeral key itself; this is the same construction with the key given
 * (nonce = BLAKE2b-192 of both public keys). What it makes is opened by `crypto_box_seal_open`.
 */
function sealedBox(publicKey: Uint8Array, ephemeralSecretKey: Uint8Array, message: Uint8Array): Bytes | null {
  const ephemeralPublicKey = x25519PublicKey(ephemeralSecretKey);
  const nonce = filled(nonceBytes, (out) =>
    sodium.crypto_generichash(out, concat(ephemeralPublicKey, publicKey)),
  );
  const boxed = opened(message.length + tagBytes, (out) => {
    // Throws when the shared point is zero, that is for a public key of low order.
    sodium.crypto_box_easy(out, message, nonce, publicKey, ephemeralSecretKey);
    return true;
  });
  return boxed === null ? null : concat(ephemeralPublicKey, boxed);
}

function signingKeys(seed: Uint8Array): { publicKey: Bytes; secretKey: Bytes } {
  const publicKey = new Uint8Array(keyBytes);
  const secretKey = new Uint8Array(keyBytes * 2);
  sodium.crypto_sign_seed_keypair(publicKey, secretKey, seed);
  return { publicKey, secretKey };
}

function filled(length: number, fill: (out: Bytes) => void): Bytes {
  const out = new Uint8Array(length);
  fill(out);
  return out;
}

/** sodium-native answers false for some failures and throws for others; both mean "does not open". */
function opened(length: number, open: (out: Bytes) => boolean): Bytes | null {
  if (length < 0) return null;
  const out = new Uint8Array(length);
  try {
    return open(out) ? out : null;
  } catch {
    return null;
  }
}
