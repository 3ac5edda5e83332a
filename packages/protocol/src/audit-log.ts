/** The agent's half of S15: it recomputes a chain, and keeps the head it saw last. */
import { type AuditEntry, auditEntryBytes } from './audit-chain.ts';
import type { Bytes, Uuid } from './bytes.ts';
import type { Library } from './library.ts';

/** The head of a chain once `entry` is added. @throws ProtocolError what {@link auditEntryBytes} throws. */
export function nextAuditHead(library: Library, head: Uint8Array, chain: Uuid, entry: AuditEntry): Bytes {
  return library.sha256(auditEntryBytes(head, chain, entry));
}
