/**
 * The settings in force: those an administrator changed over the usual ones, held in memory so that a request reads them
 * without a transaction, and written before they count.
 */
import { type SiteSettings, siteSettings, usualSettings } from '@sotto/contract/settings';
import type { Uuid } from '@sotto/protocol/bytes';
import * as v from 'valibot';
import type { Store } from '../storage/store.ts';
import type { Transaction } from '../storage/transaction.ts';

/** The settings of a site. */
export type Settings = {
  now(): SiteSettings;
  /** Changes what is named; resolves once it is durable and in force. `also` belongs to the same transaction. */
  change(
    changed: Partial<SiteSettings>,
    also?: (transaction: Transaction) => Promise<unknown>,
  ): Promise<void>;
};

/** Reads them. A stored setting that this program does not know, or whose value it does not take, counts as never changed. */
export async function openSettings(store: Store, siteId: Uuid): Promise<Settings> {
  const rows = await store.transaction((transaction) => store.settings.list(transaction, siteId));
  let inForce = usualSettings;
  for (const { name, value } of rows) {
    const read = v.safeParse(siteSettings, { ...inForce, [name]: JSON.parse(value) });
    if (read.success) inForce = read.output;
  }
  return {
    now: () => inForce,
    async change(changed, also) {
      await store.transaction(async (transaction) => {
        for (const [name, value] of Object.entries(changed)) {
          await store.settings.put(transaction, { site_id: siteId, name, value: JSON.stringify(value) });
        }
        await also?.(transaction);
      });
      inForce = { ...inForce, ...changed };
    },
  };
}
