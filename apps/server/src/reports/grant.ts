/** Giving a report to one more person, and giving up one's own seal of it (S8). */
import type { ItemRequest } from '@sotto/contract/report';
import type { Uuid } from '@sotto/protocol/bytes';
import { canHold } from '../accounts/accounts.ts';
import { recordInReport } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { versioned } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import { withSlot } from '../storage/keeping.ts';
import type { ReportRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';
import { findReadable } from './report-view.ts';

/** The part of a request that grants. */
export type Grant = Extract<ItemRequest, { kind: 'grant' }>;

/**
 * Keeps the seal for a person who may receive, in the transaction that adds the `grant` item. Whether it is a seal of R the server
 * cannot tell; the person's agent finds out.
 *
 * @throws Refusal `WRONG_HOLDERS` for somebody who may not hold reports, or holds this one.
 */
export async function keepGrant(
  { home, siteId }: Backend,
  transaction: Transaction,
  report: ReportRow,
  { holder, seal }: Grant,
): Promise<void> {
  const { store, slotFile } = home;
  const user = await store.users.find(transaction, siteId, holder);
  const before = await store.seals.ofHolder(transaction, siteId, report.report_id, holder);
  if (!canHold(user) || user.is_recipient === 0 || before.length > 0) throw new Refusal('WRONG_HOLDERS');
  const place = {
    site_id: siteId,
    report_id: report.report_id,
    holder_id: holder,
    epoch: report.epoch,
    kind: 'report-key',
  };
  const row = await withSlot(slotFile, report.slot, (keeping) => keeping.keepSeal(place, versioned(seal)));
  await store.seals.add(transaction, [row]);
}

/** What one does not hold is left already. @throws Refusal `LAST_HOLDER`. */
export async function leaveReport(
  backend: Backend,
  transaction: Transaction,
  reportId: Uuid,
  userId: Uuid,
): Promise<void> {
  const { store } = backend.home;
  if ((await findReadable(backend, transaction, { reportId, userId })) === undefined) return;
  const holders = await store.seals.holders(transaction, backend.siteId, reportId);
  if (holders.length < 2) throw new Refusal('LAST_HOLDER');
  await store.seals.dropOf(transaction, backend.siteId, reportId, userId);
  await recordInReport(backend, transaction, reportId, 'revoked', userId, userId);
}
