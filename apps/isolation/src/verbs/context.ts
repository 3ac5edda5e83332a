/** What every verb gets. */
import type { Report } from '../report.ts';

export type Flags = {
  config?: string | undefined;
  json?: boolean | undefined;
  root?: boolean | undefined;
  fast?: boolean | undefined;
  full?: boolean | undefined;
  control?: boolean | undefined;
  name?: string | undefined;
  folder?: string | undefined;
  capture?: string | undefined;
  take?: string | undefined;
};

export type Context = {
  report: Report;
  flags: Flags;
  /** What follows the verb. */
  words: readonly string[];
  /** What follows `--`. */
  command: readonly string[];
  configurationPath: string;
  self: { node: string; main: string };
  /** From now on, Ctrl-C and a polite kill do not end us: the signal that is returned tells of them. */
  interrupted: () => AbortSignal;
};

export type Verb = { help: string; run: (context: Context) => Promise<number> };
