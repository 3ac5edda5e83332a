/**
 * Forgetting (S13): what must go is marked in a transaction first, and an act that was marked is finished, after a
 * restart too, in the order that leaves nothing readable behind:
 *
 * 1. marks, durable, with whatever hides the thing from everyone (`markReport`, `markUpload`, …);
 * 2. the slots overwritten and synced: every box and seal in the database and its journals is then noise;
 * 3. the rows deleted and the slots free again, in one transaction;
 * 4. each file overwritten, synced, unlinked, and its mark and row removed.
 */
import { attachmentPath, itemOfPath } from '../blobs/paths.ts';
import type { Mark } from '../storage/forgetting.ts';
import type { SlotAllocator } from '../storage/slot-allocator.ts';
import type { SlotFile } from '../storage/slot-file.ts';
import type { Store } from '../storage/store.ts';
import type { Transaction } from '../storage/transaction.ts';

/** What forgetting works on. `forgetFileAt` takes a path under the home, and rejects when the signal is aborted before the end. */
export type ForgettingParts = {
  readonly store: Store;
  readonly slotFile: SlotFile;
  readonly allocator: SlotAllocator;
  forgetFileAt(path: string, signal: AbortSignal): Promise<void>;
};

/** How much was forgotten. */
export type Forgotten = { readonly slots: number; readonly rows: number; readonly files: number };

/** Finishes what is marked. */
export type Forget = {
  /** Does all that is marked now; resolves when nothing marked before the call is left. Calls run one by one. */
  finish(): Promise<Forgotten>;
  /**
   * The same for the last time: after `patience` milliseconds no file is begun, and the one under way is left. Its mark stays, so
   * the next start does it again.
   */
  stop(patience: number): Promise<Forgotten>;
};

/** Marks a report with everything it has: hidden from everyone once the transaction commits. */
export async function markReport(
  store: Store,
  transaction: Transaction,
  siteId: string,
  reportId: string,
): Promise<void> {
  const report = await store.reports.find(transaction, siteId, reportId);
  if (report === undefined) return;
  await store.reports.hide(transaction, siteId, reportId);
  const lastEntry = await store.audit.last(transaction, siteId, reportId);
  if (lastEntry !== undefined) await store.audit.bury(transaction, { site_id: siteId, head: lastEntry.head });
  await store.forgetting.add(transaction, siteId, 'slot', String(report.slot));
  await store.forgetting.add(transaction, siteId, 'report', reportId);
  await markDraft(store, transaction, siteId, reportId);
  for (const upload of await store.uploads.ofReport(transaction, siteId, reportId)) {
    await markUpload(store, transaction, siteId, upload.item_id);
  }
}

/** Marks an attachment; its `file` item, if any, stays and is shown as not whole (S7). */
export async function markUpload(
  store: Store,
  transaction: Transaction,
  siteId: string,
  itemId: string,
): Promise<void> {
  await store.uploads.hide(transaction, siteId, itemId);
  await store.forgetting.add(transaction, siteId, 'file', attachmentPath(siteId, itemId));
}

/** Marks a kept draft, if there is one: without its slot nothing of it opens. */
export async function markDraft(
  store: Store,
  transaction: Transaction,
  siteId: string,
  reportId: string,
): Promise<void> {
  const draft = await store.drafts.ofReport(transaction, siteId, reportId);
  if (draft === undefined) return;
  await markSlot(store, transaction, siteId, draft.slot);
  await store.drafts.drop(transaction, siteId, reportId);
}

/** Marks a report that was begun and is not to be filed, with its attachments and its draft. */
export async function markFiling(
  store: Store,
  transaction: Transaction,
  siteId: string,
  reportId: string,
): Promise<void> {
  await store.filings.drop(transaction, siteId, reportId);
  await markDraft(store, transaction, siteId, reportId);
  for (const upload of await store.uploads.ofReport(transaction, siteId, reportId)) {
    await markUpload(store, transaction, siteId, upload.item_id);
  }
}

/** Marks a file that is no attachment, by its path under the home. */
export async function markFile(
  store: Store,
  transaction: Transaction,
  siteId: string,
  path: string,
): Promise<void> {
  await store.forgetting.add(transaction, siteId, 'file', path);
}

/** Marks a slot whose boxes are dropped, or replaced under another one, in the same transaction. */
export async function markSlot(
  store: Store,
  transaction: Transaction,
  siteId: string,
  slot: number,
): Promise<void> {
  await store.forgetting.add(transaction, siteId, 'slot', String(slot));
}

/** Makes the one thing that finishes marks. */
export function makeForget(parts: ForgettingParts): Forget {
  let last: Promise<unknown> = Promise.resolve();
  const ending = new AbortController();
  const finish = (): Promise<Forgotten> => {
    // One at a time: two runs would overwrite a slot again that the first has set free and another has taken.
    const run = last.then(() => finishMarks(parts, ending.signal));
    last = run.catch(() => undefined);
    return run;
  };
  return {
    finish,
    async stop(patience) {
      const end = setTimeout(() => ending.abort(), patience);
      try {
        return await finish();
      } finally {
        clearTimeout(end);
      }
    },
  };
}

async function finishMarks(parts: ForgettingParts, signal: AbortSignal): Promise<Forgotten> {
  const marks = await parts.store.transaction((transaction) => parts.store.forgetting.list(transaction));
  const slots = marks.filter((mark) => mark.kind === 'slot');
  const rows = marks.filter((mark) => mark.kind === 'report');
  const numbers = slots.map((mark) => Number(mark.target));

  await parts.slotFile.fill(numbers);
  if (slots.length + rows.length > 0) {
    await parts.store.transaction((transaction) => dropRows(parts.store, transaction, [...rows, ...slots]));
  }
  parts.allocator.freed(numbers);
  const files = await forgetFiles(
    parts,
    marks.filter((mark) => mark.kind === 'file'),
    signal,
  );
  return { slots: slots.length, rows: rows.length, files };
}

/** @returns how many were forgotten: all, unless the signal is aborted. */
async function forgetFiles(
  parts: ForgettingParts,
  marks: readonly Mark[],
  signal: AbortSignal,
): Promise<number> {
  for (const [done, mark] of marks.entries()) {
    try {
      await parts.forgetFileAt(mark.target, signal);
    } catch (error) {
      if (signal.aborted) return done;
      throw error;
    }
    await parts.store.transaction((transaction) => dropFileMark(parts.store, transaction, mark));
  }
  return marks.length;
}

/** The id of an attachment is free again only now that its file is gone. */
async function dropFileMark(store: Store, transaction: Transaction, mark: Mark): Promise<void> {
  const itemId = itemOfPath(mark.target);
  if (itemId !== undefined) await store.uploads.drop(transaction, mark.siteId, itemId);
  await store.forgetting.drop(transaction, mark.markId);
}

async function dropRows(store: Store, transaction: Transaction, marks: readonly Mark[]): Promise<void> {
  for (const { siteId, markId, kind, target } of marks) {
    if (kind === 'report') {
      await store.reports.drop(transaction, siteId, target);
      await store.audit.dropChain(transaction, siteId, target);
    }
    if (kind === 'slot') await store.slots.drop(transaction, siteId, Number(target));
    await store.forgetting.drop(transaction, markId);
  }
}
