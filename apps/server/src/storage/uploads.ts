/** Repository of `uploads`: attachments (S7); their chunks lie in files (blobs/attachments.ts). */
import { all, change, first } from './query.ts';
import type { UploadRow } from './schema.ts';
import type { Transaction } from './transaction.ts';

const oneOfEvenForgotten = first((transaction, siteId: string, itemIds: readonly string[]) =>
  transaction
    .selectFrom('uploads')
    .select('item_id')
    .where('site_id', '=', siteId)
    .where('item_id', 'in', itemIds),
);
const insert = change((transaction, row: UploadRow) => transaction.insertInto('uploads').values(row));

/** Reads and writes announced attachments. */
export const uploads = {
  find: first((transaction, siteId: string, itemId: string) =>
    transaction
      .selectFrom('uploads')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('item_id', '=', itemId)
      .where('forgotten', '=', 0),
  ),

  /** For whoever wants to take the id: it is free only when the file of it is gone. */
  findEvenForgotten: first((transaction, siteId: string, itemId: string) =>
    transaction.selectFrom('uploads').selectAll().where('site_id', '=', siteId).where('item_id', '=', itemId),
  ),

  /** Whether one of these ids is taken. */
  async anyOf(transaction: Transaction, siteId: string, itemIds: readonly string[]): Promise<boolean> {
    return (await oneOfEvenForgotten(transaction, siteId, itemIds)) !== undefined;
  },

  /** Those of a report that are not marked for forgetting. */
  ofReport: all((transaction, siteId: string, reportId: string) =>
    transaction
      .selectFrom('uploads')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('report_id', '=', reportId)
      .where('forgotten', '=', 0)
      .orderBy('item_id'),
  ),

  async add(transaction: Transaction, row: Omit<UploadRow, 'complete' | 'forgotten'>): Promise<void> {
    await insert(transaction, { ...row, complete: 0, forgotten: 0 });
  },

  /** From now on nobody finds it; its row goes with its mark (S13). */
  hide: change((transaction, siteId: string, itemId: string) =>
    transaction
      .updateTable('uploads')
      .set({ forgotten: 1 })
      .where('site_id', '=', siteId)
      .where('item_id', '=', itemId),
  ),

  setComplete: change((transaction, siteId: string, itemId: string) =>
    transaction
      .updateTable('uploads')
      .set({ complete: 1 })
      .where('site_id', '=', siteId)
      .where('item_id', '=', itemId),
  ),

  /** Uploads that were announced before `day` and never completed. */
  unfinishedBefore: all((transaction, day: string) =>
    transaction
      .selectFrom('uploads')
      .selectAll()
      .where('complete', '=', 0)
      .where('forgotten', '=', 0)
      .where('day', '<', day),
  ),

  drop: change((transaction, siteId: string, itemId: string) =>
    transaction.deleteFrom('uploads').where('site_id', '=', siteId).where('item_id', '=', itemId),
  ),
};

/** Interface of the repository. */
export type Uploads = typeof uploads;
