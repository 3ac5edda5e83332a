/** Reading the audit log (S15): a chain page by page, with the head that the reader's own agent kept. */
import { auditPageMax } from '@sotto/contract/audit';
import type { Uuid } from '@sotto/protocol/bytes';
import * as v from 'valibot';
import type { Backend } from '../backend.ts';
import { encoded, storedId, versioned } from '../http/encoded.ts';
import type { AuditEntryRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';

/** The entries of a chain above `after`, for a reader who may see it. `acts` says which words the chain can hold. */
export async function readChain<Act extends string>(
  { home, siteId }: Backend,
  transaction: Transaction,
  chain: Uuid,
  reader: Uuid,
  after: number,
  acts: v.GenericSchema<Act>,
) {
  const { audit } = home.store;
  const rows = await audit.after(transaction, siteId, chain, after, auditPageMax + 1);
  const page = rows.slice(0, auditPageMax);
  const kept = await audit.keptHead(transaction, siteId, chain, reader);
  return {
    entries: page.map((row) => entryOf(row, acts)),
    next: rows.length > page.length ? (page.at(-1)?.ordinal ?? null) : null,
    kept: kept === undefined ? null : encoded(kept.box),
  };
}

/** Keeps the head that a reader's agent saw last, as it boxed it. @throws Refusal `MALFORMED` for an unknown version byte. */
export async function keepHead(
  { home, siteId }: Backend,
  transaction: Transaction,
  chain: Uuid,
  reader: Uuid,
  box: string,
): Promise<void> {
  await home.store.audit.keepHead(transaction, {
    site_id: siteId,
    chain_id: chain,
    user_id: reader,
    box: versioned(box),
  });
}

function entryOf<Act extends string>(row: AuditEntryRow, acts: v.GenericSchema<Act>) {
  return {
    order: row.ordinal,
    day: row.day,
    actor: row.actor_id === null ? null : storedId(row.actor_id),
    act: v.parse(acts, row.act),
    object: row.object_id === null ? null : storedId(row.object_id),
  };
}
