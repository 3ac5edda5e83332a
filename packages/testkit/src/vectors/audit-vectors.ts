/** Vectors of S15: the heads of a chain of the audit log, and entries that no chain holds. */
import { draw, drawId, idBytes, sha256, uint32 } from './reference.ts';
import type { NamedVector } from './vector.ts';
import { gives, refuses } from './writing.ts';

type Entry = { order: number; day: string; actor: string | null; act: string; object: string | null };

const chain = drawId('audited report');
const filed: Entry = { order: 1, day: '2026-11-25', actor: null, act: 'filed', object: null };
const commented: Entry = {
  order: 2,
  day: '2026-11-26',
  actor: drawId('audited recipient'),
  act: 'commented',
  object: drawId('audited item'),
};

function nextHead(head: Uint8Array, entry: Entry): Buffer {
  return sha256(
    Buffer.concat([
      Buffer.from('sotto/1/audit\0'),
      head,
      idBytes(chain),
      uint32(entry.order),
      Buffer.from(entry.day),
      idBytes(entry.actor),
      idBytes(entry.object),
      Buffer.from(entry.act),
    ]),
  );
}

const start = Buffer.alloc(32);
const afterFirst = nextHead(start, filed);

/** The operation is `next-audit-head` on both halves. */
export const auditVectors: readonly NamedVector[] = both('s15', [
  gives(
    's15-first-entry',
    'the first entry follows thirty-two zeros, and nobody is sixteen zeros',
    'next-audit-head',
    { head: start, chain, ...filed },
    { head: afterFirst },
  ),
  gives(
    's15-second-entry',
    'the second entry covers the head before',
    'next-audit-head',
    { head: afterFirst, chain, ...commented },
    { head: nextHead(afterFirst, commented) },
  ),
  refuses(
    's15-short-head',
    'a head of 31 bytes is refused',
    'next-audit-head',
    { head: draw('short head', 31), chain, ...filed },
    'WRONG_LENGTH',
    'form',
  ),
  refuses(
    's15-day-with-time',
    'a day with a time is refused',
    'next-audit-head',
    { head: start, chain, ...filed, day: '2026-11-25T10:00' },
    'MALFORMED',
    'form',
  ),
  refuses(
    's15-act-with-content',
    'an act that is no word is refused',
    'next-audit-head',
    { head: start, chain, ...filed, act: 'filed: what I saw' },
    'MALFORMED',
    'form',
  ),
]);

/** The server computes the same chain as the agents. */
function both(step: string, vectors: readonly NamedVector[]): NamedVector[] {
  return [
    ...vectors,
    ...vectors.map(
      ({ name, vector }): NamedVector => ({
        name: name.replace(step, `${step}-server`),
        vector: { ...vector, door: 'server' },
      }),
    ),
  ];
}
