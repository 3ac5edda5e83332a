/** Every way `sotto isolate` can fail: a code, the exit code it ends with, what happened and what to do now. */

/** The exit codes of every verb. `finding` is an honest "no": the program worked and found something wrong. */
export const exitCode = { ok: 0, finding: 1, usage: 2, cannot: 3, closed: 4 } as const;

/** The closed list of failures and the exit code of each. */
const codes = {
  /** The command line makes no sense. */
  USAGE: exitCode.usage,
  /** The configuration file is missing, unreadable or wrong. */
  CONFIGURATION: exitCode.usage,
  /** Not root, a missing program, a kernel without the feature. */
  CANNOT_HERE: exitCode.cannot,
  /** Another `sotto isolate` holds the lock. */
  BUSY: exitCode.cannot,
  /** The verb does not fit the state: nothing is up, no such snapshot, unclean cannot become clean. */
  REFUSED: exitCode.cannot,
  /** A program that a verb runs failed. */
  COMMAND_FAILED: exitCode.cannot,
  /** What came from a source, or a package file, may be somebody's in between: nothing was changed. */
  DISTRUSTED: exitCode.finding,
  /** A change failed, and everything is as it was before. */
  ROLLED_BACK: exitCode.finding,
  /** `up` failed and took the links down again, or the watchdog did. */
  CLOSED: exitCode.closed,
} as const;

export type IsolationErrorCode = keyof typeof codes;

/** A failure with a next step. Messages name programs, paths and settings; never keys, onion names or addresses. */
export class IsolationError extends Error {
  readonly code: IsolationErrorCode;
  readonly hint: string;

  constructor(code: IsolationErrorCode, message: string, hint: string) {
    super(message);
    this.name = 'IsolationError';
    this.code = code;
    this.hint = hint;
  }

  get exitCode(): number {
    return codes[this.code];
  }
}
