/** The server's half of S15: it adds to a chain. */
import { createHash } from 'node:crypto';
import { type AuditEntry, auditEntryBytes } from '../audit-chain.ts';
import type { Bytes, Uuid } from '../bytes.ts';

export { type AuditEntry, auditStart } from '../audit-chain.ts';

/** The head of a chain once `entry` is added. @throws ProtocolError what `auditEntryBytes` throws. */
export function nextAuditHead(head: Uint8Array, chain: Uuid, entry: AuditEntry): Bytes {
  return Uint8Array.from(
    createHash('sha256')
      .update(auditEntryBytes(head, chain, entry))
      .digest(),
  );
}
