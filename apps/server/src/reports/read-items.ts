/** Items of a report, a page at a time (S6). */
import { type ItemResponse, itemsPageMax } from '@sotto/contract/report';
import type { Backend } from '../backend.ts';
import { encoded, storedId } from '../http/encoded.ts';
import { itemKindOf, type Reader, readableReport } from './report-view.ts';

/** A page ends early once it carries this many bytes: about two items of the largest size. */
const pageBytes = 1024 * 1024;

/** A page of items, and where the next begins. */
export type ItemsPage = { items: ItemResponse[]; next: number | null };

/** @param after order of the last item the reader has, 0 for none. @throws Refusal `NOT_FOUND`. */
export function readItems(backend: Backend, reader: Reader, after: number): Promise<ItemsPage> {
  const { store } = backend.home;
  return store.transaction(async (transaction) => {
    await readableReport(backend, transaction, reader);
    const rows = await store.items.ofReport(
      transaction,
      backend.siteId,
      reader.reportId,
      after,
      itemsPageMax + 1,
    );
    const uploads = await store.uploads.ofReport(transaction, backend.siteId, reader.reportId);
    const complete = new Set(uploads.filter((row) => row.complete === 1).map((row) => row.item_id));
    const items: ItemResponse[] = [];
    let bytes = 0;
    for (const row of rows) {
      if (items.length === itemsPageMax || (items.length > 0 && bytes + row.box.length > pageBytes)) break;
      bytes += row.box.length;
      items.push({
        order: row.ordinal,
        id: storedId(row.item_id),
        kind: itemKindOf(row.kind),
        author: row.author_id === null ? null : storedId(row.author_id),
        epoch: row.epoch,
        box: encoded(row.box),
        ...(row.kind === 'file' ? { whole: complete.has(row.item_id) } : {}),
      });
    }
    return { items, next: items.length < rows.length ? (items.at(-1)?.order ?? null) : null };
  });
}
