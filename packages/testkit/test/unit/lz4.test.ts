/** The LZ4 block of Firefox's session files: literals, matches, long lengths, matches that overlap themselves. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uncompressLz4 } from '@sotto/testkit/lz4';

test('a block of literals and one match is unpacked', () => {
  // Token 0x32: three literals, a match of 2 + 4 bytes, three back; then one literal.
  const block = Uint8Array.of(0x32, 0x61, 0x62, 0x63, 3, 0, 0x10, 0x21);
  assert.equal(Buffer.from(uncompressLz4(block, 10)).toString(), 'abcabcabc!');
});

test('a match that overlaps itself repeats, and its length may go on in further bytes', () => {
  // One literal; a match of 15 + 255 + 7 + 4 bytes, one back.
  const block = Uint8Array.of(0x1f, 0x78, 1, 0, 255, 7, 0x10, 0x2e);
  assert.equal(Buffer.from(uncompressLz4(block, 283)).toString(), `${'x'.repeat(282)}.`);
});

test('a block that ends early, points outside or has another length is refused', () => {
  assert.throws(() => uncompressLz4(Uint8Array.of(0x30, 0x61), 3), /ends early/);
  assert.throws(() => uncompressLz4(Uint8Array.of(0x10, 0x61, 9, 0, 0x10, 0x61), 6), /points outside/);
  assert.throws(() => uncompressLz4(Uint8Array.of(0x10, 0x61), 2), /holds 1 bytes, not 2/);
});
