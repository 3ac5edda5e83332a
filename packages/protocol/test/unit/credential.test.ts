/** Credentials (S1): what a person types is read in one way, or refused before anything is stretched. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import {
  type Credential,
  credentialHash,
  deriveCredential,
  enrolmentSeed,
  makeReceipt,
  passwordBytes,
  receiptBytes,
  type Stretcher,
  stretchCredential,
} from '../../src/credential.ts';
import { createSodiumLibrary } from '../../src/library-sodium.ts';

const random = (length: number) => Uint8Array.from(randomBytes(length));
const library = createSodiumLibrary(random);
const badPassword = { code: 'PASSWORD_MALFORMED' };
const badReceipt = { code: 'RECEIPT_MALFORMED' };
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('a password is one password however its letters are written', () => {
  assert.deepEqual(passwordBytes('Cafe\u0301'), passwordBytes('Café'));
  assert.deepEqual(passwordBytes('ﬁne'), passwordBytes('fine'));
  assert.deepEqual(passwordBytes('１２３'), passwordBytes('123'));
  assert.notDeepEqual(passwordBytes('password'), passwordBytes('Password'));
  assert.notDeepEqual(passwordBytes('a '), passwordBytes('a'));
});

test('the limit of 1024 bytes is one of the normal form, so that no spelling is refused where another is not', () => {
  const composed = 'ǘ'.repeat(512);
  assert.equal(passwordBytes(composed).length, 1024);
  assert.deepEqual(passwordBytes(composed.normalize('NFD')).length, 1024);
  // A mathematical letter is two code units and becomes one byte: nothing is denser.
  assert.deepEqual(passwordBytes('𝐀'.repeat(1024)), passwordBytes('A'.repeat(1024)));
  assert.throws(() => passwordBytes('𝐀'.repeat(1025)), badPassword);
  assert.throws(() => passwordBytes('A'.repeat(1025)), badPassword);
  assert.throws(() => passwordBytes('ﷺ'.repeat(1024)), badPassword);
});

test('no character loses more than half its code units: the limit before normalisation refuses nothing good', () => {
  const longest = new Map<string, number>();
  const characters = Array.from({ length: 0x11_0000 }, (_, point) => point)
    .filter((point) => point < 0xd800 || point > 0xdfff)
    .map((point) => String.fromCodePoint(point));
  for (const character of characters) {
    const plain = character.normalize('NFKD');
    if ([...plain].length === 1) longest.set(plain, Math.max(longest.get(plain) ?? 0, character.length));
  }
  for (const character of characters.filter((one) => one.normalize('NFKC') === one)) {
    let units = 0;
    for (const part of character.normalize('NFKD')) units += longest.get(part) ?? part.length;
    assert.ok(units <= 2 * Buffer.byteLength(character), `U+${character.codePointAt(0)?.toString(16)}`);
  }
});

test('a password that is empty, ten megabytes long or no valid text is refused', () => {
  for (const password of ['', 'a'.repeat(10_000_000), '\ud800', 'a\udc00b'])
    assert.throws(() => passwordBytes(password), badPassword);
});

test('a receipt is read with spaces and hyphens, or without', () => {
  const plain = receiptBytes('0123456789012345');
  for (const written of [
    '0123 4567 8901 2345',
    '0123-4567-8901-2345',
    ' 01234567 89012345 ',
    '0-1-2-3-4-5-6-7-8-9-0-1-2-3-4-5-',
  ])
    assert.deepEqual(receiptBytes(written), plain);
  assert.equal(Buffer.from(plain).toString('latin1'), '0123456789012345');
});

test('a receipt of 15 or 17 digits, of full-width or Arabic digits, with letters or in a long text is refused', () => {
  for (const receipt of [
    '',
    '012345678901234',
    '01234567890123456',
    '０１２３４５６７８９０１２３４５',
    '٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥',
    '012345678901234O',
    '0123.4567.8901.2345',
    '0123\u00a04567\u00a08901\u00a02345',
    '0123456789012345\n',
    `${' '.repeat(64)}0123456789012345`,
    '1e15000000000000',
  ])
    assert.throws(() => receiptBytes(receipt), badReceipt, receipt);
});

test('a receipt drops bytes above 249, so that every digit is as likely as any other', () => {
  // Sixteen bytes are drawn at a time; of the first sixteen eleven are kept.
  const bytes = [255, 250, 249, 0, 10, 128];
  const digits = makeReceipt((length) =>
    Uint8Array.from({ length }, (_, index) => bytes[index % bytes.length] ?? 0),
  );
  assert.equal(digits, '9008900890900890');
  const fair = Array.from({ length: 250 }, (_, byte) => byte % 10);
  assert.deepEqual(
    new Set(Array.from({ length: 10 }, (_, digit) => fair.filter((d) => d === digit).length)),
    new Set([25]),
  );
});

test('a receipt that was made is read', () => {
  for (let round = 0; round < 200; round += 1) receiptBytes(makeReceipt(random));
});

/** Stands where Argon2id is, to see what it is asked for; the true one runs in the vectors. */
function recordingStretcher(): {
  stretcher: Stretcher;
  asked: { passes: number; secret: string; salt: string }[];
} {
  const asked: { passes: number; secret: string; salt: string }[] = [];
  return {
    asked,
    stretcher: {
      async stretch(secret, salt, passes, onProgress) {
        asked.push({ passes, secret: hex(secret), salt: hex(salt) });
        onProgress?.(0.5);
        onProgress?.(1);
        return library.sha256(secret);
      },
    },
  };
}

