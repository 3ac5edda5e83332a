/** A page of a recipient's list: as many queries for fifty reports as for one, each by an index (docs/benchmarks.md). */
import { type ReportsResponse, reportsPageMax } from '@sotto/contract/report';
import type { Uuid } from '@sotto/protocol/bytes';
import type { Backend } from '../backend.ts';
import { encoded, storedId } from '../http/encoded.ts';
import { readableReport, viewWith } from '../reports/report-view.ts';
import type { HeldReport } from '../storage/reports.ts';
import type { NewSealRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';

type Row = ReportsResponse['reports'][number];

/** @param beforeReport the last report of the page before. @throws Refusal `NOT_FOUND` when this recipient does not read it. */
export async function listReports(
  backend: Backend,
  transaction: Transaction,
  userId: Uuid,
  beforeReport: Uuid | undefined,
): Promise<ReportsResponse> {
  const { siteId } = backend;
  const { reports, seals, items } = backend.home.store;
  const before = await ordinalBefore(backend, transaction, userId, beforeReport);
  const held = await reports.heldBy(transaction, siteId, userId, before, reportsPageMax + 1);
  const page = held.slice(0, reportsPageMax);
  const ids = page.map((report) => report.report_id);
  const holders = await seals.holdersOf(transaction, siteId, ids);
  const summaries = await items.summariesOf(transaction, siteId, ids);
  const counts = await items.countsOf(transaction, siteId, ids, ['comment', 'file']);
  const rows: Row[] = [];
  for (const report of page) {
    const summary = summaries.get(report.report_id);
    if (summary === undefined) continue;
    const seal = ownSeal(report, userId);
    rows.push({
      ...(await viewWith(backend, report, seal, holders.get(report.report_id) ?? [])),
      summary: { id: storedId(summary.item_id), box: encoded(summary.box) },
      items: counts.get(report.report_id) ?? 0,
    });
  }
  const last = page.at(-1);
  const more = held.length > page.length && last !== undefined;
  return { reports: rows, next: more ? storedId(last.report_id) : null };
}

/** The place in the order of reports to go on from: that of a report this recipient reads, or the newest of all. */
async function ordinalBefore(
  backend: Backend,
  transaction: Transaction,
  userId: Uuid,
  reportId: Uuid | undefined,
): Promise<number> {
  if (reportId === undefined) return Number.MAX_SAFE_INTEGER;
  return (await readableReport(backend, transaction, { reportId, userId })).report.ordinal;
}

function ownSeal({ site_id, report_id, epoch, kept }: HeldReport, userId: Uuid): NewSealRow {
  return { site_id, report_id, holder_id: userId, epoch, kind: 'report-key', kept };
}
