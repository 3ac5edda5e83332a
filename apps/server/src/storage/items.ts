/** Repository of `items` (S6): ciphertext, each written once and never changed. */
import { all, change, first } from './query.ts';
import type { ItemRow } from './schema.ts';
import type { Transaction } from './transaction.ts';

/** An item as it is added: its place in the report is looked up. */
export type NewItemRow = Omit<ItemRow, 'site_id' | 'report_id' | 'ordinal'>;

const oneOf = first((transaction, siteId: string, itemIds: readonly string[]) =>
  transaction
    .selectFrom('items')
    .select('item_id')
    .where('site_id', '=', siteId)
    .where('item_id', 'in', itemIds),
);
const lastOrdinal = first((transaction, siteId: string, reportId: string) =>
  transaction
    .selectFrom('items')
    .select(({ fn }) => fn.max('ordinal').as('last'))
    .where('site_id', '=', siteId)
    .where('report_id', '=', reportId),
);
const insert = change((transaction, rows: readonly ItemRow[]) =>
  transaction.insertInto('items').values(rows),
);
const summaries = all((transaction, siteId: string, reportIds: readonly string[]) =>
  transaction
    .selectFrom('items')
    .select(['report_id', 'item_id', 'box'])
    .where('site_id', '=', siteId)
    .where('report_id', 'in', reportIds)
    .where('kind', '=', 'summary'),
);
const counts = all((transaction, siteId: string, reportIds: readonly string[], kinds: readonly string[]) =>
  transaction
    .selectFrom('items')
    .select(({ fn }) => ['report_id', fn.countAll().as('total')])
    .where('site_id', '=', siteId)
    .where('report_id', 'in', reportIds)
    .where('kind', 'in', kinds)
    .groupBy('report_id'),
);

/** Reads and writes items of reports. */
export const items = {
  find: first((transaction, siteId: string, itemId: string) =>
    transaction.selectFrom('items').selectAll().where('site_id', '=', siteId).where('item_id', '=', itemId),
  ),

  /** Items of a report in the order they came, those with an ordinal above `after`, at most `limit`. */
  ofReport: all((transaction, siteId: string, reportId: string, after: number, limit: number) =>
    transaction
      .selectFrom('items')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('report_id', '=', reportId)
      .where('ordinal', '>', after)
      .orderBy('ordinal')
      .limit(limit),
  ),

  /** Whether an item of one of these ids is there. */
  async anyOf(transaction: Transaction, siteId: string, itemIds: readonly string[]): Promise<boolean> {
    return (await oneOf(transaction, siteId, itemIds)) !== undefined;
  },

  /** The summary of each report, by report; a report has one, from its filing. */
  async summariesOf(
    transaction: Transaction,
    siteId: string,
    reportIds: readonly string[],
  ): Promise<ReadonlyMap<string, Pick<ItemRow, 'item_id' | 'box'>>> {
    const rows = await summaries(transaction, siteId, reportIds);
    return new Map(rows.map((row) => [row.report_id, row]));
  },

  /** How many items of these kinds each report has, by report; one without any is not in it. */
  async countsOf(
    transaction: Transaction,
    siteId: string,
    reportIds: readonly string[],
    kinds: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    const rows = await counts(transaction, siteId, reportIds, kinds);
    return new Map(rows.map((row) => [row.report_id, Number(row.total)]));
  },

  /** Adds items to a report in this order, with the next ordinals of that report; returns the last of them. */
  async add(
    transaction: Transaction,
    siteId: string,
    reportId: string,
    rows: readonly NewItemRow[],
  ): Promise<number> {
    const before = Number((await lastOrdinal(transaction, siteId, reportId))?.last ?? 0);
    const place = { site_id: siteId, report_id: reportId };
    await insert(
      transaction,
      rows.map((row, index) => ({ ...row, ...place, ordinal: before + index + 1 })),
    );
    return before + rows.length;
  },
};

/** Interface of the repository. */
export type Items = typeof items;
