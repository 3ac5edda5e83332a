/**
 * The spec a second time, for the vectors alone: straight from OpenSSL (node:crypto) and libsodium's WebAssembly, without a
 * line of packages/protocol. What both agree on is the spec; where they do not, one of the two is wrong.
 */
import {
  argon2Sync,
  createCipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  sign,
} from 'node:crypto';
import sodium from 'libsodium-wrappers-sumo';

await sodium.ready;

const version = Buffer.of(1);

/** Bytes that look random and are the same at every run. They are published: never use them for anything. */
export function draw(name: string, length = 32): Buffer {
  return createHash('shake256', { outputLength: length }).update(`sotto vectors: ${name}`).digest();
}

export function drawId(name: string): string {
  const bytes = draw(`id ${name}`, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export const idBytes = (id: string | null): Buffer =>
  id === null ? Buffer.alloc(16) : Buffer.from(id.replaceAll('-', ''), 'hex');

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export const sha256 = (message: Uint8Array): Buffer => createHash('sha256').update(message).digest();
export const hmac = (key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer =>
  createHmac('sha256', key).update(Buffer.concat(parts)).digest();
export const blake2b = (message: Uint8Array, key: Uint8Array | null = null, length = 32): Buffer =>
  Buffer.from(sodium.crypto_generichash(length, message, key));

export const derive = (key: Uint8Array, label: string, ...parts: readonly Uint8Array[]): Buffer =>
  blake2b(Buffer.concat([Buffer.from(`sotto/1/${label}\0`), ...parts]), key);

export const box = (key: Uint8Array, nonce: Uint8Array, message: Uint8Array): Buffer =>
  Buffer.concat([version, nonce, sodium.crypto_secretbox_easy(message, nonce, key)]);

export const chunk = (key: Uint8Array, nonce: Uint8Array, message: Uint8Array): Buffer =>
  Buffer.concat([
    version,
    nonce,
    sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(message, null, null, nonce, key),
  ]);

/** X25519 by OpenSSL, from the 32 secret bytes (RFC 8410's wrapping in front). */
export function x25519PublicKey(secretKey: Uint8Array): Buffer {
  return rawPublicKey('302e020100300506032b656e04220420', secretKey);
}

export function ed25519PublicKey(seed: Uint8Array): Buffer {
  return rawPublicKey('302e020100300506032b657004220420', seed);
}

export function ed25519Sign(seed: Uint8Array, message: Uint8Array): Buffer {
  return sign(null, message, privateKey('302e020100300506032b657004220420', seed));
}

function privateKey(prefix: string, secret: Uint8Array) {
  return createPrivateKey({
    key: Buffer.concat([Buffer.from(prefix, 'hex'), secret]),
    format: 'der',
    type: 'pkcs8',
  });
}

function rawPublicKey(prefix: string, secret: Uint8Array): Buffer {
  const der = createPublicKey(privateKey(prefix, secret)).export({ format: 'der', type: 'spki' });
  return Buffer.from(der.subarray(-32));
}

/** `crypto_box_seal` with its ephemeral key given. */
export function seal(publicKey: Uint8Array, ephemeralSecretKey: Uint8Array, message: Uint8Array): Buffer {
  const ephemeral = x25519PublicKey(ephemeralSecretKey);
  const nonce = blake2b(Buffer.concat([ephemeral, publicKey]), null, 24);
  return Buffer.concat([
    version,
    ephemeral,
    sodium.crypto_box_easy(message, nonce, publicKey, ephemeralSecretKey),
  ]);
}

/** Argon2id by OpenSSL, at the only parameters there are (S1). */
export function stretch(secret: Uint8Array, salt: Uint8Array, passes: 16 | 1): Buffer {
  return argon2Sync('argon2id', {
    message: secret,
    nonce: salt,
    passes,
    memory: 131_072,
    parallelism: 1,
    tagLength: 32,
  });
}

export function credential(use: 'password' | 'receipt', secret: Uint8Array, salt: Uint8Array) {
  const master = stretch(secret, salt, 16);
  const authKey = derive(master, `${use}/auth`);
  return { authKey, wrapKey: stretch(derive(master, `${use}/wrap`), salt, 1), credential: sha256(authKey) };
}

/** One try of S9. */
export const workHash = (token: Uint8Array, counter: bigint): Buffer => {
  const counted = Buffer.alloc(8);
  counted.writeBigUInt64BE(counter);
  return argon2Sync('argon2id', {
    message: Buffer.concat([token, counted]),
    nonce: token.subarray(0, 16),
    passes: 1,
    memory: 1024,
    parallelism: 1,
    tagLength: 32,
  });
};

export const reportKeyCarrier = (
  report: string,
  epoch: number,
  key: Uint8Array,
  publicKey: Uint8Array,
): Buffer => Buffer.concat([Buffer.of(1), idBytes(report), uint32(epoch), key, publicKey]);
export const seedCarrier = (kind: 2 | 3 | 4 | 5 | 6, owner: string, seed: Uint8Array): Buffer =>
  Buffer.concat([Buffer.of(kind), idBytes(owner), seed]);

/** Fills up to a size that the caller knows (S12). */
export const pad = (message: Uint8Array, size: number): Buffer =>
  Buffer.concat([message, Buffer.of(0x80), Buffer.alloc(size - message.length - 1)]);

export type Place = { kind: string; report: string; item: string; author: string | null };
export const itemKey = (key: Uint8Array, place: Place): Buffer =>
  derive(key, `item/${place.kind}`, idBytes(place.report), idBytes(place.item), idBytes(place.author));

/** Ed25519 over `"sotto/1/directory"` ‖ 0 ‖ body, in front of the body (S14). */
export const statement = (seed: Uint8Array, body: Uint8Array): Buffer =>
  Buffer.concat([
    version,
    ed25519Sign(seed, Buffer.concat([Buffer.from('sotto/1/directory\0'), body])),
    body,
  ]);

/** ChaCha20-Poly1305 over the three parts of a place, each with its length in front. */
export function slotWrap(
  slot: Uint8Array,
  nonce: Uint8Array,
  place: { site: string; table: string; row: string },
  plaintext: Uint8Array,
): Buffer {
  const cipher = createCipheriv('chacha20-poly1305', slot, nonce, { authTagLength: 16 });
  const parts = [place.site, place.table, place.row].map((part) => Buffer.from(part));
  cipher.setAAD(Buffer.concat(parts.flatMap((part) => [uint32(part.length), part])));
  return Buffer.concat([version, nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** RFC 4648 without padding, by counting in base 32. */
export function base32(bytes: Uint8Array): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}
