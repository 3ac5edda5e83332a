/** The report key R: made at submission, sealed to each holder, proven to the server by a check value (S4, S8). */
import { openSeal, seal } from './box.ts';
import { type Bytes, type Uuid, uint32, uuidBytes } from './bytes.ts';
import { derive } from './derive.ts';
import type { Identity } from './identity.ts';
import { carryReportKey, type ReportKey, readReportKey } from './key-carrier.ts';
import type { Library } from './library.ts';
import { keyBytes } from './sizes.ts';

/** R of epoch 0 for a new report (S4). */
export function makeReportKey(library: Library, report: Uuid, whistleblowerPublicKey: Bytes): ReportKey {
  return { report, epoch: 0, key: library.random(keyBytes), whistleblowerPublicKey };
}

/** A seal of R for one holder: the whole of a grant's cryptography (S8). @throws ProtocolError `LOW_ORDER_KEY`. */
export function sealReportKey(library: Library, publicKey: Uint8Array, reportKey: ReportKey): Bytes {
  return seal(library, publicKey, carryReportKey(reportKey));
}

/** @throws ProtocolError what {@link openSeal} throws, `WRONG_OWNER` for R of another report or epoch. */
export function openReportKey(
  library: Library,
  holder: Pick<Identity, 'secretKey'>,
  sealed: Uint8Array,
  report: Uuid,
  epoch: number,
): ReportKey {
  return readReportKey(openSeal(library, holder.secretKey, sealed), report, epoch);
}

/**
 * derive(R, "check", report id, epoch): what the server keeps to refuse a seal of another R (S8). It also proves to the
 * server that two requests come from the agent that made this report, before there is a receipt (S7).
 */
export function reportCheck(library: Library, reportKey: Pick<ReportKey, 'report' | 'epoch' | 'key'>): Bytes {
  return derive(library, reportKey.key, 'check', uuidBytes(reportKey.report), uint32(reportKey.epoch));
}
