/** Filing, reading and writing a report (S4–S8): ciphertext, and what the server needs to keep it in order. */
import {
  boxedDraftKeysBytes,
  boxedIdentityBytes,
  keyBytes,
  sealedReportKeyBytes,
} from '@sotto/protocol/sizes';
import * as v from 'valibot';
import { submittedFilesMax } from './answer-limits.ts';
import { bytes, counter, day, epoch, itemBox, paddedSize, reportStatus, uuid } from './forms.ts';

/** At most so many holders, and items in one page of a report. */
const holdersMax = 100;
export const itemsPageMax = 100;
export const reportsPageMax = 50;

const holders = v.pipe(v.array(uuid), v.maxLength(holdersMax));

/**
 * Begins a report: the check value of R proves later that the same agent goes on (S7). The recipients learn that value with R,
 * so once the report is filed such a session can do nothing but repeat the very submission that filed it.
 */
export const filingRequest = v.strictObject({ report: uuid, check: bytes(keyBytes) });
export const filingResponse = v.strictObject({ session: bytes(keyBytes) });

/** Announces an upload: its id is that of the `file` item that will name it. */
export const announceRequest = v.strictObject({ file: uuid, size: paddedSize });

/**
 * Keeps a draft of the report being written (S3). `name` is SHA-256 of the session key in the tab; the vault is boxed under that
 * key, and what was written is an item of kind `draft` whose id is the report's, under the vault's draft key.
 */
export const keepDraftRequest = v.strictObject({
  name: bytes(keyBytes),
  vault: bytes(boxedDraftKeysBytes),
  box: itemBox,
});
export const resumeDraftRequest = v.strictObject({ name: bytes(keyBytes) });
export const resumeDraftResponse = v.strictObject({
  session: bytes(keyBytes),
  report: uuid,
  vault: bytes(boxedDraftKeysBytes),
  /** Null once the report is filed: what is left is to show its receipt. */
  box: v.nullable(itemBox),
});

export const submitRequest = v.strictObject({
  channel: uuid,
  publicKey: bytes(keyBytes),
  /** SHA-256(authKey) of the receipt. */
  credential: bytes(keyBytes),
  /** box(wrapKey of the receipt, identity). */
  identity: bytes(boxedIdentityBytes),
  /** seal(whistleblower's public key, R): their own. */
  seal: bytes(sealedReportKeyBytes),
  seals: v.pipe(
    v.array(v.strictObject({ holder: uuid, seal: bytes(sealedReportKeyBytes) })),
    v.minLength(1),
    v.maxLength(holdersMax),
  ),
  answers: v.strictObject({ id: uuid, box: itemBox }),
  summary: v.strictObject({ id: uuid, box: itemBox }),
  files: v.pipe(v.array(v.strictObject({ id: uuid, box: itemBox })), v.maxLength(submittedFilesMax)),
});

export const returnRequest = v.strictObject({ authKey: bytes(keyBytes) });
export const returnResponse = v.strictObject({
  session: bytes(keyBytes),
  report: uuid,
  identity: bytes(boxedIdentityBytes),
});

/** A report as the server knows it, with the reader's own seal of R. */
export const reportResponse = v.strictObject({
  report: uuid,
  channel: uuid,
  day,
  status: reportStatus,
  epoch,
  /** Whose seals the server holds, in any order; the whistleblower is not among them. */
  holders,
  seal: bytes(sealedReportKeyBytes),
});

const item = v.strictObject({
  /** Place in the report, from 1. */
  order: counter,
  id: uuid,
  kind: v.picklist([
    'answers',
    'summary',
    'file',
    'comment',
    'status',
    'grant',
    'link',
    'disclosed-identity',
  ]),
  /** Null for the whistleblower. */
  author: v.nullable(uuid),
  epoch,
  box: itemBox,
  /** For a file: whether every chunk of its upload is durable. */
  whole: v.optional(v.boolean()),
});
export const itemsQuery = v.strictObject({ after: v.pipe(v.string(), v.maxLength(10), v.regex(/^\d+$/)) });
export const itemsResponse = v.strictObject({
  items: v.pipe(v.array(item), v.maxLength(itemsPageMax)),
  /** Give it as `after` for the rest; null when this was all. */
  next: v.nullable(counter),
});

/** A write names the epoch and holders its author saw; if they have changed: `EPOCH_MOVED` (S8). */
const written = { id: uuid, epoch, holders, box: itemBox };
export const itemRequest = v.variant('kind', [
  v.strictObject({ ...written, kind: v.literal('comment') }),
  /** `size` is the padded size of the upload this item opens. */
  v.strictObject({ ...written, kind: v.literal('file'), size: paddedSize }),
  /** R sealed to one more person of the directory, whom the item names inside the report (S8). */
  v.strictObject({
    ...written,
    kind: v.literal('grant'),
    holder: uuid,
    seal: bytes(sealedReportKeyBytes),
  }),
]);
export const itemResponse = v.strictObject({ order: counter });

export const fileResponse = v.strictObject({
  size: paddedSize,
  /** Chunks not durable yet, as ranges from … to, both included. */
  missing: v.pipe(v.array(v.strictTuple([counter, counter])), v.maxLength(100_000)),
});

export const reportsQuery = v.strictObject({
  before: v.optional(uuid),
});
export const reportsResponse = v.strictObject({
  reports: v.pipe(
    v.array(
      v.strictObject({
        ...reportResponse.entries,
        summary: v.strictObject({ id: uuid, box: itemBox }),
        /** Comments and files so far. */
        items: counter,
      }),
    ),
    v.maxLength(reportsPageMax),
  ),
  /** The last one's id: give it as `before` for older ones; null when this was all. A counter would tell how many there are. */
  next: v.nullable(uuid),
});

export const statusRequest = v.strictObject({ status: v.picklist(['opened', 'closed']) });

export type ItemResponse = v.InferOutput<typeof item>;
export type ReportResponse = v.InferOutput<typeof reportResponse>;
export type SubmitRequest = v.InferOutput<typeof submitRequest>;
export type ItemRequest = v.InferOutput<typeof itemRequest>;
export type FileResponse = v.InferOutput<typeof fileResponse>;
export type ReportsResponse = v.InferOutput<typeof reportsResponse>;
