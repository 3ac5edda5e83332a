/** Vectors of S4 and S6: a report is filed, and its items open at their own place. */
import {
  box,
  derive,
  draw,
  drawId,
  idBytes,
  itemKey,
  type Place,
  pad,
  reportKeyCarrier,
  seal,
  seedCarrier,
  uint32,
  x25519PublicKey,
} from './reference.ts';
import type { NamedVector } from './vector.ts';
import { flipped, gives, refuses, withFirst } from './writing.ts';

const report = drawId('report');
const otherReport = drawId('another report');
const key = draw('report key');
const seed = draw('whistleblower seed');
const wrapKey = draw('receipt wrap key');
const whistleblowerPublicKey = x25519PublicKey(derive(seed, 'identity/box'));
const recipients = [x25519PublicKey(draw('recipient secret')), x25519PublicKey(draw('second recipient'))];
const recipient = drawId('recipient');
const carrier = reportKeyCarrier(report, 0, key, whistleblowerPublicKey);
const check = derive(key, 'check', idBytes(report), uint32(0));
const submitNonce = draw('submit nonce', 24);
const ephemerals = [draw('submit ephemeral 0'), draw('submit ephemeral 1'), draw('submit ephemeral 2')];

const submission = gives(
  's04-submit',
  'a submission boxes the identity, and seals the report key to its whistleblower and each recipient',
  'submit',
  { random: [submitNonce, ...ephemerals], report, key, seed, wrapKey, recipients },
  {
    identity: box(wrapKey, submitNonce, seedCarrier(2, report, seed)),
    seal: seal(whistleblowerPublicKey, ephemerals[0] ?? key, carrier),
    seals: recipients.map((publicKey, index) =>
      seal(publicKey, ephemerals[index + 1] ?? key, carrier).toString('hex'),
    ),
    check,
  },
);

const place: Place = { kind: 'comment', report, item: drawId('comment'), author: recipient };
const nonce = draw('item nonce', 24);
const content = { text: 'We have read it. <b>Thank you</b> \u202e😀' };
const seen = drawId('answers');
const plaintext = Buffer.concat([idBytes(seen), Buffer.from(JSON.stringify(content))]);
const comment = boxAt(place, pad(plaintext, 256));
const fromWhistleblower: Place = { ...place, author: null };

/** A box at a place, with whatever plaintext a broken or hostile agent puts there. */
function boxAt(at: Place, padded: Uint8Array): Buffer {
  return box(itemKey(key, at), nonce, padded);
}

const items: NamedVector[] = [
  gives(
    's06-item-sealed',
    'an item is what its author had seen and JSON, padded and boxed at its place',
    'seal-item',
    { random: [nonce], key, ...place, seen, content },
    { box: comment },
  ),
  gives(
    's06-item-opened',
    'an item opens at its place',
    'open-item',
    { key, ...place, box: comment },
    { seen, content },
  ),
  gives(
    's06-item-of-whistleblower',
    "a whistleblower's author id is zeros, and nothing seen is zeros",
    'open-item',
    {
      key,
      ...fromWhistleblower,
      box: boxAt(fromWhistleblower, pad(Buffer.concat([Buffer.alloc(16), Buffer.from('"x"')]), 256)),
    },
    { seen: null, content: 'x' },
  ),
  ...(
    [
      ['kind', { kind: 'status' }],
      ['report', { report: otherReport }],
      ['id', { item: seen }],
      ['author', { author: drawId('another recipient') }],
      ['whistleblower', { author: null }],
    ] as const
  ).map(([what, moved]) =>
    refuses(
      `s06-item-moved-to-another-${what}`,
      `an item given out as of another ${what} does not open`,
      'open-item',
      { key, ...place, ...moved, box: comment },
      'DOES_NOT_OPEN',
      'primitive',
    ),
  ),
  refuses(
    's06-item-other-key',
    'an item does not open with the key of another epoch',
    'open-item',
    { key: draw('another epoch'), ...place, box: comment },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    's06-item-changed',
    'an item with one bit changed does not open',
    'open-item',
    { key, ...place, box: flipped(comment, 100) },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    's06-item-cut',
    'an item with its end cut off does not open',
    'open-item',
    { key, ...place, box: comment.subarray(0, 200) },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    's06-item-version-2',
    'an item of version 2 is refused',
    'open-item',
    { key, ...place, box: withFirst(2, comment) },
    'UNKNOWN_VERSION',
    'form',
  ),
  refuses(
    's06-item-without-padding',
    'an item that opens but is not padded is refused',
    'open-item',
    { key, ...place, box: boxAt(place, plaintext) },
    'BAD_PADDING',
    'content',
  ),
  refuses(
    's06-item-in-larger-bucket',
    'an item in a larger bucket than it needs is refused',
    'open-item',
    { key, ...place, box: boxAt(place, pad(plaintext, 1024)) },
    'BAD_PADDING',
    'content',
  ),
  refuses(
    's06-item-without-json',
    'an item whose content is no JSON is refused',
    'open-item',
    { key, ...place, box: boxAt(place, pad(Buffer.concat([idBytes(seen), Buffer.from('{"text":')]), 256)) },
    'MALFORMED',
    'content',
  ),
  refuses(
    's06-item-without-utf8',
    'an item whose content is no UTF-8 is refused',
    'open-item',
    {
      key,
      ...place,
      box: boxAt(place, pad(Buffer.concat([idBytes(seen), Buffer.of(0x22, 0xff, 0x22)]), 256)),
    },
    'MALFORMED',
    'content',
  ),
  refuses(
    's06-item-without-seen',
    'an item shorter than an id is refused',
    'open-item',
    { key, ...place, box: boxAt(place, pad(Buffer.alloc(15), 256)) },
    'MALFORMED',
    'content',
  ),
  refuses(
    's06-item-seen-no-id',
    'an item that had seen what is no id is refused',
    'open-item',
    { key, ...place, box: boxAt(place, pad(Buffer.concat([Buffer.alloc(16, 0xff), Buffer.from('1')]), 256)) },
    'MALFORMED',
    'content',
  ),
  refuses(
    's06-item-too-long',
    'an item that does not fit in 640 KiB is not sealed',
    'seal-item',
    { key, ...place, seen, content: 'x'.repeat(655_360) },
    'MESSAGE_TOO_LONG',
    'form',
  ),
];

export const itemVectors: readonly NamedVector[] = [submission, ...items];
