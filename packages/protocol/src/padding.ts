/** Padding (S12): an item tells only its bucket, a file only its Padmé size. */
import type { Bytes } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import { itemMaxBytes, paddedItemSize } from './sizes.ts';

/** ISO/IEC 7816-4: one byte that marks the end of the message, then zeros. */
const mark = 0x80;

/**
 * Fills a message up to the smallest size that holds it, so that a ciphertext tells only its bucket (S12).
 *
 * Layout: `message (n bytes) ‖ 0x80 ‖ zeros`. The mark is always there: 256 bytes need the 1 KiB bucket.
 *
 * @returns a new array whose length is one of the bucket sizes, in bytes.
 * @throws ProtocolError `MESSAGE_TOO_LONG` above 640 KiB.
 */
export function pad(message: Uint8Array): Bytes {
  const padded = new Uint8Array(paddedItemSize(message.length));
  padded.set(message);
  padded[message.length] = mark;
  return padded;
}

/**
 * Takes the padding of S12 away.
 *
 * @throws ProtocolError `BAD_PADDING` when the mark is missing or the length is not the bucket this message needs: one message, one padding.
 */
export function unpad(padded: Uint8Array): Bytes {
  if (padded.length > itemMaxBytes) throw new ProtocolError('BAD_PADDING');
  let end = padded.length - 1;
  while (end >= 0 && padded[end] === 0) end -= 1;
  if (end < 0 || padded[end] !== mark || paddedItemSize(end) !== padded.length) {
    throw new ProtocolError('BAD_PADDING');
  }
  return Uint8Array.from(padded.subarray(0, end));
}
