/** Repositories of mail: `mail_settings`, `addresses`, `mail_queue`, and `resets`, the links it carries. */
import type { AddressRow, MailQueueRow, MailSettingsRow, ResetRow } from './schema.ts';
import type { Transaction } from './transaction.ts';

/** Where mail is handed over; the password is kept alone (kept/kept-alone.ts). */
export const mailSettings = {
  async find(transaction: Transaction, siteId: string): Promise<MailSettingsRow | undefined> {
    return transaction
      .selectFrom('mail_settings')
      .selectAll()
      .where('site_id', '=', siteId)
      .executeTakeFirst();
  },

  async put(transaction: Transaction, row: MailSettingsRow): Promise<void> {
    await transaction.deleteFrom('mail_settings').where('site_id', '=', row.site_id).execute();
    await transaction.insertInto('mail_settings').values(row).execute();
  },
};

/** Which user an address is of, by a keyed hash; the address itself is kept alone. */
export const addresses = {
  async usersOf(transaction: Transaction, siteId: string, mac: Uint8Array): Promise<string[]> {
    const rows = await transaction
      .selectFrom('addresses')
      .select('user_id')
      .where('site_id', '=', siteId)
      .where('mac', '=', mac)
      .orderBy('user_id')
      .execute();
    return rows.map((row) => row.user_id);
  },

  async put(transaction: Transaction, row: AddressRow): Promise<void> {
    await addresses.drop(transaction, row.site_id, row.user_id);
    await transaction.insertInto('addresses').values(row).execute();
  },

  async drop(transaction: Transaction, siteId: string, userId: string): Promise<void> {
    await transaction
      .deleteFrom('addresses')
      .where('site_id', '=', siteId)
      .where('user_id', '=', userId)
      .execute();
  },
};

/** Mails that wait: whom and what for is kept alone under the mail's id, so that it can be forgotten. */
export const mailQueue = {
  async add(transaction: Transaction, row: MailQueueRow): Promise<void> {
    await transaction.insertInto('mail_queue').values(row).execute();
  },

  async count(transaction: Transaction, siteId: string): Promise<number> {
    const { waiting } = await transaction
      .selectFrom('mail_queue')
      .select(({ fn }) => fn.countAll().as('waiting'))
      .where('site_id', '=', siteId)
      .executeTakeFirstOrThrow();
    return Number(waiting);
  },

  /** The mail that is due the longest. @param now Unix seconds. */
  async next(transaction: Transaction, siteId: string, now: number): Promise<MailQueueRow | undefined> {
    return transaction
      .selectFrom('mail_queue')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('due', '<=', now)
      .orderBy('due')
      .orderBy('mail_id')
      .executeTakeFirst();
  },

  async postpone(transaction: Transaction, row: MailQueueRow): Promise<void> {
    await transaction
      .updateTable('mail_queue')
      .set({ tries: row.tries, due: row.due })
      .where('site_id', '=', row.site_id)
      .where('mail_id', '=', row.mail_id)
      .execute();
  },

  /** Everything that waits is due now: the settings have changed. */
  async hurry(transaction: Transaction, siteId: string, now: number): Promise<void> {
    await transaction.updateTable('mail_queue').set({ due: now }).where('site_id', '=', siteId).execute();
  },

  async drop(transaction: Transaction, siteId: string, mailId: string): Promise<void> {
    await transaction
      .deleteFrom('mail_queue')
      .where('site_id', '=', siteId)
      .where('mail_id', '=', mailId)
      .execute();
  },
};

/** Reset links (S10): what proves each, until its time is over. */
export const resets = {
  async find(transaction: Transaction, siteId: string, verifier: Uint8Array): Promise<ResetRow | undefined> {
    return transaction
      .selectFrom('resets')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('verifier', '=', verifier)
      .executeTakeFirst();
  },

  /** How many links of a user live and were not used. @param now Unix seconds. */
  async living(transaction: Transaction, siteId: string, userId: string, now: number): Promise<number> {
    const { links } = await transaction
      .selectFrom('resets')
      .select(({ fn }) => fn.countAll().as('links'))
      .where('site_id', '=', siteId)
      .where('user_id', '=', userId)
      .where('expires', '>', now)
      .where('used_by', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(links);
  },

  async add(transaction: Transaction, row: ResetRow): Promise<void> {
    await transaction.insertInto('resets').values(row).execute();
  },

  async drop(transaction: Transaction, siteId: string, verifier: Uint8Array): Promise<void> {
    await transaction
      .deleteFrom('resets')
      .where('site_id', '=', siteId)
      .where('verifier', '=', verifier)
      .execute();
  },

  /** One link was used by this request; all others of the user are gone with it. */
  async use(transaction: Transaction, row: ResetRow, usedBy: Uint8Array): Promise<void> {
    await transaction
      .deleteFrom('resets')
      .where('site_id', '=', row.site_id)
      .where('user_id', '=', row.user_id)
      .where('verifier', '!=', row.verifier)
      .execute();
    await transaction
      .updateTable('resets')
      .set({ used_by: usedBy })
      .where('site_id', '=', row.site_id)
      .where('verifier', '=', row.verifier)
      .execute();
  },

  async dropExpired(transaction: Transaction, now: number): Promise<void> {
    await transaction.deleteFrom('resets').where('expires', '<=', now).execute();
  },
};

/** Interfaces of the repositories. */
export type MailSettingsTable = typeof mailSettings;
export type Addresses = typeof addresses;
export type MailQueue = typeof mailQueue;
export type Resets = typeof resets;
