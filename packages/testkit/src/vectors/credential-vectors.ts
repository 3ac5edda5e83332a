/** Vectors of S1–S3, and the recovery key: what a person knows, and what becomes of it. */
import {
  base32,
  blake2b,
  box,
  credential,
  derive,
  draw,
  drawId,
  seedCarrier,
  sha256,
  x25519PublicKey,
} from './reference.ts';
import type { NamedVector } from './vector.ts';
import { gives, refuses } from './writing.ts';

const salt = draw('salt', 16);
const password = 'Gute Nacht, Göttingen 42';
const receipt = '0123456789012345';

const passwords: NamedVector[] = [
  gives(
    's01-password-read',
    'a password is read as UTF-8 of its NFKC form',
    'read-password',
    { password: 'Cafe\u0301 ﬁn １' },
    { bytes: Buffer.from('Café fin 1') },
  ),
  gives(
    's01-password-spaces-kept',
    'spaces around a password belong to it',
    'read-password',
    { password: ' a ' },
    { bytes: Buffer.from(' a ') },
  ),
  gives(
    's01-password-longest',
    'a password of 1024 bytes is read',
    'read-password',
    { password: 'a'.repeat(1024) },
    { bytes: Buffer.alloc(1024, 'a') },
  ),
  gives(
    's01-password-longest-as-typed',
    '1024 bytes may be typed as 2048 code units',
    'read-password',
    { password: '𝐀'.repeat(1024) },
    { bytes: Buffer.alloc(1024, 'A') },
  ),
  refuses(
    's01-password-empty',
    'an empty password is refused',
    'read-password',
    { password: '' },
    'PASSWORD_MALFORMED',
    'form',
  ),
  refuses(
    's01-password-too-long',
    'a password of 1025 bytes is refused',
    'read-password',
    { password: 'a'.repeat(1025) },
    'PASSWORD_MALFORMED',
    'form',
  ),
  refuses(
    's01-password-too-long-in-nfkc',
    'a password that grows above 1024 bytes in NFKC is refused',
    'read-password',
    { password: 'ﷺ'.repeat(60) },
    'PASSWORD_MALFORMED',
    'form',
  ),
  refuses(
    's01-password-lone-surrogate',
    'a password with half a character is refused',
    'read-password',
    { password: 'a\ud800b' },
    'PASSWORD_MALFORMED',
    'form',
  ),
];

const receipts: NamedVector[] = [
  gives(
    's01-receipt-read',
    'spaces and hyphens in a receipt are dropped',
    'read-receipt',
    { receipt: '0123 4567-8901 2345' },
    { bytes: Buffer.from(receipt) },
  ),
  ...(
    [
      ['15-digits', 'a receipt of 15 digits is refused', receipt.slice(1)],
      ['17-digits', 'a receipt of 17 digits is refused', `${receipt}6`],
      ['full-width', 'full-width digits are refused', '０１２３４５６７８９０１２３４５'],
      ['arabic', 'Arabic-Indic digits are refused', '٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥'],
      ['letter', 'a letter O is no zero', 'O123456789012345'],
      ['line-end', 'a line end is no separator', `${receipt}\n`],
      ['empty', 'no receipt is refused', ''],
    ] as const
  ).map(([name, claim, text]) =>
    refuses(`s01-receipt-${name}`, claim, 'read-receipt', { receipt: text }, 'RECEIPT_MALFORMED', 'form'),
  ),
  gives(
    's04-receipt-made',
    'bytes above 249 are dropped when a receipt is made',
    'make-receipt',
    { random: ['00010a0bf9fafbfcfdfeff63ffffff64', '00090807060504030201ffffffffffff'] },
    { receipt: '0101990098765432' },
  ),
];

const recoverySecret = draw('recovery key');
const activationSecret = draw('activation secret');
const newUser = drawId('new user');

function derived(use: 'recovery' | 'activation', secret: Buffer) {
  const authKey = derive(secret, `${use}/auth`);
  return { authKey, wrapKey: derive(secret, `${use}/wrap`), credential: sha256(authKey) };
}

const stretched: NamedVector[] = [
  gives(
    's01-stretch-password',
    'a password is stretched by 16 passes over 128 MiB, and one more to open',
    'stretch-password',
    { password, salt },
    credential('password', Buffer.from(password), salt),
  ),
  gives(
    's01-stretch-receipt',
    'a receipt is stretched as a password is, for its own use',
    'stretch-receipt',
    { receipt: '0123-4567-8901-2345', salt },
    credential('receipt', Buffer.from(receipt), salt),
  ),
  refuses(
    's01-stretch-short-salt',
    'a salt of 15 bytes is refused before anything is stretched',
    'stretch-password',
    { password, salt: salt.subarray(1) },
    'WRONG_LENGTH',
    'form',
  ),
  gives(
    's01-derive-recovery',
    'a recovery key is not stretched',
    'derive-credential',
    { use: 'recovery', secret: recoverySecret },
    derived('recovery', recoverySecret),
  ),
  gives(
    's02-derive-activation',
    'an activation secret is not stretched',
    'derive-credential',
    { use: 'activation', secret: activationSecret },
    derived('activation', activationSecret),
  ),
  refuses(
    's02-derive-activation-short',
    'an activation secret of 16 bytes is refused',
    'derive-credential',
    { use: 'activation', secret: activationSecret.subarray(16) },
    'WRONG_LENGTH',
    'form',
  ),
];

