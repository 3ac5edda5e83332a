/** Padding comes off only as the protocol puts it on: one message, one padded form (S12). */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { pad, unpad } from '../../src/padding.ts';
import { itemMaxBytes } from '../../src/sizes.ts';

const badPadding = { code: 'BAD_PADDING' };

test('a message of any length comes back, also one that ends like padding', () => {
  for (const length of [0, 1, 254, 255, 256, 1023, 1024, 16_383, 16_384, 65_535, 65_536, itemMaxBytes - 1]) {
    const message = Uint8Array.from(randomBytes(length));
    assert.deepEqual(unpad(pad(message)), message);
  }
  for (const message of [Uint8Array.of(0x80), Uint8Array.of(0, 0), Uint8Array.of(0x80, 0, 0)])
    assert.deepEqual(unpad(pad(message)), message);
});

test('255 bytes fill 256, and 256 bytes need 1 KiB, because the mark is always there', () => {
  assert.equal(pad(new Uint8Array(255)).length, 256);
  assert.equal(pad(new Uint8Array(256)).length, 1024);
});

test('640 KiB do not fit, one byte less does', () => {
  assert.equal(pad(new Uint8Array(itemMaxBytes - 1)).length, itemMaxBytes);
  assert.throws(() => pad(new Uint8Array(itemMaxBytes)), { code: 'MESSAGE_TOO_LONG' });
});

test('padding without a mark, with another mark, or of no bucket is refused', () => {
  const withoutMark = new Uint8Array(256);
  const otherMark = pad(new Uint8Array(10));
  otherMark[10] = 0x81;
  const afterMark = pad(new Uint8Array(10));
  afterMark[200] = 1;
  const noBucket = pad(new Uint8Array(10)).subarray(0, 255);
  const nextBucket = new Uint8Array(1024);
  nextBucket.set(pad(new Uint8Array(10)));
  const tooLong = new Uint8Array(itemMaxBytes + 65_536);
  tooLong[tooLong.length - 1] = 0x80;
  for (const padded of [new Uint8Array(0), withoutMark, otherMark, afterMark, noBucket, nextBucket, tooLong])
    assert.throws(() => unpad(padded), badPadding);
});
