/** What anybody may ask: the site and its directory. */
import { keyBytes, saltBytes } from '@sotto/protocol/sizes';
import * as v from 'valibot';
import { enrolment, statement, succession, successionsMax } from './directory.ts';
import { accent, bytes, exitAddress, language, siteName, uuid } from './forms.ts';

/** How the request came, judged by the socket it came through, never by what the browser says of itself. */
export const connection = v.picklist(['onion', 'direct', 'unknown']);

const byteCount = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));

const always = { site: uuid, connection };
export const siteResponse = v.variant('state', [
  v.strictObject({ ...always, state: v.literal('unclaimed') }),
  v.strictObject({
    ...always,
    state: v.literal('open'),
    name: siteName,
    language,
    exitAddress,
    accent,
    publicKey: bytes(keyBytes),
    /** How the site came to this key (S14), oldest change first; empty while it is the first. */
    successions: v.pipe(v.array(succession), v.maxLength(successionsMax)),
    /** For receipts (S1): one random salt a site. */
    receiptSalt: bytes(saltBytes),
    people: statement,
    enrolments: v.pipe(v.array(enrolment), v.maxLength(1000)),
    channels: v.pipe(v.array(statement), v.maxLength(100)),
    /** In bytes, of padded sizes. */
    limits: v.strictObject({
      file: byteCount,
      report: byteCount,
    }),
  }),
]);

export type SiteResponse = v.InferOutput<typeof siteResponse>;
export type OpenSite = Extract<SiteResponse, { state: 'open' }>;
