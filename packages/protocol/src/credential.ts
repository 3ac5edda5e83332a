/** Credentials (S1): what a person knows becomes what the server may check (authKey) and what opens their identity (wrapKey). */
import { type Bytes, utf8 } from './bytes.ts';
import { derive } from './derive.ts';
import { ProtocolError } from './errors.ts';
import type { Library, RandomBytes } from './library.ts';
import { receiptDigits, saltBytes } from './sizes.ts';

/** Argon2id v1.3, 128 MiB, 1 lane, 32 bytes out. `onProgress` is given a number from 0 to 1. */
export interface Stretcher {
  stretch(secret: Bytes, salt: Bytes, passes: Passes, onProgress?: (done: number) => void): Promise<Bytes>;
}

/** 128 MiB: what a person's machine can spare for seconds, and a thief's must spare for every guess at once. */
export const stretchMemoryKiB = 131_072;
export const stretchLanes = 1;
/** Sixteen passes guard the credential; one more stands between authenticating and opening. */
export const stretchPasses = 16;
export type Passes = typeof stretchPasses | 1;

export type Credential = {
  /** Shown to the server at each use; the server keeps an HMAC of its SHA-256. */
  readonly authKey: Bytes;
  /** Never leaves the agent. */
  readonly wrapKey: Bytes;
};

const passwordMaxBytes = 1024;
/** NFKC shortens a text to half its UTF-16 code units in bytes at most (mathematical letters: two units become one byte). */
const passwordMaxLength = passwordMaxBytes * 2;
/** Bytes above 249 are dropped, so that each digit is as likely as any other. */
const fairByteLimit = 250;

/** NFKC in UTF-8. @throws ProtocolError `PASSWORD_MALFORMED` when empty, above 1024 bytes or with a lone surrogate. */
export function passwordBytes(password: string): Bytes {
  // Refused before it is normalised: ten megabytes cost nothing.
  if (password.length > passwordMaxLength || !password.isWellFormed())
    throw new ProtocolError('PASSWORD_MALFORMED');
  const bytes = utf8(password.normalize('NFKC'));
  if (bytes.length === 0 || bytes.length > passwordMaxBytes) throw new ProtocolError('PASSWORD_MALFORMED');
  return bytes;
}

/** Sixteen ASCII digits once spaces and hyphens are dropped. @throws ProtocolError `RECEIPT_MALFORMED` for anything else. */
export function receiptBytes(receipt: string): Bytes {
  // Sixteen digits and as many separators again are plenty; a longer text is not read.
  if (receipt.length > receiptDigits * 4) throw new ProtocolError('RECEIPT_MALFORMED');
  const digits = receipt.replaceAll(/[ -]/g, '');
  if (!/^[0-9]{16}$/.test(digits)) throw new ProtocolError('RECEIPT_MALFORMED');
  return utf8(digits);
}

/** Sixteen fair digits: random bytes, those above 249 dropped, each mod 10 (S4). */
export function makeReceipt(random: RandomBytes): string {
  let receipt = '';
  while (receipt.length < receiptDigits) {
    for (const byte of random(receiptDigits)) {
      if (byte < fairByteLimit && receipt.length < receiptDigits) receipt += String(byte % 10);
    }
  }
  return receipt;
}

/**
 * Stretches a password or a receipt (S1): m = Argon2id(secret, salt, 16 passes); authKey = derive(m, use ‖ "/auth");
 * wrapKey = Argon2id(derive(m, use ‖ "/wrap"), salt, 1 pass). Opening costs one pass more than authenticating.
 *
 * @param secret of {@link passwordBytes} or {@link receiptBytes}.
 * @param salt 16 bytes: the user's, or the site's for receipts.
 */
export async function stretchCredential(
  library: Library,
  stretcher: Stretcher,
  use: 'password' | 'receipt',
  secret: Bytes,
  salt: Bytes,
  onProgress: (done: number) => void = () => {},
): Promise<Credential> {
  if (salt.length !== saltBytes) throw new ProtocolError('WRONG_LENGTH');
  const share = stretchPasses / (stretchPasses + 1);
  const master = await stretcher.stretch(secret, salt, stretchPasses, (done) => onProgress(done * share));
  const authKey = derive(library, master, `${use}/auth`);
  const wrapKey = await stretcher.stretch(derive(library, master, `${use}/wrap`), salt, 1, (done) =>
    onProgress(share + done * (1 - share)),
  );
  return { authKey, wrapKey };
}

/** A secret of 256 random bits needs no stretching (S1). */
export function deriveCredential(
  library: Library,
  use: 'recovery' | 'activation',
  secret: Uint8Array,
): Credential {
  return { authKey: derive(library, secret, `${use}/auth`), wrapKey: derive(library, secret, `${use}/wrap`) };
}

/** What sets a credential: SHA-256(authKey). Using it takes the authKey itself. */
export function credentialHash(library: Library, credential: Pick<Credential, 'authKey'>): Bytes {
  return library.sha256(credential.authKey);
}

/** The Ed25519 seed by which a new user signs their own public key (S14). */
export function enrolmentSeed(library: Library, activationSecret: Uint8Array): Bytes {
  return derive(library, activationSecret, 'activation/sign');
}
