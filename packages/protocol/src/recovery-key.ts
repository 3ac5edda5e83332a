/** The account recovery key (spec, Keys): 256 bits, printed as 14 groups of four letters with a check at their end. */
import { type Bytes, concat, equalBytes, fromBase32, toBase32 } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import type { Library } from './library.ts';
import { keyBytes } from './sizes.ts';

/** Three bytes of BLAKE2b: one typing error in 16 million goes unseen. */
const checkBytes = 3;
const groups = 14;

/** base32(key ‖ first 3 bytes of its BLAKE2b-256), in 14 groups of 4. @throws ProtocolError `WRONG_LENGTH`. */
export function printRecoveryKey(library: Library, key: Uint8Array): string {
  if (key.length !== keyBytes) throw new ProtocolError('WRONG_LENGTH');
  const text = toBase32(concat(key, check(library, key)));
  return text.replaceAll(/.{4}(?=.)/g, '$& ');
}

/** Reads a printed recovery key; case, spaces and hyphens do not matter. @throws ProtocolError `RECOVERY_KEY_MALFORMED`. */
export function readRecoveryKey(library: Library, printed: string): Bytes {
  const text = printed.length > groups * 16 ? '' : printed.replaceAll(/[\s-]/g, '').toUpperCase();
  if (!/^[A-Z2-7]{56}$/.test(text)) throw new ProtocolError('RECOVERY_KEY_MALFORMED');
  const bytes = fromBase32(text);
  const key = bytes.slice(0, keyBytes);
  if (!equalBytes(bytes.subarray(keyBytes), check(library, key)))
    throw new ProtocolError('RECOVERY_KEY_MALFORMED');
  return key;
}

function check(library: Library, key: Uint8Array): Bytes {
  return library.blake2b256(key).slice(0, checkBytes);
}
