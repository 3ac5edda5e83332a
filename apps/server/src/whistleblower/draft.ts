/** Routes of a kept draft (S3): kept, gone on with after a reload, forgotten. Only what opens with a key in the tab is here. */
import { sha256 } from '@sotto/protocol/server/credential';
import type { Backend } from '../backend.ts';
import { markDraft } from '../forgetting/forget.ts';
import type { Handlers } from '../http/calls.ts';
import { decoded, encoded, storedId, versioned } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import { day } from '../storage/home.ts';
import { withSlot } from '../storage/keeping.ts';
import type { DraftRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';
import { checkOpenFiling } from './filing.ts';

/** Handlers of drafts. */
export function draftHandlers(backend: Backend): Handlers<'keepDraft' | 'forgetDraft' | 'resumeDraft'> {
  const { store, slotFile, allocator, attachments } = backend.home;
  return {
    async keepDraft({ body, session }) {
      const { reportId } = session;
      const [nameHash, vault, box] = [sha256(decoded(body.name)), versioned(body.vault), versioned(body.box)];
      if (!(await attachments.fits(box.length))) throw new Refusal('DISK_FULL');
      const place = { site_id: backend.siteId, report_id: reportId };
      const saved = await store.transaction((transaction) =>
        saveAgain(backend, transaction, place, nameHash, box),
      );
      if (saved) return {};
      await allocator.withNewSlot((slot) =>
        withSlot(slotFile, slot, (keeping) => {
          const kept = keeping.keepVault(place, vault);
          const row: DraftRow = { ...kept, name_hash: nameHash, slot, box, day: day(backend.clock()) };
          return store.transaction((transaction) => keepFirst(backend, transaction, row));
        }),
      );
      backend.forgetSoon();
      return {};
    },

    /** What is not there is forgotten already. */
    async forgetDraft({ session }) {
      const { reportId } = session;
      await store.transaction(async (transaction) => {
        // Recipients know how to begin such a session once the report is filed: it may do nothing then.
        if (session.kind === 'filing') await checkOpenFiling(backend, transaction, reportId);
        await markDraft(store, transaction, backend.siteId, reportId);
      });
      backend.forgetSoon();
      return {};
    },

    async resumeDraft({ body }) {
      const nameHash = sha256(decoded(body.name));
      const draft = await store.transaction((transaction) =>
        store.drafts.named(transaction, backend.siteId, nameHash),
      );
      if (draft === undefined) throw new Refusal('NOT_FOUND');
      const report = storedId(draft.report_id);
      const vault = await withSlot(slotFile, draft.slot, (keeping) => encoded(keeping.openVault(draft)));
      return {
        session: backend.sessions.begin({ kind: 'filing', reportId: report }),
        report,
        vault,
        box: draft.box === null ? null : encoded(draft.box),
      };
    },
  };
}

/** Keeps what is written now, if the draft is there by this name. @throws Refusal `NOT_FOUND` once the report is filed. */
async function saveAgain(
  backend: Backend,
  transaction: Transaction,
  { site_id, report_id }: Pick<DraftRow, 'site_id' | 'report_id'>,
  nameHash: Uint8Array,
  box: Uint8Array,
): Promise<boolean> {
  const { store } = backend.home;
  await checkOpenFiling(backend, transaction, report_id);
  const draft = await store.drafts.named(transaction, site_id, nameHash);
  if (draft === undefined) return false;
  if (draft.report_id !== report_id) throw new Refusal('ID_IN_USE');
  const today = day(backend.clock());
  await store.drafts.setBox(transaction, site_id, report_id, box, today);
  await store.filings.setDay(transaction, site_id, report_id, today);
  return true;
}

/** In place of one by another name, or of the same that came a moment earlier. */
async function keepFirst(backend: Backend, transaction: Transaction, row: DraftRow): Promise<void> {
  const { store } = backend.home;
  const { site_id, report_id, slot } = row;
  await checkOpenFiling(backend, transaction, report_id);
  await markDraft(store, transaction, site_id, report_id);
  const named = await store.drafts.named(transaction, site_id, row.name_hash);
  if (named !== undefined) throw new Refusal('ID_IN_USE');
  await store.slots.take(transaction, { site_id, slot, owner_kind: 'draft', owner_id: report_id });
  await store.drafts.add(transaction, row);
  await store.filings.setDay(transaction, site_id, report_id, row.day);
}
