/** Vectors of the spec's section Bytes: base64url, ids and envelopes. */
import { box, chunk, draw, seal, x25519PublicKey } from './reference.ts';
import type { NamedVector } from './vector.ts';
import { flipped, gives, refuses, withFirst } from './writing.ts';

const key = draw('envelope key');
const publicKey = x25519PublicKey(key);
const nonce = draw('envelope nonce', 24);
const ephemeral = draw('envelope ephemeral key');
const message = Buffer.from('Nobody but you will read this.');
const boxed = box(key, nonce, message);
const chunked = chunk(key, nonce, message);
const sealed = seal(publicKey, ephemeral, message);

const texts: NamedVector[] = [
  gives(
    'bytes-base64url-read',
    'base64url has no padding',
    'read-base64url',
    { text: '-_8A' },
    { bytes: 'fbff00' },
  ),
  gives(
    'bytes-base64url-written',
    'base64url uses - and _',
    'write-base64url',
    { bytes: 'fbff00ff' },
    { text: '-_8A_w' },
  ),
  ...(
    [
      ['padded', 'base64url with padding is refused', 'AA=='],
      ['plain-alphabet', 'plain base64 is no base64url', '+/8A'],
      ['left-over-bits', 'left-over bits that are not zero are refused', 'AB'],
      ['impossible-length', 'a single character is refused', 'A'],
      ['line-end', 'a line end inside is refused', 'AAAA\n'],
    ] as const
  ).map(([name, claim, text]) =>
    refuses(`bytes-base64url-${name}`, claim, 'read-base64url', { text }, 'MALFORMED', 'form'),
  ),
  gives(
    'bytes-id',
    'an id is the 16 bytes of a UUIDv4',
    'read-id',
    { id: '00112233-4455-4677-8899-aabbccddeeff' },
    { bytes: '00112233445546778899aabbccddeeff' },
  ),
  ...(
    [
      ['upper-case', 'an id in upper case is refused', '00112233-4455-4677-8899-AABBCCDDEEFF'],
      ['other-version', 'a UUID of another version is refused', '00112233-4455-1677-8899-aabbccddeeff'],
      ['other-variant', 'a UUID of another variant is refused', '00112233-4455-4677-c899-aabbccddeeff'],
      ['zeros', 'sixteen zeros are nobody, and no id', '00000000-0000-0000-0000-000000000000'],
      ['number', 'an id that is no text is refused', 7],
    ] as const
  ).map(([name, claim, id]) => refuses(`bytes-id-${name}`, claim, 'read-id', { id }, 'MALFORMED', 'form')),
];

const boxes: NamedVector[] = [
  gives(
    'bytes-box-made',
    'a box is version, nonce and SecretBox',
    'box',
    { random: [nonce], key, message },
    { box: boxed },
  ),
  gives('bytes-box-opened', 'a box opens with its key', 'open-box', { key, box: boxed }, { message }),
  gives(
    'bytes-box-empty',
    'an empty message is boxed as any other',
    'open-box',
    { key, box: box(key, nonce, Buffer.alloc(0)) },
    { message: '' },
  ),
  refuses(
    'bytes-box-version-0',
    'a box of version 0 is refused',
    'open-box',
    { key, box: withFirst(0, boxed) },
    'UNKNOWN_VERSION',
    'form',
  ),
  refuses(
    'bytes-box-version-2',
    'a box of version 2 is refused, not guessed',
    'open-box',
    { key, box: withFirst(2, boxed) },
    'UNKNOWN_VERSION',
    'form',
  ),
  refuses(
    'bytes-box-nothing',
    'no bytes at all are no box',
    'open-box',
    { key, box: '' },
    'WRONG_LENGTH',
    'form',
  ),
  refuses(
    'bytes-box-cut-short',
    'a box shorter than its overhead is refused',
    'open-box',
    { key, box: boxed.subarray(0, 40) },
    'WRONG_LENGTH',
    'form',
  ),
  refuses(
    'bytes-box-cut',
    'a box with its last byte cut off does not open',
    'open-box',
    { key, box: boxed.subarray(0, -1) },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    'bytes-box-longer',
    'a box with a byte more does not open',
    'open-box',
    { key, box: Buffer.concat([boxed, Buffer.of(0)]) },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    'bytes-box-nonce-changed',
    'a box with a bit of its nonce changed does not open',
    'open-box',
    { key, box: flipped(boxed, 1) },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    'bytes-box-tag-changed',
    'a box with a bit of its tag changed does not open',
    'open-box',
    { key, box: flipped(boxed, 25) },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    'bytes-box-text-changed',
    'a box with a bit of its ciphertext changed does not open',
    'open-box',
    { key, box: flipped(boxed, -1) },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    'bytes-box-other-key',
    'a box does not open with another key',
    'open-box',
    { key: draw('another key'), box: boxed },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    'bytes-box-is-no-chunk',
    'a chunk of the same key is no box',
    'open-box',
    { key, box: chunked },
    'DOES_NOT_OPEN',
    'primitive',
  ),
];

