/** Reading an audit log (S15): the chain is recomputed from its beginning and held to the head this reader's agent saw last. */
import { keptHead } from '@sotto/contract/audit';
import { type AuditEntry, auditStart } from '@sotto/protocol/audit-chain';
import { nextAuditHead } from '@sotto/protocol/audit-log';
import { fromBase64url, toBase64url, type Uuid } from '@sotto/protocol/bytes';
import type { Identity } from '@sotto/protocol/identity';
import { type ItemPlace, openItem, sealItem } from '@sotto/protocol/item';
import type { Library } from '@sotto/protocol/library';
import * as v from 'valibot';
import { ClientError } from './errors.ts';
import type { AuditEntryView, AuditView } from './views.ts';

/** A chain is never this long, or the server is lying about it. */
const entriesMax = 100_000;

type Page = {
  readonly entries: readonly AuditEntry[];
  readonly next: number | null;
  readonly kept: string | null;
};

/** How one chain is fetched, and its head kept. */
export type AuditRoutes = {
  page(after: number): Promise<Page>;
  keep(box: string): Promise<unknown>;
};

/** What the reader knows by name. */
export type AuditNames = {
  person(id: Uuid): string | null;
  object(entry: AuditEntry): string | null;
};

/**
 * Reads a chain whole. When it holds what this reader saw before, its newest head is kept; when it does not, the head from
 * before stays, so that the warning stays too.
 *
 * @throws ClientError `ANSWER_MALFORMED` when orders are not 1, 2, 3, …
 */
export async function readAudit(
  library: Library,
  reader: Identity,
  chain: Uuid,
  routes: AuditRoutes,
  names: AuditNames,
): Promise<AuditView> {
  const { entries, kept } = await readEntries(routes);
  const before = openKept(library, reader, chain, kept);
  let head: Uint8Array = auditStart;
  /** Whether the chain passes through the head that was kept. */
  let holds = before === 'nothing' || (before !== 'unreadable' && before.order === 0);
  for (const entry of entries) {
    head = nextAuditHead(library, head, chain, entry);
    if (typeof before === 'object' && before.order === entry.order) holds = before.head === toBase64url(head);
  }
  const now = { order: entries.length, head: toBase64url(head) };
  if (holds && (typeof before !== 'object' || before.head !== now.head)) {
    await routes.keep(
      toBase64url(sealItem(library, reader.ownKey, placeOf(reader, chain), { seen: null, content: now })),
    );
  }
  return {
    verdict: !holds ? 'changed' : before === 'nothing' ? 'first-look' : 'as-before',
    entries: entries.map((entry) => viewOf(entry, reader.owner, names)),
  };
}

type Head = { readonly order: number; readonly head: string };

async function readEntries(routes: AuditRoutes): Promise<{ entries: AuditEntry[]; kept: string | null }> {
  const entries: AuditEntry[] = [];
  for (let after = 0; entries.length < entriesMax; ) {
    const page = await routes.page(after);
    for (const entry of page.entries) {
      if (entry.order !== entries.length + 1) throw new ClientError('ANSWER_MALFORMED');
      entries.push(entry);
    }
    if (page.next === null) return { entries, kept: page.kept };
    if (page.next <= after || page.next !== entries.length) break;
    after = page.next;
  }
  throw new ClientError('ANSWER_MALFORMED');
}

/** Under the own key, bound to the chain: another chain's head, or another reader's, does not open. */
function placeOf(reader: Identity, chain: Uuid): ItemPlace {
  return { kind: 'audit-head', report: chain, item: chain, author: reader.owner };
}

/** A box that does not open was not kept by this agent: somebody has put it there. */
function openKept(
  library: Library,
  reader: Identity,
  chain: Uuid,
  kept: string | null,
): Head | 'nothing' | 'unreadable' {
  if (kept === null) return 'nothing';
  try {
    const { content } = openItem(library, reader.ownKey, placeOf(reader, chain), fromBase64url(kept));
    return v.parse(keptHead, content);
  } catch {
    return 'unreadable';
  }
}

function viewOf(entry: AuditEntry, reader: Uuid, names: AuditNames): AuditEntryView {
  const { order, day, act, actor } = entry;
  return {
    order,
    day,
    act,
    who: actor === null ? null : names.person(actor),
    from: actor === null ? 'nobody-named' : actor === reader ? 'self' : 'other',
    what: names.object(entry),
  };
}
