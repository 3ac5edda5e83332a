/** What carries a key is believed only as what it says it is, for whom it says (spec, Bytes). */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { uuidFromRandom } from '../../src/bytes.ts';
import { carryReportKey, carrySeed, readReportKey, readSeed, type SeedKind } from '../../src/key-carrier.ts';

const random = (length: number) => Uint8Array.from(randomBytes(length));
const newId = () => uuidFromRandom(random(16));
const seedKinds: readonly SeedKind[] = ['identity', 'recovery key', 'escrow seed', 'site seed'];
const reportKey = () => ({ report: newId(), epoch: 7, key: random(32), whistleblowerPublicKey: random(32) });

test('a report key comes back as it was carried, in 85 bytes', () => {
  const carried = reportKey();
  const carrier = carryReportKey(carried);
  assert.equal(carrier.length, 85);
  assert.deepEqual(readReportKey(carrier, carried.report, carried.epoch), carried);
});

test('the report key of another report or epoch is refused', () => {
  const carried = reportKey();
  const carrier = carryReportKey(carried);
  assert.throws(() => readReportKey(carrier, newId(), carried.epoch), { code: 'WRONG_OWNER' });
  for (const epoch of [6, 8, 7 + 2 ** 31])
    assert.throws(() => readReportKey(carrier, carried.report, epoch), { code: 'WRONG_OWNER' });
});

test('each kind of seed is read as itself alone, and a report key is no seed', () => {
  const owner = newId();
  const seed = random(32);
  for (const kind of seedKinds) {
    const carrier = carrySeed(kind, owner, seed);
    assert.equal(carrier.length, 49);
    assert.deepEqual(readSeed(kind, owner, carrier), seed);
    for (const other of seedKinds.filter((one) => one !== kind))
      assert.throws(() => readSeed(other, owner, carrier), { code: 'WRONG_KEY_KIND' });
    assert.throws(() => readReportKey(carrier, owner, 0), { code: 'WRONG_KEY_KIND' });
  }
  assert.throws(() => readSeed('identity', owner, carryReportKey({ ...reportKey(), report: owner })), {
    code: 'WRONG_KEY_KIND',
  });
});

test('the seed of somebody else is refused', () => {
  const carrier = carrySeed('identity', newId(), random(32));
  assert.throws(() => readSeed('identity', newId(), carrier), { code: 'WRONG_OWNER' });
});

test('a carrier cut short, with a byte more or empty is refused', () => {
  const owner = newId();
  const carried = reportKey();
  const seedCarrier = carrySeed('site seed', owner, random(32));
  const reportCarrier = carryReportKey(carried);
  assert.throws(() => readSeed('site seed', owner, seedCarrier.subarray(0, 48)), { code: 'WRONG_LENGTH' });
  assert.throws(() => readSeed('site seed', owner, Uint8Array.of(...seedCarrier, 0)), {
    code: 'WRONG_LENGTH',
  });
  assert.throws(() => readReportKey(reportCarrier.subarray(0, 84), carried.report, 7), {
    code: 'WRONG_LENGTH',
  });
  assert.throws(() => readReportKey(Uint8Array.of(...reportCarrier, 0), carried.report, 7), {
    code: 'WRONG_LENGTH',
  });
  assert.throws(() => readSeed('identity', owner, new Uint8Array(0)), { code: 'WRONG_KEY_KIND' });
});

test('a key of another length is not carried', () => {
  for (const length of [0, 31, 33, 64]) {
    assert.throws(() => carrySeed('identity', newId(), random(length)), { code: 'WRONG_LENGTH' });
    assert.throws(() => carryReportKey({ ...reportKey(), key: random(length) }), { code: 'WRONG_LENGTH' });
    assert.throws(() => carryReportKey({ ...reportKey(), whistleblowerPublicKey: random(length) }), {
      code: 'WRONG_LENGTH',
    });
  }
  assert.throws(() => carryReportKey({ ...reportKey(), epoch: -1 }), { code: 'MALFORMED' });
});
