/** Vectors of S14's statements for both halves, and of what the server alone does: verifiers, salts, slots and tokens. */
import {
  base32,
  draw,
  ed25519PublicKey,
  ed25519Sign,
  hmac,
  sha256,
  slotWrap,
  statement,
  uint32,
} from './reference.ts';
import type { NamedVector } from './vector.ts';
import { solvedWork } from './work-vectors.ts';
import { flipped, forServer, gives, refuses, withFirst } from './writing.ts';

const siteSeed = draw('site seed');
const siteKey = ed25519PublicKey(siteSeed);
const body = { type: 'channel', version: 3, recipients: ['Zoë 😀'] };
const json = Buffer.from(JSON.stringify(body));
const signed = statement(siteSeed, json);
const withoutContext = Buffer.concat([Buffer.of(1), ed25519Sign(siteSeed, json), json]);

/** What every reader of a statement must see alike; the operation is `open-statement` or `verify-statement`. */
function readings(prefix: string, operation: string): NamedVector[] {
  return [
    gives(
      `${prefix}-read`,
      'a statement is read with the key that signed it',
      operation,
      { siteKey, statement: signed },
      { body },
    ),
    gives(
      `${prefix}-spaces-kept`,
      'a statement is verified as it was signed, spaces and all',
      operation,
      { siteKey, statement: statement(siteSeed, Buffer.from('{ "a" : 1 }\n')) },
      { body: { a: 1 } },
    ),
    refuses(
      `${prefix}-other-key`,
      'a statement signed by another key is refused',
      operation,
      { siteKey: ed25519PublicKey(draw('another site')), statement: signed },
      'WRONG_SIGNATURE',
      'primitive',
    ),
    refuses(
      `${prefix}-body-changed`,
      'a statement with its body changed is refused',
      operation,
      { siteKey, statement: flipped(signed, -3) },
      'WRONG_SIGNATURE',
      'primitive',
    ),
    refuses(
      `${prefix}-signature-changed`,
      'a statement with its signature changed is refused',
      operation,
      { siteKey, statement: flipped(signed, 10) },
      'WRONG_SIGNATURE',
      'primitive',
    ),
    refuses(
      `${prefix}-large-scalar`,
      'a signature whose scalar is not reduced is refused',
      operation,
      { siteKey, statement: withLargeScalar(signed) },
      'WRONG_SIGNATURE',
      'primitive',
    ),
    refuses(
      `${prefix}-without-context`,
      'a signature made for something else is refused',
      operation,
      { siteKey, statement: withoutContext },
      'WRONG_SIGNATURE',
      'primitive',
    ),
    refuses(
      `${prefix}-stranger-without-json`,
      'the signature is looked at before the body',
      operation,
      { siteKey, statement: statement(draw('another site'), Buffer.from('{')) },
      'WRONG_SIGNATURE',
      'primitive',
    ),
    refuses(
      `${prefix}-without-json`,
      'a signed body that is no JSON is refused',
      operation,
      { siteKey, statement: statement(siteSeed, Buffer.from('{')) },
      'MALFORMED',
      'content',
    ),
    refuses(
      `${prefix}-version-2`,
      'a statement of version 2 is refused',
      operation,
      { siteKey, statement: withFirst(2, signed) },
      'UNKNOWN_VERSION',
      'form',
    ),
    refuses(
      `${prefix}-without-body`,
      'a statement without a body is refused',
      operation,
      { siteKey, statement: signed.subarray(0, 65) },
      'WRONG_LENGTH',
      'form',
    ),
  ];
}

/** The scalar S with the group's order added: the same signature in another form, which RFC 8032 section 5.1.7 refuses. */
function withLargeScalar(from: Buffer): Buffer {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const scalarAt = 1 + 32;
  let sum =
    order +
    BigInt(
      `0x${Buffer.from(from.subarray(scalarAt, scalarAt + 32))
        .reverse()
        .toString('hex')}`,
    );
  const changed = Buffer.from(from);
  for (let at = scalarAt; at < scalarAt + 32; at += 1) {
    changed[at] = Number(sum & 0xffn);
    sum >>= 8n;
  }
  return changed;
}

const fingerprint = (base32(sha256(siteKey)).slice(0, 16).match(/.{4}/g) ?? []).join(' ');
const signing = gives(
  's14-statement-signed',
  'a statement is version, signature and JSON; the fingerprint is of its key',
  'sign-statement',
  { siteSeed, body },
  { siteKey, fingerprint, statement: signed },
);

const pepper = draw('pepper');
const credential = sha256(draw('auth key'));
const salt = (folded: string) => hmac(pepper, Buffer.from('salt'), Buffer.from(folded)).subarray(0, 16);

