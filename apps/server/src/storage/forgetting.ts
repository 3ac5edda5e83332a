/** Repository of `forgetting`: the durable marks of S13, one for each slot, row or file that must go. */
import { randomUUID } from 'node:crypto';
import { all, change } from './query.ts';
import type { ForgettingRow } from './schema.ts';
import type { Transaction } from './transaction.ts';

/**
 * What a mark names: a slot by its number, a report by its id, a file by its path under the home.
 * A closed list: forgetting/forget.ts has an act for each.
 */
export type MarkKind = 'slot' | 'report' | 'file';

/** A mark as it is read back. */
export type Mark = {
  readonly siteId: string;
  readonly markId: string;
  readonly kind: MarkKind;
  readonly target: string;
};

const insert = change((transaction, row: ForgettingRow) => transaction.insertInto('forgetting').values(row));
const rowsInOrder = all((transaction) => transaction.selectFrom('forgetting').selectAll().orderBy('mark_id'));

/** Reads and writes marks. */
export const forgetting = {
  async add(transaction: Transaction, siteId: string, kind: MarkKind, target: string): Promise<void> {
    await insert(transaction, { site_id: siteId, mark_id: randomUUID(), kind, target });
  },

  async list(transaction: Transaction): Promise<Mark[]> {
    return (await rowsInOrder(transaction)).map((row) => ({
      siteId: row.site_id,
      markId: row.mark_id,
      kind: row.kind as MarkKind, // why: `add` above is the only writer of this column
      target: row.target,
    }));
  },

  drop: change((transaction, markId: string) =>
    transaction.deleteFrom('forgetting').where('mark_id', '=', markId),
  ),
};

/** Interface of the repository. */
export type Forgetting = typeof forgetting;
