/** Every size of the protocol, in bytes, computed where it follows from another. The server knows these and nothing that opens. */
import { ProtocolError } from './errors.ts';

/** The one version byte in use; 2 is kept for a hybrid post-quantum seal. */
export const version = 0x01;

export const keyBytes = 32;
export const uuidByteCount = 16;
export const saltBytes = 16;
/** S1: a receipt is as many ASCII digits. */
export const receiptDigits = 16;
export const nonceBytes = 24;
/** Poly1305. */
export const tagBytes = 16;

/** What a box or a chunk adds to its plaintext: version, nonce, tag. */
export const boxOverhead = 1 + nonceBytes + tagBytes;
/** What a seal adds: version, ephemeral public key, tag. */
export const sealOverhead = 1 + keyBytes + tagBytes;

/** Key carriers (spec, Bytes): kind, report id, epoch, R, whistleblower's public key. */
export const reportKeyCarrierBytes = 1 + uuidByteCount + 4 + keyBytes + keyBytes;
/** Kind, owner id, seed or key. */
export const seedCarrierBytes = 1 + uuidByteCount + keyBytes;

export const sealedReportKeyBytes = reportKeyCarrierBytes + sealOverhead;
export const boxedIdentityBytes = seedCarrierBytes + boxOverhead;
export const sealedSeedBytes = seedCarrierBytes + sealOverhead;

/** S3: report key, identity, draft key and receipt, one after another. */
export const draftKeysBytes = reportKeyCarrierBytes + 2 * seedCarrierBytes + receiptDigits;
export const boxedDraftKeysBytes = draftKeysBytes + boxOverhead;
/** S3: 160 bits, as RFC 4226 section 4 recommends. */
export const factorSecretBytes = 20;

/** Ed25519. */
export const signatureBytes = 64;

/** S9: a token is random ‖ difficulty (1) ‖ expiry (4) ‖ HMAC. */
export const tokenRandomBytes = 11;
export const tokenMacBytes = 16;
export const tokenBytes = tokenRandomBytes + 1 + 4 + tokenMacBytes;

/** S9: a counter is found after 2^difficulty hashes in the middle; a server that asks for more than the most is not obeyed. */
export const workDifficulty = { usual: 8, most: 11 } as const;
export const workCounterBytes = 8;

/** S12: an item is padded to one of these, then to multiples of 64 KiB. */
export const smallItemSizes: readonly number[] = [256, 1024, 4096, 16_384];
export const itemStep = 65_536;
export const itemMaxBytes = 655_360;

/** S7: what a chunk of an attachment holds before it is sealed. */
export const chunkBytes = 524_288;
export const sealedChunkBytes = chunkBytes + boxOverhead;
/** S12: a file's padded size is never below this. */
const smallestFile = 4096;
/** Sizes are sums of doubles; this bound keeps every one of them exact, and 32-bit chunk numbers far away. */
export const largestFile = 2 ** 46;

/** The smallest item size that holds `length` bytes and the padding's mark (S12). @throws ProtocolError `MESSAGE_TOO_LONG`. */
export function paddedItemSize(length: number): number {
  const needed = length + 1;
  const size = smallItemSizes.find((bucket) => needed <= bucket) ?? Math.ceil(needed / itemStep) * itemStep;
  if (size > itemMaxBytes) throw new ProtocolError('MESSAGE_TOO_LONG');
  return size;
}

/** Whether a boxed item can have this length: its plaintext fills a bucket exactly. */
export function isBoxedItemSize(length: number): boolean {
  const plain = length - boxOverhead;
  return plain > 0 && plain <= itemMaxBytes && paddedItemSize(plain - 1) === plain;
}

/**
 * The Padmé size of a file (S12): L = max(size, 4096), E = ⌊log₂ L⌋, rounded up to a multiple of 2^(E − ⌊log₂ E⌋ − 1). From
 * 4 KiB on it adds less than 6.25 %. Doubles only: 32-bit operators would fold files above 2 GiB.
 *
 * @throws ProtocolError `TOO_LARGE` for a negative, broken or absurd size.
 */
export function paddedFileSize(size: number): number {
  if (!Number.isInteger(size) || size < 0 || size > largestFile) throw new ProtocolError('TOO_LARGE');
  const atLeast = Math.max(size, smallestFile);
  const exponent = floorLog2(atLeast);
  const step = 2 ** (exponent - floorLog2(exponent) - 1);
  return Math.ceil(atLeast / step) * step;
}

/** The largest file whose padded size is at most `limit`, in bytes; at least 4096. Files are bounded by what they take padded. */
export function largestFileWithin(limit: number): number {
  const atMost = Math.min(limit, largestFile);
  const exponent = floorLog2(atMost);
  const step = 2 ** (exponent - floorLog2(exponent) - 1);
  return Math.floor(atMost / step) * step;
}

/** Whether a padded size is one that {@link paddedFileSize} gives. */
export function isPaddedFileSize(size: number): boolean {
  return (
    Number.isInteger(size) && size >= smallestFile && size <= largestFile && paddedFileSize(size) === size
  );
}

/** How many chunks a file of this padded size has (S7). */
export function chunkCount(paddedSize: number): number {
  return Math.ceil(paddedSize / chunkBytes);
}

/** The plaintext length of one chunk: 512 KiB but for the last. @throws ProtocolError `TOO_LARGE` for a chunk the file does not have. */
export function chunkLength(paddedSize: number, index: number): number {
  if (!Number.isInteger(index) || index < 0 || index >= chunkCount(paddedSize))
    throw new ProtocolError('TOO_LARGE');
  return Math.min(chunkBytes, paddedSize - index * chunkBytes);
}

/** `Math.log2` may round up just below a power of two; this counts. */
function floorLog2(value: number): number {
  let exponent = 0;
  while (2 ** (exponent + 1) <= value) exponent += 1;
  return exponent;
}