const owner = drawId('identity owner');
const seed = draw('identity seed');
const wrapKey = draw('identity wrap key');
const nonce = draw('identity nonce', 24);
const secretKey = derive(seed, 'identity/box');
const boxedIdentity = box(wrapKey, nonce, seedCarrier(2, owner, seed));
const sessionKey = draw('session key');

const identities: NamedVector[] = [
  gives(
    's02-identity',
    'all keys of an identity follow from its seed',
    'identity',
    { owner, seed },
    { secretKey, publicKey: x25519PublicKey(secretKey), ownKey: derive(seed, 'identity/own') },
  ),
  refuses(
    's02-identity-short-seed',
    'a seed of 31 bytes is refused',
    'identity',
    { owner, seed: seed.subarray(1) },
    'WRONG_LENGTH',
    'form',
  ),
  gives(
    's02-identity-boxed',
    'an identity is boxed with its owner',
    'box-identity',
    { random: [nonce], key: wrapKey, owner, seed },
    { box: boxedIdentity },
  ),
  gives(
    's02-identity-opened',
    'an identity opens with its wrapKey',
    'open-identity',
    { key: wrapKey, owner, box: boxedIdentity },
    { seed },
  ),
  refuses(
    's02-identity-of-somebody-else',
    'the identity of somebody else is refused though it opens',
    'open-identity',
    { key: wrapKey, owner: newUser, box: boxedIdentity },
    'WRONG_OWNER',
    'content',
  ),
  refuses(
    's02-identity-is-no-recovery-key',
    'a recovery key under the same wrapKey is no identity',
    'open-identity',
    { key: wrapKey, owner, box: box(wrapKey, nonce, seedCarrier(3, owner, seed)) },
    'WRONG_KEY_KIND',
    'content',
  ),
  refuses(
    's02-identity-short-carrier',
    'an identity of 48 bytes is refused though it opens',
    'open-identity',
    { key: wrapKey, owner, box: box(wrapKey, nonce, seedCarrier(2, owner, seed.subarray(1))) },
    'WRONG_LENGTH',
    'content',
  ),
  refuses(
    's02-identity-wrong-password',
    'an identity does not open with another wrapKey',
    'open-identity',
    { key: sessionKey, owner, box: boxedIdentity },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  gives(
    's03-vault-name',
    'a vault is named by the SHA-256 of its key',
    'vault-name',
    { sessionKey },
    { name: sha256(sessionKey) },
  ),
  gives(
    's03-vault-opened',
    'a vault opens with the session key as an identity does',
    'open-identity',
    { key: sessionKey, owner, box: box(sessionKey, nonce, seedCarrier(2, owner, seed)) },
    { seed },
  ),
];

const printed = (
  base32(Buffer.concat([recoverySecret, blake2b(recoverySecret).subarray(0, 3)])).match(/.{4}/g) ?? []
).join(' ');

const recovery: NamedVector[] = [
  gives(
    'keys-recovery-printed',
    'a recovery key is printed in 14 groups with its check',
    'print-recovery-key',
    { key: recoverySecret },
    { printed },
  ),
  gives(
    'keys-recovery-read',
    'a recovery key is read in lower case and without spaces',
    'read-recovery-key',
    { printed: printed.toLowerCase().replaceAll(' ', '') },
    { key: recoverySecret },
  ),
  refuses(
    'keys-recovery-wrong-letter',
    'a recovery key with one letter wrong is refused',
    'read-recovery-key',
    { printed: `${printed.startsWith('A') ? 'B' : 'A'}${printed.slice(1)}` },
    'RECOVERY_KEY_MALFORMED',
    'form',
  ),
  refuses(
    'keys-recovery-wrong-check',
    'a recovery key with its check wrong is refused',
    'read-recovery-key',
    { printed: `${printed.slice(0, -1)}${printed.endsWith('A') ? 'B' : 'A'}` },
    'RECOVERY_KEY_MALFORMED',
    'form',
  ),
  refuses(
    'keys-recovery-short',
    'a recovery key without its last group is refused',
    'read-recovery-key',
    { printed: printed.slice(0, -5) },
    'RECOVERY_KEY_MALFORMED',
    'form',
  ),
  refuses(
    'keys-recovery-no-base32',
    'a digit 1 is no letter of base32',
    'read-recovery-key',
    { printed: `1${printed.slice(1)}` },
    'RECOVERY_KEY_MALFORMED',
    'form',
  ),
];

export const credentialVectors: readonly NamedVector[] = [
  ...passwords,
  ...receipts,
  ...stretched,
  ...identities,
  ...recovery,
];
