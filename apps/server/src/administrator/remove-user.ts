/** Deleting an account (S13, S14): out of the directory, out of its channels and off the disk, all in one transaction. */
import type { RequestOf } from '@sotto/contract/routes';
import type { Uuid } from '@sotto/protocol/bytes';
import { recordInReport, recordOnSite } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { markReport, markSlot } from '../forgetting/forget.ts';
import type { Handlers } from '../http/calls.ts';
import { storedId } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import { type AloneKind, forgetAlone } from '../kept/kept-alone.ts';
import { isOfReport } from '../sessions/sessions.ts';
import type { UserRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';
import { signOut, unchanged } from './publish.ts';
import { publishWithout } from './publish-without.ts';

type Wanted = RequestOf<'removeUser'>;

/** What of a user lies under a slot of its own. */
const keptOfUser: readonly AloneKind[] = ['mail-address', 'escrow-copy', 'escrow-seed', 'restore'];

/** Handler of removal. */
export function removalHandlers(backend: Backend): Handlers<'removeUser'> {
  const { store } = backend.home;
  return {
    /** Repeated, it is answered as the first time: nobody of that id is there and the statement is in place. */
    async removeUser({ session, path, body }) {
      if (path.user === session.userId) throw new Refusal('MALFORMED');
      const { reports, published } = await store.transaction(async (transaction) => {
        const user = await store.users.find(transaction, backend.siteId, path.user);
        if (user === undefined) {
          await checkRemoved(backend, transaction, path.user);
          return { reports: new Set<string>(), published: unchanged };
        }
        const reports = await takeReports(backend, transaction, session.userId, user, body.reports);
        await dropAccount(backend, transaction, user);
        const published = await publishWithout(backend, transaction, session.userId, path.user, body, {});
        await recordOnSite(backend, transaction, 'user-deleted', session.userId, path.user);
        return { reports, published };
      });
      signOut(backend, published);
      backend.sessions.endAllOf(path.user);
      backend.sessions.endAll((other) => isOfReport(other, reports));
      backend.forgetSoon();
      return {};
    },
  };
}

/** @throws Refusal `NOT_FOUND` for an id that nobody here ever had. */
async function checkRemoved(
  { home, siteId }: Backend,
  transaction: Transaction,
  userId: Uuid,
): Promise<void> {
  const entry = await home.store.audit.about(transaction, siteId, siteId, 'user-deleted', userId);
  if (entry === undefined) throw new Refusal('NOT_FOUND');
}

/**
 * Takes every seal from a user. Reports that nobody else holds are forgotten for everybody, when the administrator says so.
 *
 * @returns the reports that are forgotten.
 * @throws Refusal `LAST_HOLDER` when there are such and the administrator does not.
 */
async function takeReports(
  backend: Backend,
  transaction: Transaction,
  by: Uuid,
  user: UserRow,
  reports: Wanted['reports'],
): Promise<ReadonlySet<string>> {
  const { siteId } = backend;
  const { store } = backend.home;
  const alone = await store.seals.heldByNobodyElse(transaction, siteId, user.user_id);
  if (alone.length > 0 && reports === 'kept') throw new Refusal('LAST_HOLDER');
  for (const { report_id, channel_id } of alone) {
    await markReport(store, transaction, siteId, report_id);
    await recordOnSite(backend, transaction, 'report-deleted', by, storedId(channel_id));
  }
  for (const { report_id } of await store.seals.reportsOf(transaction, siteId, user.user_id)) {
    const [report, person] = [storedId(report_id), storedId(user.user_id)];
    await recordInReport(backend, transaction, report, 'revoked', by, person);
  }
  await store.seals.dropAllOf(transaction, siteId, user.user_id);
  return new Set(alone.map(({ report_id }) => report_id));
}

/** What opened for the account is noise once the slots are overwritten; its rows go at once. */
async function dropAccount(backend: Backend, transaction: Transaction, user: UserRow): Promise<void> {
  const { store } = backend.home;
  for (const kind of keptOfUser) await forgetAlone(backend, transaction, user.user_id, kind);
  if (user.slot !== null) await markSlot(store, transaction, backend.siteId, user.slot);
  await store.users.drop(transaction, backend.siteId, user.user_id);
}
