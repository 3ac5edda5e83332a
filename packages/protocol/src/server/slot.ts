/**
 * Slots (spec, Keys): boxes and seals lie in the database only under the key of their account's or report's slot, so that
 * overwriting 32 bytes in place makes noise of every copy the database ever made. ChaCha20-Poly1305, RFC 8439.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type Bytes, concat, uint32, utf8 } from '../bytes.ts';
import { ProtocolError } from '../errors.ts';
import { tagBytes, version } from '../sizes.ts';

export const slotBytes = 32;
const algorithm = 'chacha20-poly1305';
/** Random: one slot wraps a few dozen values in its life, far from the 2³² at which 96 bits would begin to repeat. */
const slotNonceBytes = 12;

/** Which row the wrapped bytes belong to: moved to another they do not open. */
export type SlotPlace = { readonly site: string; readonly table: string; readonly row: string };

/**
 * 0x01 ‖ nonce (12) ‖ ciphertext ‖ tag (16); the place is authenticated with it.
 *
 * @param random other than the system's for vectors alone.
 */
export function wrapUnderSlot(
  slot: Uint8Array,
  place: SlotPlace,
  plaintext: Uint8Array,
  random: (length: number) => Uint8Array = randomBytes,
): Bytes {
  const nonce = random(slotNonceBytes);
  const cipher = createCipheriv(algorithm, slot, nonce, { authTagLength: tagBytes });
  cipher.setAAD(placeBytes(place));
  return concat(Uint8Array.of(version), nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag());
}

/** @throws ProtocolError `UNKNOWN_VERSION`, `WRONG_LENGTH`, `DOES_NOT_OPEN` (another slot, another row, or changed on disk). */
export function unwrapUnderSlot(slot: Uint8Array, place: SlotPlace, wrapped: Uint8Array): Bytes {
  if (wrapped.length > 0 && wrapped[0] !== version) throw new ProtocolError('UNKNOWN_VERSION');
  if (wrapped.length < 1 + slotNonceBytes + tagBytes) throw new ProtocolError('WRONG_LENGTH');
  const nonce = wrapped.subarray(1, 1 + slotNonceBytes);
  const decipher = createDecipheriv(algorithm, slot, nonce, { authTagLength: tagBytes });
  decipher.setAAD(placeBytes(place));
  decipher.setAuthTag(wrapped.subarray(wrapped.length - tagBytes));
  try {
    return concat(
      decipher.update(wrapped.subarray(1 + slotNonceBytes, wrapped.length - tagBytes)),
      decipher.final(),
    );
  } catch {
    throw new ProtocolError('DOES_NOT_OPEN');
  }
}

/** Each part with its length in bytes (4) in front, so that no two places are written alike. */
function placeBytes(place: SlotPlace): Bytes {
  return concat(
    ...[place.site, place.table, place.row].map(utf8).flatMap((part) => [uint32(part.length), part]),
  );
}
