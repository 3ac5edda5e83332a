/** Repository of `drafts`: reports being written that their whistleblower chose to keep (S3). */
import { all, change, first } from './query.ts';
import type { DraftRow } from './schema.ts';

/** Reads and writes kept drafts. */
export const drafts = {
  ofReport: first((transaction, siteId: string, reportId: string) =>
    transaction
      .selectFrom('drafts')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('report_id', '=', reportId),
  ),

  /** By SHA-256 of the vault's name, 32 bytes; the index is searched for it. */
  named: first((transaction, siteId: string, nameHash: Uint8Array) =>
    transaction
      .selectFrom('drafts')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('name_hash', '=', nameHash),
  ),

  /** Those that were kept last before `day`. */
  before: all((transaction, day: string) =>
    transaction.selectFrom('drafts').selectAll().where('day', '<', day),
  ),

  add: change((transaction, row: DraftRow) => transaction.insertInto('drafts').values(row)),

  /** Puts what is written now in place of what was. */
  setBox: change((transaction, siteId: string, reportId: string, box: Uint8Array, day: string) =>
    transaction
      .updateTable('drafts')
      .set({ box, day })
      .where('site_id', '=', siteId)
      .where('report_id', '=', reportId),
  ),

  /** What was written goes once the report is filed. */
  empty: change((transaction, siteId: string, reportId: string) =>
    transaction
      .updateTable('drafts')
      .set({ box: null })
      .where('site_id', '=', siteId)
      .where('report_id', '=', reportId),
  ),

  drop: change((transaction, siteId: string, reportId: string) =>
    transaction.deleteFrom('drafts').where('site_id', '=', siteId).where('report_id', '=', reportId),
  ),
};

/** Interface of the repository. */
export type Drafts = typeof drafts;
