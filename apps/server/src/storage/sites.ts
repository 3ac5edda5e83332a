/** Repository of `sites`: the site, unclaimed from the first start until an administrator's agent makes it. */
import type { Insertable, Updateable } from 'kysely';
import { change, first } from './query.ts';
import type { SiteRow } from './schema.ts';

/** Reads and writes the site. */
export const sites = {
  /** The one site; `undefined` on the very first start. */
  only: first((transaction) => transaction.selectFrom('sites').selectAll()),

  add: change((transaction, row: Insertable<SiteRow>) => transaction.insertInto('sites').values(row)),

  change: change((transaction, siteId: string, changed: Updateable<Omit<SiteRow, 'site_id'>>) =>
    transaction.updateTable('sites').set(changed).where('site_id', '=', siteId),
  ),
};

/** Interface of the repository. */
export type Sites = typeof sites;
