/** Route `submit` (S4): a report lands whole or not at all; repeated with the same bytes, it is answered as the first time. */
import type { SubmitRequest } from '@sotto/contract/report';
import { equalBytes, type Uuid } from '@sotto/protocol/bytes';
import { canHold } from '../accounts/accounts.ts';
import { settingVerifier } from '../accounts/credentials.ts';
import { requestHash } from '../accounts/request-hash.ts';
import { recordFiling } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { currentChannel } from '../directory/directory.ts';
import { markUpload } from '../forgetting/forget.ts';
import type { Handlers } from '../http/calls.ts';
import { decoded, versioned } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import type { SealKind } from '../reports/report-view.ts';
import { day } from '../storage/home.ts';
import { withSlot } from '../storage/keeping.ts';
import type { ItemRow, NewSealRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';

/** The first epoch of a report key. */
const firstEpoch = 0;

type NewItem = Omit<ItemRow, 'site_id' | 'report_id' | 'ordinal'>;
type NewSeal = { readonly holderId: string; readonly kind: SealKind; readonly seal: Uint8Array };

/** Handler of `submit`. */
export function submitHandlers(backend: Backend): Handlers<'submit'> {
  const { store, slotFile, allocator } = backend.home;
  return {
    async submit({ body, session, sessionId, client, proof }) {
      const { reportId } = session;
      const hash = requestHash([reportId, body]);
      const notFiled = session.kind === 'filing' ? await admit(backend, reportId, client, proof) : () => {};
      const verifier = await settingVerifier(slotFile, decoded(body.credential));
      const seals = sealsOf(reportId, body);
      const items = itemsOf(body, day(backend.clock()));
      try {
        await allocator.withNewSlot((slot) =>
          withSlot(slotFile, slot, async (keeping) => {
            const kept = seals.map(({ holderId, kind, seal }) => {
              const place = { site_id: backend.siteId, report_id: reportId, holder_id: holderId };
              return keeping.keepSeal({ ...place, epoch: firstEpoch, kind }, seal);
            });
            const { repeated, marked } = await store.transaction((transaction) =>
              file(backend, transaction, { reportId, body, hash, verifier, slot, kept, items }),
            );
            if (repeated) notFiled();
            if (repeated) allocator.freed([slot]);
            if (marked) backend.forgetSoon();
          }),
        );
      } catch (failure) {
        notFiled();
        throw failure;
      }
      backend.sessions.become(sessionId, { kind: 'whistleblower', reportId });
      return {};
    },
  };
}

/**
 * Counts the report and takes the work that it costs when there are many (S9). What was filed before is answered as the first time, however many
 * have come since. @returns what takes the count back. @throws Refusal `TOO_MANY`, `WORK_NEEDED`.
 */
async function admit(
  { home, siteId, thresholds, work }: Backend,
  reportId: Uuid,
  client: string | null,
  proof: string,
): Promise<() => void> {
  let takeBack = () => {};
  try {
    const costsWork = thresholds.reportSteps() > 0;
    takeBack = thresholds.report(client);
    if (costsWork) await work.check('report', proof);
    return takeBack;
  } catch (refusal) {
    takeBack();
    const filed = await home.store.transaction((transaction) =>
      home.store.reports.find(transaction, siteId, reportId),
    );
    if (filed !== undefined) return () => {};
    throw refusal;
  }
}

type Filed = {
  readonly reportId: Uuid;
  readonly body: SubmitRequest;
  readonly hash: Uint8Array;
  readonly verifier: Uint8Array;
  readonly slot: number;
  readonly kept: readonly NewSealRow[];
  readonly items: readonly NewItem[];
};

/** @returns whether the same was filed before, and whether something is marked for forgetting now. */
async function file(
  backend: Backend,
  transaction: Transaction,
  filed: Filed,
): Promise<{ repeated: boolean; marked: boolean }> {
  const { store } = backend.home;
  const { siteId } = backend;
  const { reportId, body, slot } = filed;
  const filing = await store.filings.find(transaction, siteId, reportId);
  if (filing === undefined) {
    await checkRepeated(backend, transaction, filed);
    return { repeated: true, marked: false };
  }
  await checkHolders(backend, transaction, body);
  await checkIds(backend, transaction, filed);
  const marked = await settleUploads(backend, transaction, reportId, body);
  await store.filings.drop(transaction, siteId, reportId);
  // What was kept of the writing goes now; the vault stays until the agent has shown the receipt that lies in it (S3).
  await store.drafts.empty(transaction, siteId, reportId);
  await store.slots.take(transaction, {
    site_id: siteId,
    slot,
    owner_kind: 'report',
    owner_id: reportId,
  });
  await store.reports.add(transaction, {
    site_id: siteId,
    report_id: reportId,
    channel_id: body.channel,
    day: day(backend.clock()),
    epoch: firstEpoch,
    check_value: filing.check_value,
    status: 'new',
    verifier: filed.verifier,
    submission_hash: filed.hash,
    slot,
  });
  await store.seals.add(transaction, filed.kept);
  await store.items.add(transaction, siteId, reportId, filed.items);
  await recordFiling(backend, transaction, reportId);
  return { repeated: false, marked };
}

/** @throws Refusal `NOT_FOUND` when nothing was filed under this id, `ID_IN_USE` when something else was. */
async function checkRepeated(
  { home, siteId }: Backend,
  transaction: Transaction,
  { reportId, hash }: Filed,
): Promise<void> {
  const report = await home.store.reports.find(transaction, siteId, reportId);
  if (report === undefined) throw new Refusal('NOT_FOUND');
  if (!equalBytes(report.submission_hash, hash)) throw new Refusal('ID_IN_USE');
}

/** Holders must be recipients of the channel who have keys. @throws Refusal `WRONG_HOLDERS`, `NOT_FOUND`. */
async function checkHolders(backend: Backend, transaction: Transaction, body: SubmitRequest): Promise<void> {
  const channel = await currentChannel(backend, transaction, body.channel);
  if (channel === undefined) throw new Refusal('NOT_FOUND');
  const holders = new Set(body.seals.map(({ holder }) => holder));
  if (holders.size !== body.seals.length) throw new Refusal('WRONG_HOLDERS');
  for (const holder of holders) {
    const user = await backend.home.store.users.find(transaction, backend.siteId, holder);
    if (!channel.recipients.includes(holder) || !canHold(user)) throw new Refusal('WRONG_HOLDERS');
  }
}

/** @throws Refusal `ID_IN_USE` for an item's id or a receipt that is taken, `MALFORMED` for one id twice. */
async function checkIds({ home, siteId }: Backend, transaction: Transaction, filed: Filed): Promise<void> {
  const { items, reports, uploads } = home.store;
  const ids = filed.items.map((item) => item.item_id);
  if (new Set(ids).size !== ids.length) throw new Refusal('MALFORMED');
  // The id of a file is that of its upload; every other id must be nobody's.
  const others = filed.items.filter((item) => item.kind !== 'file').map((item) => item.item_id);
  const taken =
    (await items.anyOf(transaction, siteId, ids)) || (await uploads.anyOf(transaction, siteId, others));
  const receipt = await reports.findByVerifier(transaction, siteId, filed.verifier);
  if (taken || receipt !== undefined) throw new Refusal('ID_IN_USE');
}

/**
 * Every file must be whole; what was uploaded and is not named is forgotten.
 *
 * @returns whether anything is. @throws Refusal `CHUNK_MISSING`.
 */
async function settleUploads(
  { home, siteId }: Backend,
  transaction: Transaction,
  reportId: Uuid,
  body: SubmitRequest,
): Promise<boolean> {
  const uploads = await home.store.uploads.ofReport(transaction, siteId, reportId);
  const named = new Set<string>(body.files.map(({ id }) => id));
  const whole = new Set(uploads.filter((row) => row.complete === 1).map((row) => row.item_id));
  if (body.files.some(({ id }) => !whole.has(id))) throw new Refusal('CHUNK_MISSING');
  const unnamed = uploads.filter((row) => !named.has(row.item_id));
  for (const { item_id } of unnamed) await markUpload(home.store, transaction, siteId, item_id);
  return unnamed.length > 0;
}

/** The whistleblower's own lie under the report's id. @throws Refusal `MALFORMED` for an unknown version byte. */
function sealsOf(reportId: Uuid, body: SubmitRequest): NewSeal[] {
  return [
    { holderId: reportId, kind: 'identity', seal: versioned(body.identity) },
    { holderId: reportId, kind: 'report-key', seal: versioned(body.seal) },
    ...body.seals.map(
      ({ holder, seal }): NewSeal => ({ holderId: holder, kind: 'report-key', seal: versioned(seal) }),
    ),
  ];
}

function itemsOf(body: SubmitRequest, today: string): NewItem[] {
  const row =
    (kind: string) =>
    (item: { readonly id: Uuid; readonly box: string }): NewItem => ({
      item_id: item.id,
      kind,
      epoch: firstEpoch,
      author_id: null,
      day: today,
      box: versioned(item.box),
    });
  return [row('answers')(body.answers), row('summary')(body.summary), ...body.files.map(row('file'))];
}
