/** Routes of a recipient (S6–S8): the list of reports they hold, one report, its items and files, its status. */
import { reportAct } from '@sotto/contract/audit';
import type { Uuid } from '@sotto/protocol/bytes';
import { keepHead, readChain } from '../audit/read.ts';
import { recordOnceADay, recordOnSite } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { markReport } from '../forgetting/forget.ts';
import type { Handlers } from '../http/calls.ts';
import { storedId } from '../http/encoded.ts';
import { type ChunkPlace, fileState, getChunk, putChunk } from '../reports/chunks.ts';
import { leaveReport } from '../reports/grant.ts';
import { readItems } from '../reports/read-items.ts';
import { findReadable, type Reader, readableReport, reportView } from '../reports/report-view.ts';
import { writeItem } from '../reports/write-item.ts';
import { isOfReport } from '../sessions/sessions.ts';
import { listReports } from './list-reports.ts';

type Names =
  | 'reports'
  | 'report'
  | 'deleteReport'
  | 'leaveReport'
  | 'setStatus'
  | 'items'
  | 'writeItem'
  | 'file'
  | 'putChunk'
  | 'getChunk'
  | 'reportAudit'
  | 'keepReportHead';

/** Handlers of a recipient. */
export function recipientHandlers(backend: Backend): Handlers<Names> {
  const { store } = backend.home;
  return {
    async reports({ session, query }) {
      return store.transaction((transaction) =>
        listReports(backend, transaction, session.userId, query.before),
      );
    },

    report: ({ session, path }) =>
      store.transaction(async (transaction) => {
        const reader = { reportId: path.report, userId: session.userId };
        const readable = await readableReport(backend, transaction, reader);
        await recordOnceADay(backend, transaction, reader.reportId, 'opened', session.userId, session.userId);
        return reportView(backend, transaction, readable);
      }),

    /** What this recipient does not hold is deleted already: repeated, and for another's report, the answer is the same. */
    async deleteReport({ session, path }) {
      const held = await store.transaction(async (transaction) => {
        const reader = { reportId: path.report, userId: session.userId };
        const readable = await findReadable(backend, transaction, reader);
        if (readable === undefined) return false;
        await markReport(store, transaction, backend.siteId, path.report);
        const channelId = storedId(readable.report.channel_id);
        await recordOnSite(backend, transaction, 'report-deleted', session.userId, channelId);
        return true;
      });
      if (!held) return {};
      backend.sessions.endAll((other) => isOfReport(other, new Set([path.report])));
      // What is marked is found by nobody; overwriting a large file must not keep this person waiting.
      backend.forgetSoon();
      return {};
    },

    async leaveReport({ session, path }) {
      await store.transaction((transaction) =>
        leaveReport(backend, transaction, path.report, session.userId),
      );
      return {};
    },

    setStatus: ({ session, path, body }) =>
      store.transaction(async (transaction) => {
        const reader = { reportId: path.report, userId: session.userId };
        await readableReport(backend, transaction, reader);
        await store.reports.setStatus(transaction, backend.siteId, path.report, body.status);
        await recordOnceADay(backend, transaction, path.report, 'status-set', session.userId, session.userId);
        return {};
      }),

    items: ({ session, path, query }) =>
      readItems(backend, { reportId: path.report, userId: session.userId }, Number(query.after)),

    writeItem: async ({ session, path, body, client }) => ({
      order: await writeItem(backend, { reportId: path.report, userId: session.userId }, body, client),
    }),

    async file({ session, path }) {
      const state = await fileState(backend, placeOf(backend, session.userId, path));
      await store.transaction((transaction) =>
        recordOnceADay(backend, transaction, path.report, 'file-read', session.userId, path.file),
      );
      return state;
    },

    async putChunk({ session, path, body }) {
      await putChunk(backend, placeOf(backend, session.userId, path), path.index, body);
      return {};
    },

    getChunk: ({ session, path }) => getChunk(backend, placeOf(backend, session.userId, path), path.index),

    reportAudit: ({ session, path, query }) =>
      store.transaction(async (transaction) => {
        await readableReport(backend, transaction, { reportId: path.report, userId: session.userId });
        return readChain(backend, transaction, path.report, session.userId, Number(query.after), reportAct);
      }),

    keepReportHead: ({ session, path, body }) =>
      store.transaction(async (transaction) => {
        await readableReport(backend, transaction, { reportId: path.report, userId: session.userId });
        await keepHead(backend, transaction, path.report, session.userId, body.box);
        return {};
      }),
  };
}

function placeOf(
  backend: Backend,
  userId: Uuid,
  path: { readonly report: Uuid; readonly file: Uuid },
): ChunkPlace {
  const reader: Reader = { reportId: path.report, userId };
  return {
    reader,
    fileId: path.file,
    async mayRead(transaction) {
      await readableReport(backend, transaction, reader);
    },
  };
}
