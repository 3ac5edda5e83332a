/** Rows that tests put into a home: a site, a channel, a report with everything it can have. */
import { randomBytes } from 'node:crypto';
import type { DiskReserve } from '../../src/blobs/attachments.ts';
import { day, type Home, openHome } from '../../src/storage/home.ts';
import { withSlot } from '../../src/storage/keeping.ts';
import { newId } from './temporary.ts';

/** 2026-11-21, 13:37:42.123 UTC: a time whose day and midnight are easy to see. */
export const testNow = Date.UTC(2026, 10, 21, 13, 37, 42, 123);
export const noReserve: DiskReserve = { bytes: 0, fraction: 0 };

/** Opens a home at the time of the tests. */
export function openTestHome(path: string, now: () => number = () => testNow): Promise<Home> {
  return openHome(path, noReserve, now);
}

/** Adds an open site with one channel. */
export async function addSite(home: Home): Promise<{ siteId: string; channelId: string }> {
  const siteId = newId();
  const channelId = newId();
  await home.store.transaction(async (transaction) => {
    await home.store.sites.add(transaction, {
      site_id: siteId,
      setup_hash: randomBytes(32),
      made_by: randomBytes(32),
      name: 'Test site',
      language: 'en',
      exit_address: 'https://example.org/',
      public_key: randomBytes(32),
      receipt_salt: randomBytes(16),
    });
    await home.store.channels.add(transaction, siteId, channelId);
  });
  await home.attachments.prepare(siteId);
  return { siteId, channelId };
}

/** What a report of `addReport` consists of. */
export type AddedReport = {
  reportId: string;
  verifier: Uint8Array;
  slot: number;
  seal: Uint8Array;
  itemId: string;
};

/** Adds a report with one seal, one item and one announced attachment of 4096 bytes. */
export async function addReport(home: Home, siteId: string, channelId: string): Promise<AddedReport> {
  const reportId = newId();
  const itemId = newId();
  const verifier = randomBytes(32);
  const seal = randomBytes(134);
  const today = day(testNow);
  const slot = await home.allocator.withNewSlot((slot) =>
    withSlot(home.slotFile, slot, async (keeping) => {
      const kept = keeping.keepSeal(
        { site_id: siteId, report_id: reportId, holder_id: reportId, epoch: 0, kind: 'report-key' },
        seal,
      );
      await home.store.transaction(async (transaction) => {
        await home.store.slots.take(transaction, {
          site_id: siteId,
          slot,
          owner_kind: 'report',
          owner_id: reportId,
        });
        await home.store.reports.add(transaction, {
          site_id: siteId,
          report_id: reportId,
          channel_id: channelId,
          day: today,
          epoch: 0,
          check_value: randomBytes(32),
          status: 'new',
          verifier,
          submission_hash: randomBytes(32),
          slot,
        });
        await home.store.seals.add(transaction, [kept]);
        await home.store.items.add(transaction, siteId, reportId, [
          { item_id: itemId, kind: 'file', epoch: 0, author_id: null, day: today, box: randomBytes(297) },
        ]);
        await home.store.uploads.add(transaction, {
          site_id: siteId,
          item_id: itemId,
          report_id: reportId,
          author_id: null,
          padded_size: 4096,
          day: today,
        });
      });
      return slot;
    }),
  );
  return { reportId, verifier, slot, seal, itemId };
}
