/** Repository of the audit log (S15): chains of entries, the heads that readers' agents keep, and tombstones of deleted chains. */
import { all, change, first } from './query.ts';
import type { AuditEntryRow, AuditHeadRow, TombstoneRow } from './schema.ts';
import type { Transaction } from './transaction.ts';

const dropEntries = change((transaction, siteId: string, chainId: string) =>
  transaction.deleteFrom('audit_entries').where('site_id', '=', siteId).where('chain_id', '=', chainId),
);
const dropHeads = change((transaction, siteId: string, chainId: string) =>
  transaction.deleteFrom('audit_heads').where('site_id', '=', siteId).where('chain_id', '=', chainId),
);

/** Reads and writes chains of a site. Which entry is right is for audit/record.ts to say. */
export const audit = {
  last: first((transaction, siteId: string, chainId: string) =>
    transaction
      .selectFrom('audit_entries')
      .select(['ordinal', 'head'])
      .where('site_id', '=', siteId)
      .where('chain_id', '=', chainId)
      .orderBy('ordinal', 'desc')
      .limit(1),
  ),

  /** Entries in order, those with an ordinal above `after`, at most `limit`. */
  after: all((transaction, siteId: string, chainId: string, after: number, limit: number) =>
    transaction
      .selectFrom('audit_entries')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('chain_id', '=', chainId)
      .where('ordinal', '>', after)
      .orderBy('ordinal')
      .limit(limit),
  ),

  /** An entry that says just this of this day. */
  same: first(
    (transaction, siteId: string, chainId: string, day: string, actor: string, act: string, object: string) =>
      transaction
        .selectFrom('audit_entries')
        .select('ordinal')
        .where('site_id', '=', siteId)
        .where('chain_id', '=', chainId)
        .where('day', '=', day)
        .where('actor_id', '=', actor)
        .where('act', '=', act)
        .where('object_id', '=', object)
        .limit(1),
  ),

  /** An entry that says this of an object, whoever did it. */
  about: first((transaction, siteId: string, chainId: string, act: string, object: string) =>
    transaction
      .selectFrom('audit_entries')
      .select('ordinal')
      .where('site_id', '=', siteId)
      .where('chain_id', '=', chainId)
      .where('act', '=', act)
      .where('object_id', '=', object)
      .limit(1),
  ),

  /** Entries of the site's chain from the order `from` on: of some acts those about one person, of others all. */
  news: all(
    (
      transaction,
      siteId: string,
      userId: string,
      acts: { readonly toOne: readonly string[]; readonly toAll: readonly string[] },
      from: number,
      limit: number,
    ) =>
      transaction
        .selectFrom('audit_entries')
        .select(['ordinal', 'day', 'act', 'actor_id', 'object_id'])
        .where('site_id', '=', siteId)
        .where('chain_id', '=', siteId)
        .where('ordinal', '>=', from)
        .where(({ eb, or, and }) =>
          or([and([eb('act', 'in', acts.toOne), eb('object_id', '=', userId)]), eb('act', 'in', acts.toAll)]),
        )
        .orderBy('ordinal')
        .limit(limit),
  ),

  add: change((transaction, row: AuditEntryRow) => transaction.insertInto('audit_entries').values(row)),

  keptHead: first((transaction, siteId: string, chainId: string, userId: string) =>
    transaction
      .selectFrom('audit_heads')
      .select('box')
      .where('site_id', '=', siteId)
      .where('chain_id', '=', chainId)
      .where('user_id', '=', userId),
  ),

  /** Puts the box in place of the one before. */
  keepHead: change((transaction, row: AuditHeadRow) =>
    transaction
      .insertInto('audit_heads')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['site_id', 'chain_id', 'user_id']).doUpdateSet({ box: row.box }),
      ),
  ),

  /** Nothing but the last head stays of a chain; twice the same is once. */
  bury: change((transaction, row: TombstoneRow) =>
    transaction
      .insertInto('tombstones')
      .values(row)
      .onConflict((conflict) => conflict.columns(['site_id', 'head']).doNothing()),
  ),

  /** Deletes a chain whole, with the heads that were kept of it. */
  async dropChain(transaction: Transaction, siteId: string, chainId: string): Promise<void> {
    await dropEntries(transaction, siteId, chainId);
    await dropHeads(transaction, siteId, chainId);
  },
};

/** Interface of the repository. */
export type Audit = typeof audit;
