/** Sizes tell a bucket and no more: every rule of S12 and S7 about lengths. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boxedIdentityBytes,
  boxOverhead,
  chunkBytes,
  chunkCount,
  chunkLength,
  isBoxedItemSize,
  isPaddedFileSize,
  itemMaxBytes,
  largestFile,
  largestFileWithin,
  paddedFileSize,
  paddedItemSize,
  reportKeyCarrierBytes,
  sealedReportKeyBytes,
  sealedSeedBytes,
  seedCarrierBytes,
  tokenBytes,
} from '../../src/sizes.ts';

const kibibyte = 1024;
const itemSizes = [
  256,
  1024,
  4096,
  16_384,
  ...Array.from({ length: 10 }, (_, index) => (index + 1) * 64 * kibibyte),
];

test('the layouts have the lengths the spec prints', () => {
  assert.deepEqual(
    {
      reportKeyCarrierBytes,
      seedCarrierBytes,
      sealedReportKeyBytes,
      boxedIdentityBytes,
      sealedSeedBytes,
      tokenBytes,
    },
    {
      reportKeyCarrierBytes: 85,
      seedCarrierBytes: 49,
      sealedReportKeyBytes: 134,
      boxedIdentityBytes: 90,
      sealedSeedBytes: 98,
      tokenBytes: 32,
    },
  );
});

test('an item has one of fourteen sizes, each the smallest that holds it and its mark', () => {
  for (const [index, size] of itemSizes.entries()) {
    const below = itemSizes[index - 1] ?? 0;
    assert.equal(paddedItemSize(below), size);
    assert.equal(paddedItemSize(size - 1), size);
  }
  assert.throws(() => paddedItemSize(itemMaxBytes), { code: 'MESSAGE_TOO_LONG' });
});

test('of all lengths up to 700 KiB exactly fourteen are those of a boxed item', () => {
  const found: number[] = [];
  for (let length = 0; length < 700 * kibibyte; length += 1)
    if (isBoxedItemSize(length)) found.push(length - boxOverhead);
  assert.deepEqual(found, itemSizes);
});

test('a file grows by less than 6.25 % from 4 KiB on, and a padded size is its own', () => {
  for (let size = 4096; size < largestFile; size = Math.floor(size * 1.013) + 7) {
    const padded = paddedFileSize(size);
    assert.ok(padded >= size && padded < size * 1.0625, String(size));
    assert.ok(isPaddedFileSize(padded));
  }
});

test('padded file sizes are those of the Padmé paper, worked out in integers', () => {
  for (const size of [
    4096,
    4097,
    5000,
    65_535,
    65_536,
    65_537,
    1_000_000,
    2 ** 31 - 1,
    2 ** 31 + 1,
    2 ** 32 + 1,
    2 ** 45 + 12_345,
  ]) {
    const exponent = BigInt(BigInt(size).toString(2).length - 1);
    const bits = BigInt(exponent.toString(2).length);
    const mask = (1n << (exponent - bits)) - 1n;
    assert.equal(BigInt(paddedFileSize(size)), (BigInt(size) + mask) & ~mask, String(size));
  }
});

test('files below 4 KiB all look like 4 KiB', () => {
  for (const size of [0, 1, 4095, 4096]) assert.equal(paddedFileSize(size), 4096);
});

test('the largest file within a limit fits when it is padded, and one byte more does not', () => {
  for (const limit of [4096, 5000, 2 ** 20, 10 ** 6, 2 ** 30, 10 ** 9 + 7, 2 ** 36, 2 ** 46]) {
    const largest = largestFileWithin(limit);
    assert.ok(paddedFileSize(largest) <= limit, String(limit));
    if (largest < largestFile) assert.ok(paddedFileSize(largest + 1) > limit, String(limit));
  }
});

test('a file size that is negative, broken or absurd is refused', () => {
  for (const size of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, largestFile + 1])
    assert.throws(() => paddedFileSize(size), { code: 'TOO_LARGE' });
  for (const size of [0, 1, 4095, 4097, 4096.5, largestFile * 2])
    assert.ok(!isPaddedFileSize(size), String(size));
  assert.ok(isPaddedFileSize(largestFile));
});

test('chunks add up to the padded size, and only the last is shorter', () => {
  for (const size of [1, 4097, chunkBytes, chunkBytes + 1, 50_000_000]) {
    const padded = paddedFileSize(size);
    const lengths = Array.from({ length: chunkCount(padded) }, (_, index) => chunkLength(padded, index));
    assert.equal(
      lengths.reduce((sum, length) => sum + length, 0),
      padded,
    );
    assert.ok(lengths.slice(0, -1).every((length) => length === chunkBytes));
    assert.ok((lengths.at(-1) ?? 0) > 0);
  }
});

test('a chunk the file does not have is refused', () => {
  for (const index of [-1, 0.5, 1, Number.NaN])
    assert.throws(() => chunkLength(4096, index), { code: 'TOO_LARGE' });
});
