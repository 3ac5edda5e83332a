/** The small forms that messages are made of. Every string has a pattern and a length, every number its bounds. */
import { isUuid, type Uuid } from '@sotto/protocol/bytes';
import {
  boxOverhead,
  isBoxedItemSize,
  isPaddedFileSize,
  itemMaxBytes,
  largestFile,
} from '@sotto/protocol/sizes';
import * as v from 'valibot';

export const uuid = v.pipe(
  v.string(),
  v.length(36),
  v.custom<Uuid>((value) => isUuid(value)),
);

/**
 * Exactly `length` bytes as base64url without padding, and only the one text that stands for them: once it has passed, it decodes.
 */
export const bytes = (length: number) =>
  v.pipe(v.string(), v.length(encodedLength(length)), v.regex(bytesPattern(length)));

/** At least `min` and at most `max` bytes as base64url. */
export const bytesBetween = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.minLength(encodedLength(min)),
    v.maxLength(encodedLength(max)),
    v.check((text) => bytesPattern(decodedLength(text.length)).test(text)),
  );

/** A boxed item: its plaintext fills one of the buckets of S12. */
export const itemBox = v.pipe(
  bytesBetween(boxOverhead + 1, boxOverhead + itemMaxBytes),
  v.check((text) => isBoxedItemSize(decodedLength(text.length))),
);

/** A file's padded size (S12), in bytes. */
export const paddedSize = v.pipe(
  v.number(),
  v.maxValue(largestFile),
  v.check((size) => isPaddedFileSize(size)),
);

/** A count or a version. */
export const counter = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31));
export const epoch = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff_ffff));

/** A name people read: one line, not blank, no control characters. Marks that change the direction of text are shown, isolated. */
export const personName = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(80),
  v.regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*[^\s\p{Cc}][^\p{Cc}\p{Zl}\p{Zp}]*$/u),
);
export const siteName = personName;
/** What somebody signs in with. ASCII, so that no two names look alike; case does not matter. */
export const userName = v.pipe(
  v.string(),
  v.minLength(2),
  v.maxLength(40),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),
);
export const description = v.pipe(v.string(), v.maxLength(1000), v.regex(/^[^\p{Cc}]*$/u));
/** BCP 47, as far as a catalogue is named by it. */
export const language = v.pipe(v.string(), v.maxLength(12), v.regex(/^[a-z]{2,3}(?:-[A-Za-z]{2,4})?$/));
/** Where "leave quickly" goes. */
export const exitAddress = v.pipe(
  v.string(),
  v.maxLength(200),
  v.regex(/^https:\/\/[a-z0-9.-]+(?:\/[!-~]*)?$/),
);
/**
 * A site's accent colour: the hue of OKLCH, in degrees. Lightness and chroma are the client's, so that whatever is chosen can be
 * read (docs/decisions/0042-an-accent-is-a-hue.md).
 */
export const accent = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(359));
/** Of a site that chose none: the green-blue of deep water. */
export const usualAccent = 205;
/** UTC. */
export const day = v.pipe(v.string(), v.length(10), v.regex(/^\d{4}-\d{2}-\d{2}$/));

/** Days a password may be kept, ten years at most; 0 is for ever. */
export const passwordDays = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3650));

export const roles = v.pipe(
  v.array(v.picklist(['administrator', 'recipient'])),
  v.minLength(1),
  v.maxLength(2),
  v.check((list) => new Set(list).size === list.length),
);
export type Role = v.InferOutput<typeof roles>[number];

export const reportStatus = v.picklist(['new', 'opened', 'closed']);

export const nothing = v.strictObject({});

function encodedLength(length: number): number {
  return Math.ceil((length * 4) / 3);
}

function decodedLength(characters: number): number {
  return Math.floor((characters * 3) / 4);
}

/** The last character holds fewer than six bits of the last byte; the others must be zero (RFC 4648 §3.5). */
function bytesPattern(length: number): RegExp {
  const last = ['[A-Za-z0-9_-]', '[AQgw]', '[AEIMQUYcgkosw048]'][length % 3];
  return new RegExp(`^[A-Za-z0-9_-]*${last}$`);
}
