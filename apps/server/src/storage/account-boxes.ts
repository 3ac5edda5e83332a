/** Repository of `account_boxes`: what is wrapped for an account, under the account's slot (storage/keeping.ts). */
import { all, change, first } from './query.ts';
import type { AccountBoxRow } from './schema.ts';

/** Reads and writes the boxes of accounts. */
export const accountBoxes = {
  ofUser: all((transaction, siteId: string, userId: string) =>
    transaction
      .selectFrom('account_boxes')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('user_id', '=', userId),
  ),

  find: first((transaction, siteId: string, userId: string, kind: string) =>
    transaction
      .selectFrom('account_boxes')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('user_id', '=', userId)
      .where('kind', '=', kind),
  ),

  /** Ids of the users who have a box of this kind. */
  owners: all((transaction, siteId: string, kind: string) =>
    transaction
      .selectFrom('account_boxes')
      .select('user_id')
      .where('site_id', '=', siteId)
      .where('kind', '=', kind),
  ),

  /** Puts a box, in place of one of the same kind. */
  put: change((transaction, row: AccountBoxRow) =>
    transaction
      .insertInto('account_boxes')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['site_id', 'user_id', 'kind']).doUpdateSet({ kept: row.kept }),
      ),
  ),

  /** All boxes of an account, before they are put under another slot. */
  dropAll: change((transaction, siteId: string, userId: string) =>
    transaction.deleteFrom('account_boxes').where('site_id', '=', siteId).where('user_id', '=', userId),
  ),
};

/** Interface of the repository. */
export type AccountBoxes = typeof accountBoxes;
