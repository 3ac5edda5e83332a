/**
 * Writing the audit log (S15): in the same transaction as the act it tells of, so that neither is without the other. A report
 * has a chain of its own, deleted whole with it; the site's chain names no report.
 */
import type { ReportAct, SiteAct } from '@sotto/contract/audit';
import type { Uuid } from '@sotto/protocol/bytes';
import { auditStart, nextAuditHead } from '@sotto/protocol/server/audit';
import type { Backend } from '../backend.ts';
import { day } from '../storage/home.ts';
import type { Transaction } from '../storage/transaction.ts';

/** Who did it: a user, or `null` for the whistleblower of a report, for the operator of the site. */
export type Actor = Uuid | null;

/** Adds to a report's chain. `object` is an item, a file or a person. */
export async function recordInReport(
  backend: Backend,
  transaction: Transaction,
  reportId: Uuid,
  act: ReportAct,
  actor: Actor,
  object: Uuid | null,
): Promise<void> {
  await record(backend, transaction, reportId, act, actor, object);
}

/** The first entry of a report's chain: nothing is there to look up. */
export async function recordFiling(
  backend: Backend,
  transaction: Transaction,
  reportId: Uuid,
): Promise<void> {
  await add(backend, transaction, reportId, { ordinal: 0, head: auditStart }, 'filed', null, null);
}

/** Adds to a report's chain what a user does again and again, such as reading it: once a day is enough. */
export async function recordOnceADay(
  backend: Backend,
  transaction: Transaction,
  reportId: Uuid,
  act: ReportAct,
  actor: Uuid,
  object: Uuid,
): Promise<void> {
  const today = day(backend.clock());
  const { audit } = backend.home.store;
  const before = await audit.same(transaction, backend.siteId, reportId, today, actor, act, object);
  if (before === undefined) await record(backend, transaction, reportId, act, actor, object);
}

/** Adds to the site's chain. `object` is a person or a channel, never a report. @returns the order of the entry. */
export async function recordOnSite(
  backend: Backend,
  transaction: Transaction,
  act: SiteAct,
  actor: Actor,
  object: Uuid | null,
): Promise<number> {
  return record(backend, transaction, backend.siteId, act, actor, object);
}

async function record(
  backend: Backend,
  transaction: Transaction,
  chain: Uuid,
  act: ReportAct | SiteAct,
  actor: Actor,
  object: Uuid | null,
): Promise<number> {
  const last = await backend.home.store.audit.last(transaction, backend.siteId, chain);
  return add(backend, transaction, chain, last ?? { ordinal: 0, head: auditStart }, act, actor, object);
}

async function add(
  { home, siteId, clock }: Backend,
  transaction: Transaction,
  chain: Uuid,
  last: { readonly ordinal: number; readonly head: Uint8Array },
  act: ReportAct | SiteAct,
  actor: Actor,
  object: Uuid | null,
): Promise<number> {
  const entry = { order: last.ordinal + 1, day: day(clock()), actor, act, object };
  await home.store.audit.add(transaction, {
    site_id: siteId,
    chain_id: chain,
    ordinal: entry.order,
    day: entry.day,
    actor_id: actor,
    act,
    object_id: object,
    head: nextAuditHead(last.head, chain, entry),
  });
  return entry.order;
}
