/** Announcing an attachment (S7): its row and its share of the limits; the file comes with the first chunk. */
import type { Backend } from '../backend.ts';
import { Refusal } from '../http/refusal.ts';
import { day } from '../storage/home.ts';
import type { Transaction } from '../storage/transaction.ts';
import type { Reader } from './report-view.ts';

/** Attachments of one report: ten times what one submission may name. */
const filesMax = 640;

/**
 * Adds an attachment to a report, or to one that is being written.
 *
 * @throws Refusal `ID_IN_USE` for an id that an item or another attachment has, `QUOTA` above the site's limits.
 */
export async function announce(
  { home, siteId, limits, clock }: Backend,
  transaction: Transaction,
  { reportId, userId }: Reader,
  itemId: string,
  paddedSize: number,
): Promise<void> {
  const { uploads, items } = home.store;
  const taken =
    (await uploads.findEvenForgotten(transaction, siteId, itemId)) ??
    (await items.find(transaction, siteId, itemId));
  if (taken !== undefined) throw new Refusal('ID_IN_USE');
  const others = await uploads.ofReport(transaction, siteId, reportId);
  const total = others.reduce((sum, row) => sum + row.padded_size, paddedSize);
  if (paddedSize > limits.file || total > limits.report || others.length >= filesMax)
    throw new Refusal('QUOTA');
  await uploads.add(transaction, {
    site_id: siteId,
    item_id: itemId,
    report_id: reportId,
    author_id: userId,
    padded_size: paddedSize,
    day: day(clock()),
  });
}
