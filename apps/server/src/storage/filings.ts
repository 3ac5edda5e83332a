/** Repository of `filings`: reports that are being written and have attachments already. */
import { all, change, first } from './query.ts';
import type { FilingRow } from './schema.ts';

/** Reads and writes filings. */
export const filings = {
  find: first((transaction, siteId: string, reportId: string) =>
    transaction
      .selectFrom('filings')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('report_id', '=', reportId),
  ),

  /** Those that were begun, or whose draft was kept last, before `day`. */
  before: all((transaction, day: string) =>
    transaction.selectFrom('filings').selectAll().where('day', '<', day),
  ),

  add: change((transaction, row: FilingRow) => transaction.insertInto('filings').values(row)),

  /** The day somebody last went on with it. */
  setDay: change((transaction, siteId: string, reportId: string, day: string) =>
    transaction
      .updateTable('filings')
      .set({ day })
      .where('site_id', '=', siteId)
      .where('report_id', '=', reportId),
  ),

  drop: change((transaction, siteId: string, reportId: string) =>
    transaction.deleteFrom('filings').where('site_id', '=', siteId).where('report_id', '=', reportId),
  ),
};

/** Interface of the repository. */
export type Filings = typeof filings;
