/** Writing one item into a report (S6–S8): only by who holds it, only as they saw it, and once. */
import type { ReportAct } from '@sotto/contract/audit';
import type { ItemRequest } from '@sotto/contract/report';
import { equalBytes } from '@sotto/protocol/bytes';
import { recordInReport } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { versioned } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import { day } from '../storage/home.ts';
import type { ItemRow, ReportRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';
import { announce } from './announce.ts';
import { keepGrant } from './grant.ts';
import { type Reader, readableReport } from './report-view.ts';

/** A conversation is far shorter; without an end one session could fill the disk with small items. */
const itemsMax = 10_000;

/**
 * Adds an item with the next order of its report; an upload with it when it is a `file`.
 *
 * @param client as the thresholds tell clients apart.
 * @returns its order; that of the first time when it is repeated with the same bytes.
 * @throws Refusal `NOT_FOUND`, `EPOCH_MOVED`, `ID_IN_USE`, `QUOTA`, `TOO_MANY`, `MALFORMED`,
 *   `WRONG_HOLDERS`. @throws StorageError `DISK_FULL`.
 */
export async function writeItem(
  backend: Backend,
  reader: Reader,
  request: ItemRequest,
  client: string | null,
): Promise<number> {
  const { store, attachments } = backend.home;
  const box = versioned(request.box);
  if (request.kind === 'file' && !(await attachments.fits(request.size))) throw new Refusal('DISK_FULL');
  return store.transaction(async (transaction) => {
    const { report } = await readableReport(backend, transaction, reader);
    const before = await store.items.find(transaction, backend.siteId, request.id);
    if (before !== undefined)
      return await orderOfRepeated(backend, transaction, reader, request, box, before);
    await checkSeen(backend, transaction, report, request);
    if (request.kind === 'grant') {
      // A whistleblower knows nobody here but those the directory names.
      if (reader.userId === null) throw new Refusal('MALFORMED');
      await keepGrant(backend, transaction, report, request);
    }
    const today = day(backend.clock());
    const { reportId, userId } = reader;
    if (request.kind === 'file') {
      backend.thresholds.attachment(client, reportId, request.id);
      await announce(backend, transaction, reader, request.id, request.size);
    } else if (
      (await store.uploads.findEvenForgotten(transaction, backend.siteId, request.id)) !== undefined
    ) {
      throw new Refusal('ID_IN_USE');
    }
    const order = await store.items.add(transaction, backend.siteId, reportId, [
      { item_id: request.id, kind: request.kind, epoch: request.epoch, author_id: userId, day: today, box },
    ]);
    if (order > itemsMax) throw new Refusal('TOO_MANY');
    await recordInReport(backend, transaction, reportId, actOf(request.kind), userId, objectOf(request));
    return order;
  });
}

/** What the audit log calls the writing of an item (S15). */
function actOf(kind: ItemRequest['kind']): ReportAct {
  if (kind === 'comment') return 'commented';
  return kind === 'file' ? 'file-added' : 'granted';
}

/** Whom it was granted to, or what was written. */
function objectOf(request: ItemRequest): ItemRequest['id'] {
  return request.kind === 'grant' ? request.holder : request.id;
}

/** @throws Refusal `EPOCH_MOVED` when keys or holders are not those the author saw (S8). */
async function checkSeen(
  { home, siteId }: Backend,
  transaction: Transaction,
  report: ReportRow,
  request: ItemRequest,
): Promise<void> {
  const holders = await home.store.seals.holders(transaction, siteId, report.report_id);
  const seen = request.holders.toSorted();
  const same = seen.length === holders.length && holders.every((id, index) => id === seen[index]);
  if (request.epoch !== report.epoch || !same) throw new Refusal('EPOCH_MOVED');
}

/** @throws Refusal `ID_IN_USE` unless the very same item is there. */
async function orderOfRepeated(
  { home, siteId }: Backend,
  transaction: Transaction,
  reader: Reader,
  request: ItemRequest,
  box: Uint8Array,
  before: ItemRow,
): Promise<number> {
  const upload = await home.store.uploads.find(transaction, siteId, request.id);
  const sameSize = request.kind !== 'file' || upload === undefined || upload.padded_size === request.size;
  const same =
    before.report_id === reader.reportId &&
    before.author_id === reader.userId &&
    before.kind === request.kind &&
    before.epoch === request.epoch &&
    sameSize &&
    equalBytes(before.box, box);
  if (!same) throw new Refusal('ID_IN_USE');
  return before.ordinal;
}
