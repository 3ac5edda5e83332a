/** How a handler says no: a code of the contract, or 403 without a word. Both are caught by http/api.ts alone. */
import type { ErrorCode } from '@sotto/contract/errors';

/** Ends the request with an error of the contract's list. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  /** Seconds after which it is worth coming back, where that is known. */
  readonly retryAfter: number | null;

  constructor(code: ErrorCode, retryAfter: number | null = null) {
    super(code);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** Ends the request with 403 and an empty body. */
export class Forbidden extends Error {
  override readonly name = 'Forbidden';
}
