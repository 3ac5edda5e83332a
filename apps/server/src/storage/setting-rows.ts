/** Repository of `settings`: what an administrator changed, by name. */
import type { SettingRow } from './schema.ts';
import type { Transaction } from './transaction.ts';

/** Reads and writes changed settings. */
export const settingRows = {
  async list(transaction: Transaction, siteId: string): Promise<SettingRow[]> {
    return transaction.selectFrom('settings').selectAll().where('site_id', '=', siteId).execute();
  },

  async put(transaction: Transaction, row: SettingRow): Promise<void> {
    await transaction
      .insertInto('settings')
      .values(row)
      .onConflict((conflict) => conflict.columns(['site_id', 'name']).doUpdateSet({ value: row.value }))
      .execute();
  },
};

/** Interface of the repository. */
export type SettingRows = typeof settingRows;
