/** Repository of `kept_alone`: what has a slot of its own, so that it can be forgotten alone (kept/kept-alone.ts). */
import type { KeptAloneRow } from './schema.ts';
import type { Transaction } from './transaction.ts';

/** Reads and writes what is kept alone. */
export const keptAlone = {
  async find(
    transaction: Transaction,
    siteId: string,
    ownerId: string,
    kind: string,
  ): Promise<KeptAloneRow | undefined> {
    return transaction
      .selectFrom('kept_alone')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('owner_id', '=', ownerId)
      .where('kind', '=', kind)
      .executeTakeFirst();
  },

  /** All of one kind, whoever they belong to. */
  async ofKind(transaction: Transaction, siteId: string, kind: string): Promise<KeptAloneRow[]> {
    return transaction
      .selectFrom('kept_alone')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('kind', '=', kind)
      .orderBy('owner_id')
      .execute();
  },

  /** All that belongs to one owner. */
  async ofOwner(transaction: Transaction, siteId: string, ownerId: string): Promise<KeptAloneRow[]> {
    return transaction
      .selectFrom('kept_alone')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('owner_id', '=', ownerId)
      .execute();
  },

  async add(transaction: Transaction, row: KeptAloneRow): Promise<void> {
    await transaction.insertInto('kept_alone').values(row).execute();
  },

  /** The caller has marked the row's slot in the same transaction (S13). */
  async drop(transaction: Transaction, { site_id, owner_id, kind }: KeptAloneRow): Promise<void> {
    await transaction
      .deleteFrom('kept_alone')
      .where('site_id', '=', site_id)
      .where('owner_id', '=', owner_id)
      .where('kind', '=', kind)
      .execute();
  },
};

/** Interface of the repository. */
export type KeptAlone = typeof keptAlone;
