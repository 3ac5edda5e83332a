/** Repository of `reports`. One that is marked for forgetting is found by nobody any more. */
import { all, change, first } from './query.ts';
import type { ReportRow, SealRow } from './schema.ts';
import type { Transaction } from './transaction.ts';

/** A report with the holder's own seal of its newest epoch. */
export type HeldReport = ReportRow & Pick<SealRow, 'kept'>;

const lastOrdinal = first((transaction, siteId: string) =>
  transaction
    .selectFrom('reports')
    .select(({ fn }) => fn.max('ordinal').as('last'))
    .where('site_id', '=', siteId),
);
const insert = change((transaction, row: ReportRow) => transaction.insertInto('reports').values(row));
const idsOfChannelBefore = all((transaction, siteId: string, channelId: string, day: string) =>
  transaction
    .selectFrom('reports')
    .select('report_id')
    .where('site_id', '=', siteId)
    .where('channel_id', '=', channelId)
    .where('day', '<', day)
    .where('forgotten', '=', 0),
);

/** Reads and writes reports of a site. */
export const reports = {
  find: first((transaction, siteId: string, reportId: string) =>
    transaction
      .selectFrom('reports')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('report_id', '=', reportId)
      .where('forgotten', '=', 0),
  ),

  /** `verifier` is the HMAC of SHA-256(authKey of the receipt), 32 bytes; the index is searched for it (S5). */
  findByVerifier: first((transaction, siteId: string, verifier: Uint8Array) =>
    transaction
      .selectFrom('reports')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('verifier', '=', verifier)
      .where('forgotten', '=', 0),
  ),

  /** For whoever wants to take the id: it is free only when the report of it is gone. */
  findEvenForgotten: first((transaction, siteId: string, reportId: string) =>
    transaction
      .selectFrom('reports')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('report_id', '=', reportId),
  ),

  /** The reports that a user holds the newest seal of, newest first, those with an ordinal below `before`. */
  heldBy: all((transaction, siteId: string, userId: string, before: number, limit: number) =>
    transaction
      .selectFrom('seals')
      .innerJoin('reports', (join) =>
        join
          .onRef('reports.site_id', '=', 'seals.site_id')
          .onRef('reports.report_id', '=', 'seals.report_id')
          .onRef('reports.epoch', '=', 'seals.epoch'),
      )
      .selectAll('reports')
      .select('seals.kept')
      .where('seals.site_id', '=', siteId)
      .where('seals.holder_id', '=', userId)
      .where('seals.kind', '=', 'report-key')
      .where('seals.ordinal', '<', before)
      .where('reports.forgotten', '=', 0)
      .orderBy('seals.ordinal', 'desc')
      .limit(limit),
  ),

  /** Ids of a channel's reports that came before `day` (UTC, `YYYY-MM-DD`). */
  async idsBefore(
    transaction: Transaction,
    siteId: string,
    channelId: string,
    day: string,
  ): Promise<string[]> {
    const rows = await idsOfChannelBefore(transaction, siteId, channelId, day);
    return rows.map((row) => row.report_id);
  },

  /** Adds a report with the next ordinal of the site. */
  async add(transaction: Transaction, row: Omit<ReportRow, 'ordinal' | 'forgotten'>): Promise<void> {
    const before = await lastOrdinal(transaction, row.site_id);
    await insert(transaction, { ...row, ordinal: Number(before?.last ?? 0) + 1, forgotten: 0 });
  },

  setStatus: change((transaction, siteId: string, reportId: string, status: string) =>
    transaction
      .updateTable('reports')
      .set({ status })
      .where('site_id', '=', siteId)
      .where('report_id', '=', reportId),
  ),

  /** From now on nobody finds the report; its rows go once its slot is overwritten (S13). */
  hide: change((transaction, siteId: string, reportId: string) =>
    transaction
      .updateTable('reports')
      .set({ forgotten: 1 })
      .where('site_id', '=', siteId)
      .where('report_id', '=', reportId),
  ),

  /** Deletes the report with its seals and items (ON DELETE CASCADE). Rows of uploads go with their files. */
  drop: change((transaction, siteId: string, reportId: string) =>
    transaction.deleteFrom('reports').where('site_id', '=', siteId).where('report_id', '=', reportId),
  ),
};

/** Interface of the repository. */
export type Reports = typeof reports;
