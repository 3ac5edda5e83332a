/** Items (S6): what is said about a report, each sealed once under a key bound to its kind, report, id and author. */
import { box, openBox } from './box.ts';
import { type Bytes, concat, fromJson, toJson, type Uuid, uuidBytes, uuidFromBytes } from './bytes.ts';
import { derive } from './derive.ts';
import { ProtocolError } from './errors.ts';
import type { Library } from './library.ts';
import { pad, unpad } from './padding.ts';
import { uuidByteCount } from './sizes.ts';

export const itemKinds = [
  'answers',
  'summary',
  'file',
  'comment',
  'status',
  'grant',
  'link',
  'disclosed-identity',
  'note',
  'label',
  'draft',
  'audit-head',
] as const;
export type ItemKind = (typeof itemKinds)[number];

/** Where an item belongs. A box moved to another place does not open. */
export type ItemPlace = {
  readonly kind: ItemKind;
  readonly report: Uuid;
  readonly item: Uuid;
  /** A user's id; null for the whistleblower, whose author id is zeros. */
  readonly author: Uuid | null;
};

export type ItemPlaintext = {
  /** The newest item its author had seen, or null for none: what is missing or out of order can be told. */
  readonly seen: Uuid | null;
  /** JSON; of the item's kind once a parser has said so. */
  readonly content: unknown;
};

/** box(item key, pad(seen (16) ‖ JSON in UTF-8)). @throws ProtocolError `MESSAGE_TOO_LONG` above 640 KiB, `MALFORMED` for content that is no JSON. */
export function sealItem(
  library: Library,
  reportKey: Uint8Array,
  place: ItemPlace,
  plaintext: ItemPlaintext,
): Bytes {
  const message = concat(uuidBytes(plaintext.seen), toJson(plaintext.content));
  return box(library, itemKey(library, reportKey, place), pad(message));
}

/** @throws ProtocolError what {@link openBox} throws, `BAD_PADDING`, `MALFORMED` when it is not an id and JSON. */
export function openItem(
  library: Library,
  reportKey: Uint8Array,
  place: ItemPlace,
  boxed: Uint8Array,
): ItemPlaintext {
  const message = unpad(openBox(library, itemKey(library, reportKey, place), boxed));
  if (message.length < uuidByteCount) throw new ProtocolError('MALFORMED');
  const seen = message.subarray(0, uuidByteCount);
  return {
    seen: seen.every((byte) => byte === 0) ? null : uuidFromBytes(seen),
    content: fromJson(message.subarray(uuidByteCount)),
  };
}

/** derive(R, "item/" ‖ kind, report id, item id, author id). */
function itemKey(library: Library, reportKey: Uint8Array, place: ItemPlace): Bytes {
  return derive(
    library,
    reportKey,
    `item/${place.kind}`,
    uuidBytes(place.report),
    uuidBytes(place.item),
    uuidBytes(place.author),
  );
}
