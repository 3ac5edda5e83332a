/** What a route of the API is: who may call it, what it takes and what it answers. The table of all of them is in routes.ts. */
import { boxOverhead, chunkBytes } from '@sotto/protocol/sizes';
import * as v from 'valibot';
import { counter, nothing, uuid } from './forms.ts';

/**
 * Whose session a route wants. `filing` is a whistleblower's whose report is not filed yet; `member` is any signed-in user's;
 * `entering` is one's of whom a new password or a second factor is wanted first.
 */
export type SessionKind =
  | 'none'
  | 'any'
  | 'filing'
  | 'whistleblower'
  | 'entering'
  | 'member'
  | 'recipient'
  | 'administrator';
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * What a proof of work (S9) is for; a token of one is none for the other. `session`: a session is begun or renewed, always
 * wanted. `report`: one more report, wanted when there are many already.
 */
export const workPurposes = ['session', 'report'] as const;
export type WorkPurpose = (typeof workPurposes)[number];
/** The header that carries a proof: base64url of token (32) ‖ counter (8). */
export const workHeader = 'X-Work';

export type Schema = v.GenericSchema;
export type Route = {
  readonly method: Method;
  /** `:name` stands for one segment; all are checked before the session is looked at. */
  readonly path: string;
  readonly session: readonly SessionKind[];
  readonly work: WorkPurpose | null;
  /** Whether the answer tells the browser to forget all it keeps of this site (Clear-Site-Data). */
  readonly clears: boolean;
  readonly query: Schema | null;
  /** JSON by a schema, the raw bytes of one chunk, or no body at all. */
  readonly request: Schema | 'chunk' | null;
  readonly response: Schema | 'chunk';
};

/** Bodies above this are refused before they are read. */
export const bodyMaxBytes = 1_048_576;
/** A sealed chunk on the wire is at most this long, and at least one byte longer than its overhead. */
export const chunkBodyMaxBytes = chunkBytes + boxOverhead;

/** What stands in a path behind each colon. */
export const pathParameters = {
  report: uuid,
  file: uuid,
  channel: uuid,
  user: uuid,
  index: v.pipe(v.string(), v.maxLength(8), v.regex(/^(?:0|[1-9]\d*)$/), v.transform(Number), counter),
} as const;
export type PathParameter = keyof typeof pathParameters;

/** What a route has that does not say: no work, no query, no body, an empty answer. */
const unsaid = { work: null, clears: false, query: null, request: null, response: nothing } as const;

type Said = Partial<Route> & Pick<Route, 'method' | 'path' | 'session'>;

export function route<const R extends Said>(said: R): Omit<typeof unsaid, keyof R> & R {
  return { ...unsaid, ...said };
}
