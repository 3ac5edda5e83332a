/** Repository of `statements`: the signed directory (S14), the newest statement of each subject. */
import { all, change, first } from './query.ts';
import type { StatementRow } from './schema.ts';

/** Reads and writes signed statements. */
export const statements = {
  find: first((transaction, siteId: string, subjectId: string) =>
    transaction
      .selectFrom('statements')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('subject_id', '=', subjectId),
  ),

  list: all((transaction, siteId: string) =>
    transaction.selectFrom('statements').selectAll().where('site_id', '=', siteId).orderBy('subject_id'),
  ),

  /** Puts a statement in place of the older one. The caller has checked signature and version. */
  put: change((transaction, row: StatementRow) =>
    transaction
      .insertInto('statements')
      .values(row)
      .onConflict((conflict) =>
        conflict
          .columns(['site_id', 'subject_id'])
          .doUpdateSet({ kind: row.kind, version: row.version, statement: row.statement }),
      ),
  ),
};

/** Interface of the repository. */
export type Statements = typeof statements;