test('a credential takes sixteen passes to authenticate and one more to open, over the same salt', async () => {
  const { stretcher, asked } = recordingStretcher();
  const salt = random(16);
  await stretchCredential(library, stretcher, 'receipt', receiptBytes('0123456789012345'), salt);
  assert.deepEqual(
    asked.map(({ passes }) => passes),
    [16, 1],
  );
  assert.deepEqual(new Set(asked.map((call) => call.salt)), new Set([hex(salt)]));
  assert.notEqual(asked[0]?.secret, asked[1]?.secret);
});

test('progress rises from 0 to 1 over both stretchings', async () => {
  const { stretcher } = recordingStretcher();
  const seen: number[] = [];
  await stretchCredential(library, stretcher, 'password', passwordBytes('x'), random(16), (done) =>
    seen.push(done),
  );
  assert.deepEqual(
    seen,
    [...seen].sort((a, b) => a - b),
  );
  assert.equal(seen.at(-1), 1);
});

test('the same digits as a password and as a receipt make different keys', async () => {
  const { stretcher } = recordingStretcher();
  const salt = random(16);
  const digits = receiptBytes('0123456789012345');
  const keys = (credential: Credential) => [hex(credential.authKey), hex(credential.wrapKey)];
  const all = [
    ...keys(await stretchCredential(library, stretcher, 'password', digits, salt)),
    ...keys(await stretchCredential(library, stretcher, 'receipt', digits, salt)),
  ];
  assert.equal(new Set(all).size, 4);
});

test('a salt of another length is refused before anything is stretched', async () => {
  const { stretcher, asked } = recordingStretcher();
  for (const length of [0, 15, 17, 32])
    await assert.rejects(
      stretchCredential(library, stretcher, 'password', passwordBytes('x'), random(length)),
      {
        code: 'WRONG_LENGTH',
      },
    );
  assert.equal(asked.length, 0);
});

test('one secret of 256 bits gives a different key for each use, and none from a shorter secret', () => {
  const secret = random(32);
  const recovery = deriveCredential(library, 'recovery', secret);
  const activation = deriveCredential(library, 'activation', secret);
  const keys = [
    recovery.authKey,
    recovery.wrapKey,
    activation.authKey,
    activation.wrapKey,
    enrolmentSeed(library, secret),
  ];
  assert.equal(new Set(keys.map(hex)).size, keys.length);
  for (const length of [0, 16, 31, 33])
    assert.throws(() => deriveCredential(library, 'activation', random(length)), { code: 'WRONG_LENGTH' });
});

test('what sets a credential does not use it: the hash is not the key', () => {
  const credential = deriveCredential(library, 'recovery', random(32));
  assert.notDeepEqual(credentialHash(library, credential), credential.authKey);
  assert.deepEqual(credentialHash(library, credential), library.sha256(credential.authKey));
});
