/** Bytes are written in one way each, and nothing but that way is read. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import {
  concat,
  equalBytes,
  fromBase32,
  fromBase64url,
  fromJson,
  fromUtf8,
  isUuid,
  parseUuid,
  readUint32,
  toBase32,
  toBase64url,
  toJson,
  uint32,
  uuidBytes,
  uuidFromBytes,
  uuidFromRandom,
} from '../../src/bytes.ts';

const random = (length: number) => Uint8Array.from(randomBytes(length));
const malformed = { code: 'MALFORMED' };

test('base64url is what Node writes, and is read back, at every length', () => {
  for (let length = 0; length < 70; length += 1) {
    const bytes = random(length);
    assert.equal(toBase64url(bytes), Buffer.from(bytes).toString('base64url'));
    assert.deepEqual(fromBase64url(toBase64url(bytes)), bytes);
  }
});

test('base32 is as in RFC 4648 section 10, without padding', () => {
  const examples = {
    '': '',
    f: 'MY',
    fo: 'MZXQ',
    foo: 'MZXW6',
    foob: 'MZXW6YQ',
    fooba: 'MZXW6YTB',
    foobar: 'MZXW6YTBOI',
  };
  for (const [text, encoded] of Object.entries(examples)) {
    assert.equal(toBase32(Buffer.from(text)), encoded);
    assert.deepEqual(fromBase32(encoded), Uint8Array.from(Buffer.from(text)));
  }
});

test('base64url with padding, another alphabet, white space, an impossible length or bits left over is refused', () => {
  for (const text of [
    'AA==',
    'AA=',
    'A+A',
    'A/A',
    ' AAAA',
    'AAAA\n',
    'A',
    'AAAAA',
    'AB',
    'AAB',
    'AAAé',
    'AA😀',
  ])
    assert.throws(() => fromBase64url(text), malformed, text);
});

test('base32 in lower case, of an impossible length or with bits left over is refused', () => {
  for (const text of ['my', 'M', 'MZX', 'MZXW6Y', 'MZ', 'MZXR', '0O', 'MY======'])
    assert.throws(() => fromBase32(text), malformed, text);
});

test('no two texts are read as the same bytes: of the 64 last characters four are read', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const read = [...alphabet].filter((last) => {
    try {
      return fromBase64url(`A${last}`).length === 1;
    } catch {
      return false;
    }
  });
  assert.deepEqual(read, ['A', 'Q', 'g', 'w']);
});

test('an id is a UUIDv4 in lower case with hyphens, and nothing else', () => {
  const id = uuidFromRandom(random(16));
  assert.ok(isUuid(id));
  assert.equal(uuidFromBytes(uuidBytes(id)), id);
  const version1 = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
  const nil = '00000000-0000-0000-0000-000000000000';
  const wrongVariant = 'c0ffee00-0000-4000-7000-000000000000';
  for (const value of [
    id.toUpperCase(),
    id.replaceAll('-', ''),
    `${id} `,
    `{${id}}`,
    `${id}\n`,
    version1,
    nil,
    wrongVariant,
    '',
    7,
    null,
  ])
    assert.throws(() => parseUuid(value), malformed, String(value));
});

test('an id of random bytes keeps 122 of their bits', () => {
  assert.equal(uuidFromRandom(new Uint8Array(16)), '00000000-0000-4000-8000-000000000000');
  assert.equal(uuidFromRandom(new Uint8Array(16).fill(255)), 'ffffffff-ffff-4fff-bfff-ffffffffffff');
  assert.throws(() => uuidFromRandom(random(15)), { code: 'WRONG_LENGTH' });
});

test('nobody is sixteen zeros, which are no id', () => {
  assert.deepEqual(uuidBytes(null), new Uint8Array(16));
  assert.throws(() => uuidFromBytes(new Uint8Array(16)), malformed);
});

test('integers are big-endian and bounded', () => {
  assert.deepEqual(uint32(0x01020304), Uint8Array.of(1, 2, 3, 4));
  assert.equal(readUint32(concat(Uint8Array.of(9), uint32(0xffff_fffe)), 1), 0xffff_fffe);
  for (const value of [-1, 0.5, 2 ** 32, Number.NaN]) assert.throws(() => uint32(value), malformed);
  assert.throws(() => readUint32(new Uint8Array(4), 1), { code: 'WRONG_LENGTH' });
  assert.throws(() => readUint32(new Uint8Array(4), -1), { code: 'WRONG_LENGTH' });
});

test('a view into a larger buffer is read at its own place', () => {
  const whole = Uint8Array.of(9, 9, 0, 0, 0, 7, 9);
  assert.equal(readUint32(whole.subarray(2, 6), 0), 7);
});

test('bytes that are no UTF-8 are refused, not replaced', () => {
  for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82]])
    assert.throws(() => fromUtf8(Uint8Array.from(bytes)), malformed);
  assert.equal(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)), '\ufeffa');
});

test('JSON goes there and back, a lone surrogate too; what JSON cannot say is refused before it is sealed', () => {
  for (const value of [null, 0, '', '\ud800', { a: [1, 'é😀'] }])
    assert.deepEqual(fromJson(toJson(value)), value);
  for (const value of [undefined, () => 1, Symbol('s')]) assert.throws(() => toJson(value), malformed);
  for (const text of ['', '{', 'undefined', '\ufeff{}', '{}{}'])
    assert.throws(() => fromJson(Buffer.from(text)), malformed);
});

test('bytes are equal when all are, and never when their lengths differ', () => {
  const bytes = random(32);
  assert.ok(equalBytes(bytes, Uint8Array.from(bytes)));
  assert.ok(!equalBytes(bytes, bytes.subarray(0, 31)));
  for (let at = 0; at < 32; at += 1) {
    const changed = Uint8Array.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 0x80;
    assert.ok(!equalBytes(bytes, changed));
  }
});
