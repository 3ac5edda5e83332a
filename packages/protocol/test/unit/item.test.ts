/** Items (S6) open at their own place and nowhere else. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { box } from '../../src/box.ts';
import { concat, type Uuid, utf8, uuidBytes, uuidFromRandom } from '../../src/bytes.ts';
import { derive } from '../../src/derive.ts';
import { type ItemPlace, itemKinds, openItem, sealItem } from '../../src/item.ts';
import { createNobleLibrary } from '../../src/library-noble.ts';
import { pad } from '../../src/padding.ts';
import { boxOverhead, isBoxedItemSize, itemMaxBytes } from '../../src/sizes.ts';

const random = (length: number) => Uint8Array.from(randomBytes(length));
const library = createNobleLibrary(random);
const newId = () => uuidFromRandom(random(16));
const reportKey = random(32);
const place: ItemPlace = { kind: 'comment', report: newId(), item: newId(), author: newId() };
const doesNotOpen = { code: 'DOES_NOT_OPEN' };

/** A box at the right place with any plaintext: what a holder with a broken or hostile agent can make. */
function boxAtPlace(plaintext: Uint8Array): Uint8Array {
  const key = derive(
    library,
    reportKey,
    `item/${place.kind}`,
    uuidBytes(place.report),
    uuidBytes(place.item),
    uuidBytes(place.author),
  );
  return box(library, key, plaintext);
}

test('an item comes back as it was written, with what its author had seen', () => {
  for (const seen of [null, newId()])
    for (const content of [null, '', { text: '<script>‮😀\u0000' }, 'x'.repeat(65_536)]) {
      const boxed = sealItem(library, reportKey, place, { seen, content });
      assert.ok(isBoxedItemSize(boxed.length));
      assert.deepEqual(openItem(library, reportKey, place, boxed), { seen, content });
    }
});

test('an item moved to another kind, report, id or author does not open, nor with another key', () => {
  const boxed = sealItem(library, reportKey, place, { seen: null, content: 'x' });
  const moved: readonly Partial<ItemPlace>[] = [
    ...itemKinds.filter((kind) => kind !== place.kind).map((kind) => ({ kind })),
    { report: newId() },
    { item: newId() },
    { author: newId() },
    { author: null },
    { report: place.item, item: place.report },
  ];
  for (const elsewhere of moved)
    assert.throws(() => openItem(library, reportKey, { ...place, ...elsewhere }, boxed), doesNotOpen);
  assert.throws(() => openItem(library, random(32), place, boxed), doesNotOpen);
});

test('short items all look alike: 0 to 237 bytes of JSON fill 256', () => {
  const sizes = ['', 'yes', 'x'.repeat(235)].map(
    (content) => sealItem(library, reportKey, place, { seen: null, content }).length,
  );
  assert.deepEqual(new Set(sizes), new Set([256 + boxOverhead]));
});

test('an item that does not fit in 640 KiB, or is no JSON, is not sealed', () => {
  assert.throws(
    () => sealItem(library, reportKey, place, { seen: null, content: 'x'.repeat(itemMaxBytes) }),
    {
      code: 'MESSAGE_TOO_LONG',
    },
  );
  assert.throws(() => sealItem(library, reportKey, place, { seen: null, content: undefined }), {
    code: 'MALFORMED',
  });
});

test('what opens but is not padded, or is no id and JSON, is refused', () => {
  const json = utf8('"x"');
  assert.throws(() => openItem(library, reportKey, place, boxAtPlace(concat(uuidBytes(null), json))), {
    code: 'BAD_PADDING',
  });
  for (const plaintext of [
    new Uint8Array(15),
    uuidBytes(null),
    concat(new Uint8Array(16).fill(0xff), json),
    concat(uuidBytes(null), utf8('{"x":')),
    concat(uuidBytes(null), Uint8Array.of(0x22, 0xff, 0x22)),
  ])
    assert.throws(() => openItem(library, reportKey, place, boxAtPlace(pad(plaintext))), {
      code: 'MALFORMED',
    });
});

test('nobody can be an author by an id of zeros: zeros are no UUIDv4', () => {
  const zeros = '00000000-0000-0000-0000-000000000000';
  // why: an agent never gets here, because parseUuid refuses it; the key is that of the whistleblower
  const boxed = sealItem(library, reportKey, { ...place, author: zeros as Uuid }, { seen: null, content: 1 });
  assert.deepEqual(openItem(library, reportKey, { ...place, author: null }, boxed).content, 1);
  assert.throws(() => uuidFromRandom(random(0)), { code: 'WRONG_LENGTH' });
});
