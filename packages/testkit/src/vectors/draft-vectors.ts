/** Vectors of S3: the vault of a whistleblower's kept draft, and the draft itself under a key of its own. */
import {
  box,
  derive,
  draw,
  drawId,
  itemKey,
  pad,
  reportKeyCarrier,
  seedCarrier,
  x25519PublicKey,
} from './reference.ts';
import type { NamedVector } from './vector.ts';
import { flipped, gives, refuses } from './writing.ts';

const sessionKey = draw('session key of a draft');
const nonce = draw('nonce of a draft', 24);
const report = drawId('report of a draft');
const key = draw('report key of a draft');
const seed = draw('identity of a draft');
const draftKey = draw('draft key');
const receipt = '4096271835502947';
const whistleblowerPublicKey = x25519PublicKey(derive(seed, 'identity/box'));
const reportCarrier = reportKeyCarrier(report, 0, key, whistleblowerPublicKey);
const identityCarrier = seedCarrier(2, report, seed);
const draftCarrier = seedCarrier(6, report, draftKey);
const vaultOf = (...parts: readonly Uint8Array[]) => box(sessionKey, nonce, Buffer.concat(parts));
const vault = vaultOf(reportCarrier, identityCarrier, draftCarrier, Buffer.from(receipt));
const opening = { sessionKey, report };

const place = { kind: 'draft', report, item: report, author: null };
const content = { text: 'not sent yet' };
const plain = Buffer.concat([Buffer.alloc(16), Buffer.from(JSON.stringify(content))]);
const draftBox = box(itemKey(draftKey, place), nonce, pad(plain, 256));

export const draftVectors: readonly NamedVector[] = [
  gives(
    's03-draft-keys-boxed',
    'the vault of a draft holds report key, identity, draft key and receipt',
    'box-draft-keys',
    { random: [nonce], sessionKey, report, key, whistleblowerPublicKey, seed, draftKey, receipt },
    { box: vault },
  ),
  gives(
    's03-draft-keys-opened',
    'the vault of a draft opens with the session key',
    'open-draft-keys',
    { ...opening, box: vault },
    { key, whistleblowerPublicKey, seed, draftKey, receipt },
  ),
  refuses(
    's03-draft-keys-other-session-key',
    'the vault of a draft does not open with another session key',
    'open-draft-keys',
    { ...opening, sessionKey: draw('another session key'), box: vault },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    's03-draft-keys-changed',
    'the vault of a draft does not open when a bit of it was changed',
    'open-draft-keys',
    { ...opening, box: flipped(vault, -1) },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    's03-draft-keys-of-another-report',
    'the vault of another draft is refused though it opens',
    'open-draft-keys',
    { ...opening, report: drawId('report of another draft'), box: vault },
    'WRONG_OWNER',
    'content',
  ),
  refuses(
    's03-draft-keys-short',
    'a vault without its receipt is refused',
    'open-draft-keys',
    { ...opening, box: vaultOf(reportCarrier, identityCarrier, draftCarrier) },
    'WRONG_LENGTH',
    'content',
  ),
  refuses(
    's03-draft-keys-other-order',
    'a vault with its keys in another order is refused',
    'open-draft-keys',
    { ...opening, box: vaultOf(reportCarrier, draftCarrier, identityCarrier, Buffer.from(receipt)) },
    'WRONG_KEY_KIND',
    'content',
  ),
  refuses(
    's03-draft-keys-no-receipt',
    'a vault whose receipt has a letter is refused',
    'open-draft-keys',
    {
      ...opening,
      box: vaultOf(reportCarrier, identityCarrier, draftCarrier, Buffer.from('409627183550294x')),
    },
    'RECEIPT_MALFORMED',
    'content',
  ),
  gives(
    's03-draft-opened',
    'a draft opens with its own key',
    'open-item',
    { key: draftKey, ...place, box: draftBox },
    { seen: null, content },
  ),
  refuses(
    's03-draft-not-under-report-key',
    'a draft does not open with the report key that the recipients get',
    'open-item',
    { key, ...place, box: draftBox },
    'DOES_NOT_OPEN',
    'primitive',
  ),
];
