/** Identities and report keys: each opens for its holder and proves itself to the server without showing itself. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { box, seal } from '../../src/box.ts';
import { uuidFromRandom } from '../../src/bytes.ts';
import { boxIdentity, identityFromSeed, makeIdentity, openIdentity } from '../../src/identity.ts';
import { carrySeed } from '../../src/key-carrier.ts';
import { createNobleLibrary } from '../../src/library-noble.ts';
import { makeReportKey, openReportKey, reportCheck, sealReportKey } from '../../src/report.ts';
import { boxedIdentityBytes, sealedReportKeyBytes } from '../../src/sizes.ts';
import { makeSessionKey, vaultName } from '../../src/vault.ts';

const random = (length: number) => Uint8Array.from(randomBytes(length));
const library = createNobleLibrary(random);
const newId = () => uuidFromRandom(random(16));

test('an identity comes back from its box whole, and only with its key and owner', () => {
  const identity = makeIdentity(library, newId());
  const wrapKey = random(32);
  const boxed = boxIdentity(library, wrapKey, identity);
  assert.equal(boxed.length, boxedIdentityBytes);
  assert.deepEqual(openIdentity(library, wrapKey, identity.owner, boxed), identity);
  assert.throws(() => openIdentity(library, random(32), identity.owner, boxed), { code: 'DOES_NOT_OPEN' });
  assert.throws(() => openIdentity(library, wrapKey, newId(), boxed), { code: 'WRONG_OWNER' });
});

test('a box that holds another kind of key is no identity', () => {
  const owner = newId();
  const wrapKey = random(32);
  const boxed = box(library, wrapKey, carrySeed('recovery key', owner, random(32)));
  assert.throws(() => openIdentity(library, wrapKey, owner, boxed), { code: 'WRONG_KEY_KIND' });
});

test('all keys of an identity follow from its seed and differ', () => {
  const seed = random(32);
  const identity = identityFromSeed(library, newId(), seed);
  assert.deepEqual({ ...identityFromSeed(library, identity.owner, seed) }, { ...identity });
  const keys = [seed, identity.secretKey, identity.publicKey, identity.ownKey];
  assert.equal(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size, keys.length);
});

test('a grant opens for its holder alone, and for this report and epoch alone', () => {
  const recipient = makeIdentity(library, newId());
  const other = makeIdentity(library, newId());
  const report = newId();
  const reportKey = makeReportKey(library, report, makeIdentity(library, report).publicKey);
  const sealed = sealReportKey(library, recipient.publicKey, reportKey);
  assert.equal(sealed.length, sealedReportKeyBytes);
  assert.deepEqual(openReportKey(library, recipient, sealed, report, 0), reportKey);
  assert.throws(() => openReportKey(library, other, sealed, report, 0), { code: 'DOES_NOT_OPEN' });
  assert.throws(() => openReportKey(library, recipient, sealed, newId(), 0), { code: 'WRONG_OWNER' });
  assert.throws(() => openReportKey(library, recipient, sealed, report, 1), { code: 'WRONG_OWNER' });
});

test('a seal that holds a seed is no report key', () => {
  const recipient = makeIdentity(library, newId());
  const report = newId();
  const sealed = seal(library, recipient.publicKey, carrySeed('identity', report, random(32)));
  assert.throws(() => openReportKey(library, recipient, sealed, report, 0), { code: 'WRONG_KEY_KIND' });
});

test('the check value tells report keys, reports and epochs apart, and is none of them', () => {
  const reportKey = makeReportKey(library, newId(), random(32));
  const checks = [
    reportCheck(library, reportKey),
    reportCheck(library, { ...reportKey, epoch: 1 }),
    reportCheck(library, { ...reportKey, report: newId() }),
    reportCheck(library, { ...reportKey, key: random(32) }),
    reportKey.key,
  ];
  assert.equal(new Set(checks.map((check) => Buffer.from(check).toString('hex'))).size, checks.length);
  assert.deepEqual(reportCheck(library, reportKey), checks[0]);
});

test('the name of a vault is not its key', () => {
  const sessionKey = makeSessionKey(library);
  assert.equal(sessionKey.length, 32);
  assert.deepEqual(vaultName(library, sessionKey), library.sha256(sessionKey));
  assert.notDeepEqual(vaultName(library, sessionKey), sessionKey);
});
