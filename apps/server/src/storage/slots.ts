/** Repository of `slots`: which slots of the slot file are in use, and whose. */
import { all, change } from './query.ts';
import type { SlotRow } from './schema.ts';
import type { Transaction } from './transaction.ts';

const everyNumber = all((transaction) => transaction.selectFrom('slots').select('slot'));

/** Reads and writes the rows of slots. */
export const slots = {
  async numbers(transaction: Transaction): Promise<number[]> {
    return (await everyNumber(transaction)).map((row) => row.slot);
  },

  /** Says that the slot is used, in the transaction that uses it. */
  take: change((transaction, row: SlotRow) => transaction.insertInto('slots').values(row)),

  /** Only forgetting calls this, after the slot was overwritten. */
  drop: change((transaction, siteId: string, slot: number) =>
    transaction.deleteFrom('slots').where('site_id', '=', siteId).where('slot', '=', slot),
  ),
};

/** Interface of the repository. */
export type Slots = typeof slots;
