/** What lies under a slot opens with that slot, in that row, and not once the slot is overwritten. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { type SlotPlace, slotBytes, unwrapUnderSlot, wrapUnderSlot } from '../../../src/server/slot.ts';

const random = (length: number) => Uint8Array.from(randomBytes(length));
const slot = random(slotBytes);
const place: SlotPlace = { site: 'site', table: 'seals', row: 'row' };
const doesNotOpen = { code: 'DOES_NOT_OPEN' };

test('what was wrapped comes back, and is never wrapped twice alike', () => {
  const plaintext = random(134);
  const wrapped = wrapUnderSlot(slot, place, plaintext);
  assert.equal(wrapped.length, 1 + 12 + plaintext.length + 16);
  assert.deepEqual(unwrapUnderSlot(slot, place, wrapped), plaintext);
  assert.notDeepEqual(wrapUnderSlot(slot, place, plaintext), wrapped);
});

test('with the slot overwritten, in another row, table or site it does not open', () => {
  const wrapped = wrapUnderSlot(slot, place, random(90));
  assert.throws(() => unwrapUnderSlot(random(slotBytes), place, wrapped), doesNotOpen);
  for (const elsewhere of [{ row: 'other' }, { table: 'boxes' }, { site: 'other' }])
    assert.throws(() => unwrapUnderSlot(slot, { ...place, ...elsewhere }, wrapped), doesNotOpen);
});

test('no two places are written alike, whatever their names', () => {
  const pairs: readonly [SlotPlace, SlotPlace][] = [
    [
      { site: 'ab', table: 'c', row: '' },
      { site: 'a', table: 'bc', row: '' },
    ],
    [
      { site: 'a', table: '', row: 'b' },
      { site: 'a', table: 'b', row: '' },
    ],
    // As many UTF-16 code units, another number of bytes.
    [
      { site: 'é', table: 'a', row: '' },
      { site: 'e', table: 'é', row: '' },
    ],
    [
      { site: 'x'.repeat(256), table: '', row: '' },
      { site: '', table: 'x'.repeat(256), row: '' },
    ],
  ];
  for (const [one, other] of pairs)
    assert.throws(() => unwrapUnderSlot(slot, other, wrapUnderSlot(slot, one, random(8))), doesNotOpen);
});

test('one flipped bit anywhere, a cut or another version, and nothing opens', () => {
  const wrapped = wrapUnderSlot(slot, place, random(20));
  for (let bit = 8; bit < wrapped.length * 8; bit += 1) {
    const changed = Uint8Array.from(wrapped);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.throws(() => unwrapUnderSlot(slot, place, changed), doesNotOpen);
  }
  assert.throws(() => unwrapUnderSlot(slot, place, wrapped.subarray(0, wrapped.length - 1)), doesNotOpen);
  for (const length of [0, 1, 28])
    assert.throws(() => unwrapUnderSlot(slot, place, wrapped.subarray(0, length)), { code: 'WRONG_LENGTH' });
  assert.throws(() => unwrapUnderSlot(slot, place, Uint8Array.of(2, ...wrapped.subarray(1))), {
    code: 'UNKNOWN_VERSION',
  });
});
