/** Repository of `users`: recipients and administrators. */
import type { Updateable } from 'kysely';
import { all, change, first } from './query.ts';
import type { UserRow } from './schema.ts';

/** Reads and writes users of a site. */
export const users = {
  find: first((transaction, siteId: string, userId: string) =>
    transaction.selectFrom('users').selectAll().where('site_id', '=', siteId).where('user_id', '=', userId),
  ),

  /** `foldedName` is NFKC, lower case. */
  findByName: first((transaction, siteId: string, foldedName: string) =>
    transaction
      .selectFrom('users')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('folded_name', '=', foldedName),
  ),

  list: all((transaction, siteId: string) =>
    transaction.selectFrom('users').selectAll().where('site_id', '=', siteId).orderBy('folded_name'),
  ),

  add: change((transaction, row: UserRow) => transaction.insertInto('users').values(row)),

  /** There is something to tell this user: the site's audit entry of this order, unless there was an earlier one. */
  tell: change((transaction, siteId: string, userId: string, order: number) =>
    transaction
      .updateTable('users')
      .set({ notices_from: order })
      .where('site_id', '=', siteId)
      .where('user_id', '=', userId)
      .where('notices_from', 'is', null),
  ),

  tellAll: change((transaction, siteId: string, order: number) =>
    transaction
      .updateTable('users')
      .set({ notices_from: order })
      .where('site_id', '=', siteId)
      .where('notices_from', 'is', null),
  ),

  /** The account with its boxes, heads, links and addresses (ON DELETE CASCADE); its slots are marked by the caller. */
  drop: change((transaction, siteId: string, userId: string) =>
    transaction.deleteFrom('users').where('site_id', '=', siteId).where('user_id', '=', userId),
  ),

  change: change(
    (
      transaction,
      siteId: string,
      userId: string,
      changed: Updateable<Omit<UserRow, 'site_id' | 'user_id'>>,
    ) =>
      transaction
        .updateTable('users')
        .set(changed)
        .where('site_id', '=', siteId)
        .where('user_id', '=', userId),
  ),
};

/** Interface of the repository. */
export type Users = typeof users;
