/** Repository of `channels`. Its name and who receives are in its signed statement (storage/statements.ts). */
import { all, change, first } from './query.ts';
import type { ChannelRow } from './schema.ts';
import type { Transaction } from './transaction.ts';

const lastPosition = first((transaction, siteId: string) =>
  transaction
    .selectFrom('channels')
    .select(({ fn }) => fn.max('position').as('last'))
    .where('site_id', '=', siteId),
);
const insert = change((transaction, row: ChannelRow) => transaction.insertInto('channels').values(row));

/** Reads and writes channels of a site. */
export const channels = {
  find: first((transaction, siteId: string, channelId: string) =>
    transaction
      .selectFrom('channels')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('channel_id', '=', channelId),
  ),

  list: all((transaction, siteId: string) =>
    transaction.selectFrom('channels').selectAll().where('site_id', '=', siteId).orderBy('position'),
  ),

  /** Adds a channel after the others. */
  async add(transaction: Transaction, siteId: string, channelId: string): Promise<void> {
    const before = await lastPosition(transaction, siteId);
    const position = Number(before?.last ?? 0) + 1;
    await insert(transaction, { site_id: siteId, channel_id: channelId, position });
  },
};

/** Interface of the repository. */
export type Channels = typeof channels;
