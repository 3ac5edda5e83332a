/** Vectors of S8: a grant, and the check value by which the server knows a report key. */
import {
  derive,
  draw,
  drawId,
  idBytes,
  reportKeyCarrier,
  seal,
  seedCarrier,
  uint32,
  x25519PublicKey,
} from './reference.ts';
import type { NamedVector } from './vector.ts';
import { gives, refuses } from './writing.ts';

const report = drawId('report');
const otherReport = drawId('another report');
const key = draw('report key');
const whistleblowerPublicKey = x25519PublicKey(derive(draw('whistleblower seed'), 'identity/box'));
const recipientSecret = draw('recipient secret');
const check = derive(key, 'check', idBytes(report), uint32(0));
const ephemeral = draw('grant ephemeral');
const publicKey = x25519PublicKey(recipientSecret);
const granted = { report, epoch: 3, key, whistleblowerPublicKey };
const grant = seal(publicKey, ephemeral, reportKeyCarrier(report, 3, key, whistleblowerPublicKey));
const opening = { secretKey: recipientSecret, seal: grant, report, epoch: 3 };

export const grantVectors: readonly NamedVector[] = [
  gives(
    's08-grant-made',
    'a grant is the report key sealed to one public key',
    'grant',
    { random: [ephemeral], publicKey, ...granted },
    { seal: grant },
  ),
  gives('s08-grant-opened', 'a grant opens for its holder', 'open-grant', opening, {
    key,
    whistleblowerPublicKey,
  }),
  refuses(
    's08-grant-to-low-order-key',
    'nothing is granted to a public key of low order',
    'grant',
    { random: [ephemeral], publicKey: Buffer.alloc(32), ...granted },
    'LOW_ORDER_KEY',
    'primitive',
  ),
  refuses(
    's08-grant-of-another-holder',
    'the grant of another holder does not open',
    'open-grant',
    { ...opening, secretKey: draw('second recipient') },
    'DOES_NOT_OPEN',
    'primitive',
  ),
  refuses(
    's08-grant-of-another-report',
    'a grant given out for another report is refused though it opens',
    'open-grant',
    { ...opening, report: otherReport },
    'WRONG_OWNER',
    'content',
  ),
  refuses(
    's08-grant-of-past-epoch',
    'a grant of a past epoch is refused though it opens',
    'open-grant',
    { ...opening, epoch: 4 },
    'WRONG_OWNER',
    'content',
  ),
  refuses(
    's08-grant-holds-a-seed',
    'a seal that holds a seed is no grant',
    'open-grant',
    { ...opening, seal: seal(publicKey, ephemeral, seedCarrier(2, report, key)) },
    'WRONG_KEY_KIND',
    'content',
  ),
  refuses(
    's08-grant-too-long',
    'a grant with a byte more inside is refused',
    'open-grant',
    {
      ...opening,
      seal: seal(
        publicKey,
        ephemeral,
        Buffer.concat([reportKeyCarrier(report, 3, key, whistleblowerPublicKey), Buffer.of(0)]),
      ),
    },
    'WRONG_LENGTH',
    'content',
  ),
  gives(
    's08-check',
    'the check value proves the report key of one epoch to the server',
    'check',
    { report, epoch: 0, key },
    { check },
  ),
  gives(
    's08-check-of-next-epoch',
    'the check value of another epoch is another',
    'check',
    { report, epoch: 1, key },
    { check: derive(key, 'check', idBytes(report), uint32(1)) },
  ),
];
