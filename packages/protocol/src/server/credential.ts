/** The server's half of S1: what it keeps of a credential, and the salt it gives to known and unknown names alike. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type Bytes, utf8 } from '../bytes.ts';
import { saltBytes } from '../sizes.ts';

/** HMAC-SHA-256(pepper, SHA-256(authKey)): the database alone holds nothing to try a guess on. */
export function credentialVerifier(pepper: Uint8Array, credentialHash: Uint8Array): Bytes {
  return Uint8Array.from(createHmac('sha256', pepper).update(credentialHash).digest());
}

export function sha256(bytes: Uint8Array): Bytes {
  return Uint8Array.from(createHash('sha256').update(bytes).digest());
}

/** Compares in constant time; values of different length are different, and their length is no secret. */
export function equalSecrets(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The first 128 bits of HMAC-SHA-256(pepper, `"salt"` ‖ folded user name). */
export function userSalt(pepper: Uint8Array, userName: string): Bytes {
  const mac = createHmac('sha256', pepper)
    .update('salt')
    .update(utf8(foldUserName(userName)))
    .digest();
  return Uint8Array.from(mac.subarray(0, saltBytes));
}

/** HMAC-SHA-256(pepper, `"mail"` ‖ address in lower case): a mail address is found by it, and not read from it. */
export function addressMac(pepper: Uint8Array, address: string): Bytes {
  return Uint8Array.from(
    createHmac('sha256', pepper).update('mail').update(utf8(address.toLowerCase())).digest(),
  );
}

/** Two spellings of one name are one name: NFKC, lower case. */
export function foldUserName(userName: string): string {
  return userName.normalize('NFKC').toLowerCase();
}