const chunks: NamedVector[] = [
  gives(
    'bytes-chunk-made',
    'a chunk is version, nonce and XChaCha20-Poly1305',
    'chunk',
    { random: [nonce], key, message },
    { chunk: chunked },
  ),
  gives(
    'bytes-chunk-opened',
    'a chunk opens with its key',
    'open-chunk',
    { key, chunk: chunked },
    { message },
  ),
  refuses(
    'bytes-chunk-version-2',
    'a chunk of version 2 is refused',
    'open-chunk',
    { key, chunk: withFirst(2, chunked) },
    'UNKNOWN_VERSION',
    'form',
  ),
  refuses(
    'bytes-chunk-cut-short',
    'a chunk shorter than its overhead is refused',
    'open-chunk',
    { key, chunk: chunked.subarray(0, 40) },
    'WRONG_LENGTH',
    'form',
  ),
  refuses(
    'bytes-chunk-tag-changed',
    'a chunk with a bit of its tag changed does not open',
    'open-chunk',
    { key, chunk: flipped(chunked, -1) },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    'bytes-chunk-is-no-box',
    'a box of the same key is no chunk',
    'open-chunk',
    { key, chunk: boxed },
    'DOES_NOT_OPEN',
    'primitive',
  ),
];

/** Points of small order on Curve25519 and its twist (Bernstein, cr.yp.to/ecdh.html#validate). */
const lowOrder = {
  zero: '0000000000000000000000000000000000000000000000000000000000000000',
  one: '0100000000000000000000000000000000000000000000000000000000000000',
  'order-8': 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  'order-8-twin': '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'minus-one': 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
};

const seals: NamedVector[] = [
  gives(
    'bytes-seal-made',
    'a seal is version and SealedBox',
    'seal',
    { random: [ephemeral], publicKey, message },
    { seal: sealed },
  ),
  gives(
    'bytes-seal-opened',
    'a seal opens with the secret key',
    'open-seal',
    { secretKey: key, seal: sealed },
    { message },
  ),
  ...Object.entries(lowOrder).map(([name, point]) =>
    refuses(
      `bytes-seal-low-order-${name}`,
      'nothing is sealed to a public key of low order',
      'seal',
      { random: [ephemeral], publicKey: point, message },
      'LOW_ORDER_KEY',
      'primitive',
    ),
  ),
  refuses(
    'bytes-seal-short-public-key',
    'nothing is sealed to a public key of 31 bytes',
    'seal',
    { publicKey: publicKey.subarray(1), message },
    'WRONG_LENGTH',
    'form',
  ),
  refuses(
    'bytes-seal-version-2',
    'version 2 is kept for a hybrid seal, and refused by this one',
    'open-seal',
    { secretKey: key, seal: withFirst(2, sealed) },
    'UNKNOWN_VERSION',
    'form',
  ),
  refuses(
    'bytes-seal-cut-short',
    'a seal shorter than its overhead is refused',
    'open-seal',
    { secretKey: key, seal: sealed.subarray(0, 48) },
    'WRONG_LENGTH',
    'form',
  ),
  refuses(
    'bytes-seal-ephemeral-changed',
    'a seal with a bit of its ephemeral key changed does not open',
    'open-seal',
    { secretKey: key, seal: flipped(sealed, 1) },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    'bytes-seal-ephemeral-low-order',
    'a seal whose ephemeral key is of low order does not open',
    'open-seal',
    { secretKey: key, seal: Buffer.concat([Buffer.of(1), Buffer.alloc(32), sealed.subarray(33)]) },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    'bytes-seal-text-changed',
    'a seal with a bit of its ciphertext changed does not open',
    'open-seal',
    { secretKey: key, seal: flipped(sealed, -1) },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    'bytes-seal-other-key',
    'a seal does not open with another secret key',
    'open-seal',
    { secretKey: draw('another key'), seal: sealed },
    'DOES_NOT_OPEN',
    'primitive',
  ),
];

export const envelopeVectors: readonly NamedVector[] = [...texts, ...boxes, ...chunks, ...seals];
