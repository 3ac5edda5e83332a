/** What differs between the places an agent runs in is passed in: the library, the stretching, the fetch and the address (protocol, Agents). */
import type { Stretcher } from '@sotto/protocol/credential';
import type { Library } from '@sotto/protocol/library';
import type { WorkSolver } from '@sotto/protocol/proof-of-work';
import type { Wait } from './patience.ts';

export type Environment = {
  readonly library: Library;
  readonly stretcher: Stretcher;
  /** Finds the counter of a proof of work (S9). */
  readonly solver: WorkSolver;
  readonly fetch: typeof fetch;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Passes the time between two tries of an act that failed on the way. */
  readonly wait: Wait;
  /** Scheme, host and port of the server, without a slash at the end. */
  readonly origin: string;
  /** Which agent this is: it is said inside each report. */
  readonly agent: 'browser' | 'desk' | 'assisted';
};
