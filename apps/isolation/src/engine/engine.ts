/** What every engine is: one way to keep Gateway and Workstations apart, behind the same seven verbs. */
import type { EngineName } from '../config/schema.ts';
import type { Layout, WorkstationLayout } from '../plan/layout.ts';
import type { Row } from '../report.ts';
import type { Label } from '../snapshots/book.ts';

/** What an engine works from. */
export type EngineInput = {
  layout: Layout;
  /** The configuration's own text, as it was read. */
  configurationText: string;
  /** Node and the program's main file: an engine may start the program again. */
  self: { node: string; main: string };
};

/** A part of a plan: what it is, why it is there, and its text. */
export type PlanPart = { name: string; why: string; text: string };

/** Is told of each part when it begins (without a time) and when it has ended. */
export type Progress = (part: string, milliseconds: number | undefined) => void;

export type Status = { verdict: 'up' | 'finding' | 'closed' | 'down' | 'written'; rows: readonly Row[] };

/** Two lists that must be equal: what the configuration says, and what is there. */
export type Comparison = { list: string; expected: readonly string[]; found: readonly string[] };

export type Engine = {
  readonly name: EngineName;
  /** Everything that `up` would do or write, as text; changes nothing and needs no rights. */
  plan: (input: EngineInput) => readonly PlanPart[];
  /**
   * Puts everything up, or says that it is up already.
   *
   * @throws IsolationError `CLOSED`: something failed, or `stop` was asked for, and every link is down.
   */
  up: (input: EngineInput, progress: Progress, stop: AbortSignal) => Promise<string>;
  /** Takes everything down, whatever an interrupted `up` left. */
  down: (layout: Layout) => Promise<void>;
  /** One row for each thing that should be so. */
  status: (input: EngineInput) => Promise<Status>;
  /** Keeps a Workstation's state under a name. @throws IsolationError `REFUSED` where this engine has no states. */
  snapshot: (layout: Layout, workstation: WorkstationLayout, name: string) => Promise<Label>;
  /** Goes back to a snapshot, or to the image. @throws IsolationError `REFUSED` where this engine has no states. */
  rollback: (layout: Layout, workstation: WorkstationLayout, name: string | undefined) => Label;
  /** Every list that must be equal: sockets, programs, accounts, capabilities, rules, settings and more. */
  audit: (input: EngineInput) => Promise<readonly Comparison[]>;
};
