/**
 * What is said around the stretch worker. The page starts and ends it for the key worker, for workers started by a worker
 * sometimes never run in Firefox (docs/decisions/0041-the-page-starts-the-workers.md), and gives each of the two one end of
 * a line. Secrets pass over that line alone: bytes go from worker to worker, never through the page.
 */

/** The key worker's wish, to the page. `loan` is a number of its own for each worker. */
export type StretchWish = { readonly stretchWorker: 'start' | 'end'; readonly loan: number };
/** The page's answer: one end of the line comes with `lent`. After `broken` the worker answers no more. */
export type StretchLoan = { readonly stretchWorker: 'lent' | 'broken'; readonly loan: number };

/** Argon2id v1.3, 1 lane, 32 bytes out: S1 (128 MiB) or one try of S9 (1 MiB, 1 pass). */
export type StretchRequest = {
  readonly use: 'stretch' | 'work';
  readonly secret: Uint8Array<ArrayBuffer>;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly passes: number;
};
export type StretchFailure =
  | 'STRETCH_NO_WEBASSEMBLY'
  | 'STRETCH_NO_MEMORY'
  | 'STRETCH_WRONG_RESULT'
  | 'STRETCH_FAILED';
/** `ready` is said once, when the worker runs; requests are sent after it. */
export type StretchAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'hash'; readonly hash: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'failure'; readonly code: StretchFailure };

/** Whether a message is about stretch workers: calls of the page's acts pass the same edge. */
export function isAboutStretchWorkers(message: unknown): message is StretchWish | StretchLoan {
  return typeof message === 'object' && message !== null && 'stretchWorker' in message;
}
