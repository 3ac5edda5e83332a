/**
 * How boxes and seals lie in the database: under the slot of their account or report, bound to their site, table and
 * row, so that a row moved to another place does not open and an overwritten slot leaves noise (protocol, Keys).
 */
import type { Bytes } from '@sotto/protocol/bytes';
import { unwrapUnderSlot, wrapUnderSlot } from '@sotto/protocol/server/slot';
import type { AccountBoxRow, DraftRow, KeptAloneRow, NewSealRow } from './schema.ts';
import type { SlotFile } from './slot-file.ts';

type DraftPlace = Pick<DraftRow, 'site_id' | 'report_id'>;

/** Wraps and unwraps with one slot's key. */
export type Keeping = {
  keepBox(place: Omit<AccountBoxRow, 'kept'>, box: Uint8Array): AccountBoxRow;
  openBox(row: AccountBoxRow): Bytes;
  keepSeal(place: Omit<NewSealRow, 'kept'>, seal: Uint8Array): NewSealRow;
  openSeal(row: NewSealRow): Bytes;
  keepVault<P extends DraftPlace>(place: P, vault: Uint8Array): P & Pick<DraftRow, 'kept'>;
  openVault(row: DraftPlace & Pick<DraftRow, 'kept'>): Bytes;
  keepAlone(place: Omit<KeptAloneRow, 'kept'>, thing: Uint8Array): KeptAloneRow;
  openAlone(row: KeptAloneRow): Bytes;
};

/**
 * Runs `act` with the key of a slot, and zeroes the key afterwards.
 *
 * @throws ProtocolError `DOES_NOT_OPEN` from what opens, when the row was changed, moved or forgotten.
 */
export async function withSlot<T>(
  slotFile: Pick<SlotFile, 'read'>,
  slot: number,
  act: (keeping: Keeping) => Promise<T> | T,
): Promise<T> {
  const key = await slotFile.read(slot);
  try {
    return await act(keepingUnder(key));
  } finally {
    key.fill(0);
  }
}

/** @param key of a slot; the caller zeroes it. */
export function keepingUnder(key: Uint8Array): Keeping {
  return {
    keepBox: (place, box) => ({ ...place, kept: wrapUnderSlot(key, boxPlace(place), box) }),
    openBox: (row) => unwrapUnderSlot(key, boxPlace(row), row.kept),
    keepSeal: (place, seal) => ({ ...place, kept: wrapUnderSlot(key, sealPlace(place), seal) }),
    openSeal: (row) => unwrapUnderSlot(key, sealPlace(row), row.kept),
    keepVault: (place, vault) => ({ ...place, kept: wrapUnderSlot(key, draftPlace(place), vault) }),
    openVault: (row) => unwrapUnderSlot(key, draftPlace(row), row.kept),
    keepAlone: (place, thing) => ({ ...place, kept: wrapUnderSlot(key, alonePlace(place), thing) }),
    openAlone: (row) => unwrapUnderSlot(key, alonePlace(row), row.kept),
  };
}

function boxPlace(row: Omit<AccountBoxRow, 'kept'>): { site: string; table: string; row: string } {
  return { site: row.site_id, table: 'account_boxes', row: `${row.user_id}/${row.kind}` };
}

function draftPlace({ site_id, report_id }: DraftPlace): { site: string; table: string; row: string } {
  return { site: site_id, table: 'drafts', row: report_id };
}

function alonePlace(row: Omit<KeptAloneRow, 'kept'>): { site: string; table: string; row: string } {
  return { site: row.site_id, table: 'kept_alone', row: `${row.owner_id}/${row.kind}` };
}

function sealPlace(row: Omit<NewSealRow, 'kept'>): { site: string; table: string; row: string } {
  return {
    site: row.site_id,
    table: 'seals',
    row: `${row.report_id}/${row.holder_id}/${row.epoch}/${row.kind}`,
  };
}
