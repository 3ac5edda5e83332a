/** The chains of the audit log (S15): what each entry's hash covers. Only layouts, so that both doors read them; each hashes by itself. */
import { type Bytes, concat, type Uuid, uint32, utf8, uuidBytes } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import { keyBytes } from './sizes.ts';

/** Who did what to which object, and on which day (UTC, `YYYY-MM-DD`): no content, no address, nothing finer than a day. */
export type AuditEntry = {
  /** 1 for the first of its chain. */
  readonly order: number;
  readonly day: string;
  /** A user; null for the whistleblower in a report's chain, and for the operator or the server itself in the site's. */
  readonly actor: Uuid | null;
  /** A word of the contract, in lower case with hyphens. */
  readonly act: string;
  /** A person, a channel, an item; null when the act has no other object than the report or the site itself. */
  readonly object: Uuid | null;
};

/** The head of a chain without entries. */
export const auditStart: Bytes = new Uint8Array(keyBytes);

const dayForm = /^\d{4}-\d{2}-\d{2}$/;
const actForm = /^[a-z]+(?:-[a-z]+)*$/;

/**
 * What SHA-256 makes the next head of. Every part but the last has a fixed length.
 *
 * Layout: `"sotto/1/audit" ‖ 0x00 ‖ head before (32) ‖ chain (16) ‖ order (4) ‖ day (10) ‖ actor (16) ‖ object (16) ‖ act`; nobody is
 * zeros. The chain is named by the report's id, or the site's.
 *
 * @throws ProtocolError `WRONG_LENGTH` for a head of another length, `MALFORMED` for a day or an act of another form.
 */
export function auditEntryBytes(head: Uint8Array, chain: Uuid, entry: AuditEntry): Bytes {
  if (head.length !== keyBytes) throw new ProtocolError('WRONG_LENGTH');
  if (!dayForm.test(entry.day) || !actForm.test(entry.act)) throw new ProtocolError('MALFORMED');
  return concat(
    utf8('sotto/1/audit'),
    Uint8Array.of(0),
    head,
    uuidBytes(chain),
    uint32(entry.order),
    utf8(entry.day),
    uuidBytes(entry.actor),
    uuidBytes(entry.object),
    utf8(entry.act),
  );
}
