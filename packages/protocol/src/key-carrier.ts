/**
 * What carries a key says what it is and whose it is; another kind, length or owner than expected is refused (spec, Bytes).
 * So a server that answers with the right kind of thing of another report or person is caught when it is opened.
 */
import { type Bytes, concat, equalBytes, readUint32, type Uuid, uint32, uuidBytes } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import { keyBytes, reportKeyCarrierBytes, seedCarrierBytes, uuidByteCount } from './sizes.ts';

const reportKeyKind = 1;
const seedKinds = {
  identity: 2,
  'recovery key': 3,
  'escrow seed': 4,
  'site seed': 5,
  'draft key': 6,
} as const;

/** Which of the 49-byte carriers. */
export type SeedKind = keyof typeof seedKinds;

/** R of one epoch, with the public key of the report's whistleblower. */
export type ReportKey = {
  readonly report: Uuid;
  readonly epoch: number;
  readonly key: Bytes;
  readonly whistleblowerPublicKey: Bytes;
};

/** 0x01 ‖ report id (16) ‖ epoch (4) ‖ R (32) ‖ whistleblower's public key (32). */
export function carryReportKey(reportKey: ReportKey): Bytes {
  return concat(
    Uint8Array.of(reportKeyKind),
    uuidBytes(reportKey.report),
    uint32(reportKey.epoch),
    exactly(reportKey.key, keyBytes),
    exactly(reportKey.whistleblowerPublicKey, keyBytes),
  );
}

/** @throws ProtocolError `WRONG_KEY_KIND`, `WRONG_LENGTH`, `WRONG_OWNER` when it is not R of this report and epoch. */
export function readReportKey(carrier: Uint8Array, report: Uuid, epoch: number): ReportKey {
  if (carrier[0] !== reportKeyKind) throw new ProtocolError('WRONG_KEY_KIND');
  exactly(carrier, reportKeyCarrierBytes);
  const epochAt = 1 + uuidByteCount;
  const keyAt = epochAt + 4;
  const owned = equalBytes(carrier.subarray(1, epochAt), uuidBytes(report));
  if (!owned || readUint32(carrier, epochAt) !== epoch) throw new ProtocolError('WRONG_OWNER');
  return {
    report,
    epoch,
    key: Uint8Array.from(carrier.subarray(keyAt, keyAt + keyBytes)),
    whistleblowerPublicKey: Uint8Array.from(carrier.subarray(keyAt + keyBytes)),
  };
}

/** Kind (1) ‖ owner id (16) ‖ seed or key (32). The owner is a user, a report (its whistleblower) or the site. */
export function carrySeed(kind: SeedKind, owner: Uuid, seed: Uint8Array): Bytes {
  return concat(Uint8Array.of(seedKinds[kind]), uuidBytes(owner), exactly(seed, keyBytes));
}

/** @throws ProtocolError `WRONG_KEY_KIND`, `WRONG_LENGTH`, `WRONG_OWNER`. */
export function readSeed(kind: SeedKind, owner: Uuid, carrier: Uint8Array): Bytes {
  if (carrier[0] !== seedKinds[kind]) throw new ProtocolError('WRONG_KEY_KIND');
  exactly(carrier, seedCarrierBytes);
  if (!equalBytes(carrier.subarray(1, 1 + uuidByteCount), uuidBytes(owner)))
    throw new ProtocolError('WRONG_OWNER');
  return Uint8Array.from(carrier.subarray(1 + uuidByteCount));
}

function exactly<T extends Uint8Array>(bytes: T, length: number): T {
  if (bytes.length !== length) throw new ProtocolError('WRONG_LENGTH');
  return bytes;
}
