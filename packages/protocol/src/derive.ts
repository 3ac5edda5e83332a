/** Key derivation: BLAKE2b-256, keyed, over a label and parts of fixed length (spec, Bytes). */
import { type Bytes, concat, utf8 } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import type { Library } from './library.ts';
import { keyBytes } from './sizes.ts';

/** What a derived key is for. A new use is a new label, never an old one with other parts. */
export type Label =
  | `${'password' | 'receipt' | 'recovery' | 'activation'}/${'auth' | 'wrap'}`
  | 'activation/sign'
  | 'identity/box'
  | 'identity/own'
  | `item/${string}`
  | 'chunk'
  | 'check';

/**
 * `derive(K, label, parts…)` = BLAKE2b-256(key K, `"sotto/1/"` ‖ label ‖ 0x00 ‖ parts…). Every part has a fixed length, so no
 * two derivations hash the same bytes.
 *
 * @throws ProtocolError `WRONG_LENGTH` for a key that has not 32 bytes: BLAKE2b would take a short or empty one without a word.
 */
export function derive(
  library: Library,
  key: Uint8Array,
  label: Label,
  ...parts: readonly Uint8Array[]
): Bytes {
  if (key.length !== keyBytes) throw new ProtocolError('WRONG_LENGTH');
  return library.blake2b256(concat(utf8(`sotto/1/${label}`), Uint8Array.of(0), ...parts), key);
}
