/** Vectors of key carriers: what carries a key says what it is and whose (spec, Bytes). */
import { draw, drawId, reportKeyCarrier, seedCarrier, x25519PublicKey } from './reference.ts';
import type { NamedVector } from './vector.ts';
import { gives, refuses, withFirst } from './writing.ts';

const key = draw('envelope key');
const report = drawId('carried report');
const owner = drawId('carried owner');
const seed = draw('carried seed');
const whistleblowerPublicKey = x25519PublicKey(draw('carried whistleblower'));
const reportCarrier = reportKeyCarrier(report, 7, key, whistleblowerPublicKey);
const identityCarrier = seedCarrier(2, owner, seed);
const reportKeyFields = { report, epoch: 7, key, whistleblowerPublicKey };
const readReport = { report, epoch: 7 };
const readIdentity = { kind: 'identity', owner };

export const carrierVectors: readonly NamedVector[] = [
  gives('carrier-report-key', 'a report key is carried in 85 bytes', 'carry-report-key', reportKeyFields, {
    carrier: reportCarrier,
  }),
  gives(
    'carrier-report-key-read',
    'a report key is read for its report and epoch',
    'read-report-key',
    { carrier: reportCarrier, ...readReport },
    { key, whistleblowerPublicKey },
  ),
  refuses(
    'carrier-report-key-other-report',
    'the key of another report is refused',
    'read-report-key',
    { carrier: reportCarrier, report: owner, epoch: 7 },
    'WRONG_OWNER',
    'form',
  ),
  refuses(
    'carrier-report-key-other-epoch',
    'the key of another epoch is refused',
    'read-report-key',
    { carrier: reportCarrier, report, epoch: 8 },
    'WRONG_OWNER',
    'form',
  ),
  refuses(
    'carrier-report-key-short',
    'a carrier of 84 bytes is refused',
    'read-report-key',
    { carrier: reportCarrier.subarray(0, 84), ...readReport },
    'WRONG_LENGTH',
    'form',
  ),
  refuses(
    'carrier-report-key-long',
    'a carrier of 86 bytes is refused',
    'read-report-key',
    { carrier: Buffer.concat([reportCarrier, Buffer.of(0)]), ...readReport },
    'WRONG_LENGTH',
    'form',
  ),
  refuses(
    'carrier-report-key-is-no-seed',
    'an identity is no report key',
    'read-report-key',
    { carrier: identityCarrier, ...readReport },
    'WRONG_KEY_KIND',
    'form',
  ),
  refuses(
    'carrier-report-key-epoch-too-large',
    'an epoch above 32 bits is not carried',
    'carry-report-key',
    { ...reportKeyFields, epoch: 2 ** 32 },
    'MALFORMED',
    'form',
  ),
  refuses(
    'carrier-report-key-short-key',
    'a report key of 31 bytes is not carried',
    'carry-report-key',
    { ...reportKeyFields, key: key.subarray(1) },
    'WRONG_LENGTH',
    'form',
  ),
  ...(
    [
      ['identity', 2],
      ['recovery key', 3],
      ['escrow seed', 4],
      ['site seed', 5],
      ['draft key', 6],
    ] as const
  ).flatMap(([kind, byte]) => [
    gives(
      `carrier-${kind.replace(' ', '-')}`,
      `kind ${byte} carries a seed called ${kind}`,
      'carry-seed',
      { kind, owner, seed },
      { carrier: seedCarrier(byte, owner, seed) },
    ),
    gives(
      `carrier-${kind.replace(' ', '-')}-read`,
      `kind ${byte} is read as ${kind}`,
      'read-seed',
      { kind, owner, carrier: seedCarrier(byte, owner, seed) },
      { seed },
    ),
  ]),
  refuses(
    'carrier-identity-is-no-site-seed',
    'a site seed is no identity',
    'read-seed',
    { ...readIdentity, carrier: seedCarrier(5, owner, seed) },
    'WRONG_KEY_KIND',
    'form',
  ),
  refuses(
    'carrier-identity-unknown-kind',
    'a kind that is none is refused',
    'read-seed',
    { ...readIdentity, carrier: withFirst(7, identityCarrier) },
    'WRONG_KEY_KIND',
    'form',
  ),
  refuses(
    'carrier-identity-of-somebody-else',
    'the identity of somebody else is refused',
    'read-seed',
    { kind: 'identity', owner: report, carrier: identityCarrier },
    'WRONG_OWNER',
    'form',
  ),
  refuses(
    'carrier-identity-short',
    'a carrier of 48 bytes is refused',
    'read-seed',
    { ...readIdentity, carrier: identityCarrier.subarray(0, 48) },
    'WRONG_LENGTH',
    'form',
  ),
];