const credentials: NamedVector[] = [
  gives(
    's01-server-verifier',
    'the server keeps an HMAC under its pepper',
    'keep-credential',
    { pepper, credential },
    { verifier: hmac(pepper, credential) },
  ),
  gives(
    's01-server-salt',
    'the salt of a name follows from the pepper',
    'user-salt',
    { pepper, userName: 'anna' },
    { salt: salt('anna') },
  ),
  gives(
    's01-server-salt-folded',
    'two spellings of a name have one salt',
    'user-salt',
    { pepper, userName: 'ＺＯＥ\u0308' },
    { salt: salt('zoë') },
  ),
];

const slot = draw('slot');
const nonce = draw('slot nonce', 12);
const place = { site: 'b2f1', table: 'seals', row: 'é' };
const plaintext = draw('sealed report key', 134);
const wrapped = slotWrap(slot, nonce, place, plaintext);

const slots: NamedVector[] = [
  gives(
    'slot-wrapped',
    'a slot wraps with its place authenticated',
    'wrap-under-slot',
    { random: [nonce], slot, ...place, plaintext },
    { wrapped },
  ),
  gives(
    'slot-unwrapped',
    'what lies under a slot opens with it',
    'unwrap-under-slot',
    { slot, ...place, wrapped },
    { plaintext },
  ),
  refuses(
    'slot-overwritten',
    'what lies under an overwritten slot is noise',
    'unwrap-under-slot',
    { slot: draw('overwritten'), ...place, wrapped },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    'slot-moved-to-another-row',
    'what was moved to another row does not open',
    'unwrap-under-slot',
    { slot, ...place, row: 'e', wrapped },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    'slot-moved-across-names',
    'the same letters divided otherwise are another place',
    'unwrap-under-slot',
    { slot, site: 'b2f', table: '1seals', row: 'é', wrapped },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    'slot-changed',
    'what was changed on disk does not open',
    'unwrap-under-slot',
    { slot, ...place, wrapped: flipped(wrapped, 40) },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    'slot-version-2',
    'what lies under a slot in version 2 is refused',
    'unwrap-under-slot',
    { slot, ...place, wrapped: withFirst(2, wrapped) },
    'UNKNOWN_VERSION',
    'form',
  ),
  refuses(
    'slot-cut-short',
    'what is shorter than nonce and tag is refused',
    'unwrap-under-slot',
    { slot, ...place, wrapped: wrapped.subarray(0, 28) },
    'WRONG_LENGTH',
    'form',
  ),
];

const key = draw('token key');
const now = 1_800_000_000;
const tokenRandom = draw('token random', 11);
const tokenHead = Buffer.concat([tokenRandom, Buffer.of(8), uint32(now + 60)]);
const token = Buffer.concat([tokenHead, hmac(key, tokenHead).subarray(0, 16)]);

const tokens: NamedVector[] = [
  gives(
    's09-token-made',
    'a token is random, difficulty, expiry and MAC',
    'make-token',
    { random: [tokenRandom], key, difficulty: 8, now },
    { token },
  ),
  gives(
    's09-token-live',
    'a token lives until its expiry',
    'live-token',
    { key, token, now: now + 59 },
    { live: true },
  ),
  gives(
    's09-token-expired',
    'a token is dead at its expiry',
    'live-token',
    { key, token, now: now + 60 },
    { live: false },
  ),
  gives(
    's09-token-easier',
    'a token made easier by its holder is dead',
    'live-token',
    { key, token: Buffer.concat([token.subarray(0, 11), Buffer.of(0), token.subarray(12)]), now },
    { live: false },
  ),
  gives(
    's09-token-longer',
    'a token made to last by its holder is dead',
    'live-token',
    { key, token: flipped(token, 12), now },
    { live: false },
  ),
  gives(
    's09-token-of-another-key',
    'a token of another key is dead',
    'live-token',
    { key: draw('another token key'), token, now },
    { live: false },
  ),
  gives(
    's09-token-short',
    'a token of 31 bytes is dead',
    'live-token',
    { key, token: token.subarray(0, 31), now },
    { live: false },
  ),
  refuses(
    's09-token-too-hard',
    'a token that agents refuse is not made',
    'make-token',
    { key, difficulty: 12, now },
    'TOO_LARGE',
    'form',
  ),
  gives(
    's09-server-work-holds',
    'the server finds the same counter to hold',
    'prove-work',
    { token: solvedWork.token, counter: solvedWork.counter },
    { proves: true },
  ),
  gives(
    's09-server-work-does-not-hold',
    'the server finds another counter not to hold',
    'prove-work',
    { token: solvedWork.token, counter: solvedWork.unsolved },
    { proves: false },
  ),
];

export const directoryVectors: readonly NamedVector[] = [
  signing,
  ...readings('s14-statement', 'open-statement'),
];
export const serverVectors: readonly NamedVector[] = forServer([
  ...readings('s14-server-statement', 'verify-statement'),
  ...credentials,
  ...slots,
  ...tokens,
]);
