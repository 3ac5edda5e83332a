/**
 * The vault of a whistleblower's kept draft (S3): the keys of a report that is being written, boxed under the session key that
 * lies in the tab. What was written so far is an item of kind `draft` under a key of its own, not under R: R goes to the
 * recipients, who shall not read what was taken out before it was sent.
 */
import { box, openBox } from './box.ts';
import { type Bytes, concat, fromUtf8, type Uuid } from './bytes.ts';
import { receiptBytes } from './credential.ts';
import { ProtocolError } from './errors.ts';
import { type Identity, identityFromSeed } from './identity.ts';
import { carryReportKey, carrySeed, type ReportKey, readReportKey, readSeed } from './key-carrier.ts';
import type { Library } from './library.ts';
import { draftKeysBytes, keyBytes, reportKeyCarrierBytes, seedCarrierBytes } from './sizes.ts';

export type DraftKeys = {
  /** Of epoch 0. */
  readonly reportKey: ReportKey;
  readonly identity: Identity;
  /** Sixteen digits, shown to nobody before the report is filed. */
  readonly receipt: string;
  /** 32 bytes: takes the place of R for the `draft` item. */
  readonly draftKey: Bytes;
};

export function makeDraftKey(library: Library): Bytes {
  return library.random(keyBytes);
}

/** box(session key, report key carrier (85) ‖ identity carrier (49) ‖ draft key carrier (49) ‖ receipt (16 ASCII digits)). */
export function boxDraftKeys(library: Library, sessionKey: Uint8Array, keys: DraftKeys): Bytes {
  const { reportKey, identity, draftKey, receipt } = keys;
  const { report } = reportKey;
  return box(
    library,
    sessionKey,
    concat(
      carryReportKey(reportKey),
      carrySeed('identity', report, identity.seed),
      carrySeed('draft key', report, draftKey),
      receiptBytes(receipt),
    ),
  );
}

/**
 * Opens a vault for the report that the server says it is of.
 *
 * @throws ProtocolError what {@link openBox} throws, `WRONG_LENGTH`, `WRONG_OWNER` for the keys of another report,
 * `WRONG_KEY_KIND`, and `RECEIPT_MALFORMED`.
 */
export function openDraftKeys(
  library: Library,
  sessionKey: Uint8Array,
  report: Uuid,
  boxed: Uint8Array,
): DraftKeys {
  const carried = openBox(library, sessionKey, boxed);
  if (carried.length !== draftKeysBytes) throw new ProtocolError('WRONG_LENGTH');
  const identityAt = reportKeyCarrierBytes;
  const draftKeyAt = identityAt + seedCarrierBytes;
  const receiptAt = draftKeyAt + seedCarrierBytes;
  // Sixteen bytes are sixteen digits, or no receipt.
  const receipt = fromUtf8(receiptBytes(fromUtf8(carried.subarray(receiptAt))));
  const identitySeed = readSeed('identity', report, carried.subarray(identityAt, draftKeyAt));
  return {
    reportKey: readReportKey(carried.subarray(0, identityAt), report, 0),
    identity: identityFromSeed(library, report, identitySeed),
    draftKey: readSeed('draft key', report, carried.subarray(draftKeyAt, receiptAt)),
    receipt,
  };
}
