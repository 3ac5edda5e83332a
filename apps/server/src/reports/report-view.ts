/** A report as its readers are given it (S5–S8), and who may read it. The same for both sides; only the seal differs. */
import type { ItemResponse, ReportResponse } from '@sotto/contract/report';
import type { Uuid } from '@sotto/protocol/bytes';
import type { Backend } from '../backend.ts';
import { encoded, storedId } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import { withSlot } from '../storage/keeping.ts';
import type { NewSealRow, ReportRow, SealRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';

/** Who reads or writes: a user, or `null` for the whistleblower. */
export type Reader = { readonly reportId: Uuid; readonly userId: Uuid | null };

/** Kinds of rows in `seals`: R sealed to its holder, and the whistleblower's identity. */
export type SealKind = 'report-key' | 'identity';

/** The id under which a reader's seals are kept: the whistleblower's is the report's own. */
export function holderId(reader: Reader): Uuid {
  return reader.userId ?? reader.reportId;
}

/** A report with a reader's seal of its newest epoch. */
export type Readable = { readonly report: ReportRow; readonly seal: SealRow };

/** `undefined` alike when there is no report, when it was forgotten, and when the reader holds no seal. */
export async function findReadable(
  backend: Backend,
  transaction: Transaction,
  reader: Reader,
): Promise<Readable | undefined> {
  const { store } = backend.home;
  const report = await store.reports.find(transaction, backend.siteId, reader.reportId);
  const seals = await store.seals.ofHolder(transaction, backend.siteId, reader.reportId, holderId(reader));
  const seal = seals.find((row) => row.kind === 'report-key' && row.epoch === report?.epoch);
  return report === undefined || seal === undefined ? undefined : { report, seal };
}

/** The same for whoever cannot go on without. @throws Refusal `NOT_FOUND`. */
export async function readableReport(
  backend: Backend,
  transaction: Transaction,
  reader: Reader,
): Promise<Readable> {
  const found = await findReadable(backend, transaction, reader);
  if (found === undefined) throw new Refusal('NOT_FOUND');
  return found;
}

/** A report as the contract gives it. */
export async function reportView(
  backend: Backend,
  transaction: Transaction,
  { report, seal }: Readable,
): Promise<ReportResponse> {
  const holders = await backend.home.store.seals.holders(transaction, backend.siteId, report.report_id);
  return viewWith(backend, report, seal, holders);
}

/** The same, where the holders are known. */
export async function viewWith(
  { home }: Backend,
  report: ReportRow,
  seal: NewSealRow,
  holders: readonly string[],
): Promise<ReportResponse> {
  return {
    report: storedId(report.report_id),
    channel: storedId(report.channel_id),
    day: report.day,
    status: statusOf(report),
    epoch: report.epoch,
    holders: holders.map(storedId),
    seal: await withSlot(home.slotFile, report.slot, (keeping) => encoded(keeping.openSeal(seal))),
  };
}

/** Only the contract's words are written to this column. @throws Error when another is read. */
function statusOf({ status }: ReportRow): ReportResponse['status'] {
  if (status === 'new' || status === 'opened' || status === 'closed') return status;
  throw new Error('status');
}

const itemKinds: ReadonlySet<string> = new Set<ItemResponse['kind']>([
  'answers',
  'summary',
  'file',
  'comment',
  'status',
  'grant',
  'link',
  'disclosed-identity',
]);

/** @throws Error when another word is read than the contract's. */
export function itemKindOf(kind: string): ItemResponse['kind'] {
  if (!itemKinds.has(kind)) throw new Error('kind');
  return kind as ItemResponse['kind']; // why: just looked up in the set of exactly these
}
