/** Routes of a whistleblower who came back, and of the files of a report being written (S5–S7). */
import type { Uuid } from '@sotto/protocol/bytes';
import type { Backend } from '../backend.ts';
import type { Handlers } from '../http/calls.ts';
import { type ChunkPlace, fileState, getChunk, putChunk } from '../reports/chunks.ts';
import { readItems } from '../reports/read-items.ts';
import { readableReport, reportView } from '../reports/report-view.ts';
import { writeItem } from '../reports/write-item.ts';
import type { FilingSession, WhistleblowerSession } from '../sessions/sessions.ts';
import { checkOpenFiling } from './filing.ts';

type Names = 'ownReport' | 'ownItems' | 'writeOwnItem' | 'ownFile' | 'putOwnChunk' | 'getOwnChunk';

/** Handlers of a whistleblower's own report. */
export function ownReportHandlers(backend: Backend): Handlers<Names> {
  const { store } = backend.home;
  return {
    ownReport: ({ session }) =>
      store.transaction(async (transaction) =>
        reportView(backend, transaction, await readableReport(backend, transaction, own(session))),
      ),
    ownItems: ({ session, query }) => readItems(backend, own(session), Number(query.after)),
    writeOwnItem: async ({ session, body, client }) => ({
      order: await writeItem(backend, own(session), body, client),
    }),
    ownFile: ({ session, path }) => fileState(backend, placeOf(backend, session, path.file)),
    async putOwnChunk({ session, path, body }) {
      await putChunk(backend, placeOf(backend, session, path.file), path.index, body);
      return {};
    },
    getOwnChunk: ({ session, path }) => getChunk(backend, placeOf(backend, session, path.file), path.index),
  };
}

function own({ reportId }: { readonly reportId: Uuid }): { reportId: Uuid; userId: null } {
  return { reportId, userId: null };
}

/** A filing's session sees files while the report is being written, and nothing of it once it is filed. */
function placeOf(
  backend: Backend,
  session: FilingSession | WhistleblowerSession,
  fileId: string,
): ChunkPlace {
  const reader = own(session);
  return {
    reader,
    fileId,
    async mayRead(transaction) {
      if (session.kind === 'filing') await checkOpenFiling(backend, transaction, session.reportId);
      else await readableReport(backend, transaction, reader);
    },
  };
}
