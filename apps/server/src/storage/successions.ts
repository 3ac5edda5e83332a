/** Repository of `successions`: how the site came to its key (S14). */
import { all, change } from './query.ts';
import type { SuccessionRow } from './schema.ts';

/** Reads and writes changes of the site's key; none is ever taken back. */
export const successions = {
  /** Oldest first. */
  list: all((transaction, siteId: string) =>
    transaction.selectFrom('successions').selectAll().where('site_id', '=', siteId).orderBy('number'),
  ),

  add: change((transaction, row: SuccessionRow) => transaction.insertInto('successions').values(row)),
};

/** Interface of the repository. */
export type Successions = typeof successions;
