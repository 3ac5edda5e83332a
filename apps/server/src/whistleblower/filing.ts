/** Routes of a report that is being written (S4, S7): its session, and attachments that come before it is filed. */
import { equalSecrets } from '@sotto/protocol/server/credential';
import type { Backend } from '../backend.ts';
import { markFiling, markUpload } from '../forgetting/forget.ts';
import type { Handlers } from '../http/calls.ts';
import { decoded } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import { announce } from '../reports/announce.ts';
import { day } from '../storage/home.ts';
import type { Transaction } from '../storage/transaction.ts';

type Names = 'startFiling' | 'dropFiling' | 'announceFile' | 'withdrawFile';

/** Handlers of a filing. */
export function filingHandlers(backend: Backend): Handlers<Names> {
  const { store, attachments } = backend.home;
  return {
    async startFiling({ body }) {
      const check = decoded(body.check);
      await store.transaction((transaction) => beginOrGoOn(backend, transaction, body.report, check));
      return { session: backend.sessions.begin({ kind: 'filing', reportId: body.report }) };
    },

    /** Repeated, and for a report that was filed, there is nothing to drop. */
    async dropFiling({ session }) {
      await store.transaction(async (transaction) => {
        const filing = await store.filings.find(transaction, backend.siteId, session.reportId);
        if (filing !== undefined) await markFiling(store, transaction, backend.siteId, session.reportId);
      });
      backend.forgetSoon();
      return {};
    },

    async announceFile({ body, session, client }) {
      if (!(await attachments.fits(body.size))) throw new Refusal('DISK_FULL');
      await store.transaction(async (transaction) => {
        await checkOpenFiling(backend, transaction, session.reportId);
        const before = await store.uploads.find(transaction, backend.siteId, body.file);
        const repeated = before?.report_id === session.reportId && before.padded_size === body.size;
        if (repeated) return;
        backend.thresholds.attachment(client, session.reportId, body.file);
        const whistleblower = { reportId: session.reportId, userId: null };
        await announce(backend, transaction, whistleblower, body.file, body.size);
      });
      return {};
    },

    /** What is not there is withdrawn already: repeated, and for another's id, the answer is the same. */
    async withdrawFile({ path, session }) {
      await store.transaction(async (transaction) => {
        await checkOpenFiling(backend, transaction, session.reportId);
        const upload = await store.uploads.find(transaction, backend.siteId, path.file);
        if (upload?.report_id !== session.reportId) return;
        await markUpload(store, transaction, backend.siteId, path.file);
      });
      backend.forgetSoon();
      return {};
    },
  };
}

/** A report once filed takes no more of this: what comes later is an item. @throws Refusal `NOT_FOUND`. */
export async function checkOpenFiling(
  { home, siteId }: Backend,
  transaction: Transaction,
  reportId: string,
): Promise<void> {
  const filing = await home.store.filings.find(transaction, siteId, reportId);
  if (filing === undefined) throw new Refusal('NOT_FOUND');
}

/** The check value of R proves that the same agent goes on, also after the report was filed. @throws Refusal `ID_IN_USE`. */
async function beginOrGoOn(
  { home, siteId, clock }: Backend,
  transaction: Transaction,
  reportId: string,
  check: Uint8Array,
): Promise<void> {
  const { filings, reports } = home.store;
  const filing = await filings.find(transaction, siteId, reportId);
  const filed = await reports.findEvenForgotten(transaction, siteId, reportId);
  const begun = filing ?? filed;
  if (begun !== undefined) {
    if (filed?.forgotten === 1 || !equalSecrets(begun.check_value, check)) throw new Refusal('ID_IN_USE');
    return;
  }
  await filings.add(transaction, {
    site_id: siteId,
    report_id: reportId,
    day: day(clock()),
    check_value: check,
  });
}
