/** Repository of `seals`: a report's key sealed to each holder, and the whistleblower's boxes, under the report's slot. */
import { all, change } from './query.ts';
import type { NewSealRow } from './schema.ts';
import type { Transaction } from './transaction.ts';

const holdersInOrder = all((transaction, siteId: string, reportId: string) =>
  transaction
    .selectFrom('seals')
    .select('holder_id')
    .distinct()
    .where('site_id', '=', siteId)
    .where('report_id', '=', reportId)
    .where('holder_id', '!=', reportId)
    .orderBy('holder_id'),
);
const holdersOfMany = all((transaction, siteId: string, reportIds: readonly string[]) =>
  transaction
    .selectFrom('seals')
    .select(['report_id', 'holder_id'])
    .distinct()
    .where('site_id', '=', siteId)
    .where('report_id', 'in', reportIds)
    .whereRef('holder_id', '!=', 'report_id')
    .orderBy('report_id')
    .orderBy('holder_id'),
);

/** Reads and writes seals. */
export const seals = {
  /** What one holder has of a report; the whistleblower's `holderId` is the report's id. */
  ofHolder: all((transaction, siteId: string, reportId: string, holderId: string) =>
    transaction
      .selectFrom('seals')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('report_id', '=', reportId)
      .where('holder_id', '=', holderId),
  ),

  /** Ids of all who hold the report, the whistleblower's aside, in a fixed order. */
  async holders(transaction: Transaction, siteId: string, reportId: string): Promise<string[]> {
    return (await holdersInOrder(transaction, siteId, reportId)).map((row) => row.holder_id);
  },

  /** The same of many reports, by report. */
  async holdersOf(
    transaction: Transaction,
    siteId: string,
    reportIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await holdersOfMany(transaction, siteId, reportIds);
    const grouped = Map.groupBy(rows, (row) => row.report_id);
    return new Map([...grouped].map(([id, group]) => [id, group.map((row) => row.holder_id)]));
  },

  /** Reports, with their channels, that this holder has a seal of and nobody else but the whistleblower, as far as they are not forgotten. */
  heldByNobodyElse: all((transaction, siteId: string, holderId: string) =>
    transaction
      .selectFrom('seals as own')
      .innerJoin('reports', (join) =>
        join.onRef('reports.site_id', '=', 'own.site_id').onRef('reports.report_id', '=', 'own.report_id'),
      )
      .select(['own.report_id', 'reports.channel_id'])
      .distinct()
      .where('own.site_id', '=', siteId)
      .where('own.holder_id', '=', holderId)
      .where('reports.forgotten', '=', 0)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('seals as other')
              .select('other.holder_id')
              .whereRef('other.site_id', '=', 'own.site_id')
              .whereRef('other.report_id', '=', 'own.report_id')
              .whereRef('other.holder_id', '!=', 'own.report_id')
              .where('other.holder_id', '!=', holderId),
          ),
        ),
      ),
  ),

  /** Ids of the reports that a holder has and that are not forgotten. */
  reportsOf: all((transaction, siteId: string, holderId: string) =>
    transaction
      .selectFrom('seals')
      .innerJoin('reports', (join) =>
        join
          .onRef('reports.site_id', '=', 'seals.site_id')
          .onRef('reports.report_id', '=', 'seals.report_id'),
      )
      .select('seals.report_id')
      .distinct()
      .where('seals.site_id', '=', siteId)
      .where('seals.holder_id', '=', holderId)
      .where('reports.forgotten', '=', 0),
  ),

  /** Takes one report away from a holder. */
  dropOf: change((transaction, siteId: string, reportId: string, holderId: string) =>
    transaction
      .deleteFrom('seals')
      .where('site_id', '=', siteId)
      .where('report_id', '=', reportId)
      .where('holder_id', '=', holderId),
  ),

  /** Takes every report away from a holder. */
  dropAllOf: change((transaction, siteId: string, holderId: string) =>
    transaction.deleteFrom('seals').where('site_id', '=', siteId).where('holder_id', '=', holderId),
  ),

  /** Adds seals, one at least, of reports that are there. */
  add: change((transaction, rows: readonly NewSealRow[]) =>
    transaction.insertInto('seals').values(({ selectFrom }) =>
      rows.map((row) => ({
        ...row,
        ordinal: selectFrom('reports')
          .select('ordinal')
          .where('site_id', '=', row.site_id)
          .where('report_id', '=', row.report_id),
      })),
    ),
  ),
};

/** Interface of the repository. */
export type Seals = typeof seals;
