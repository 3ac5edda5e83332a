/** How a fake agent behaves in a story: what is not there yet, which acts never end, which fail. Never shipped. */
import type { NoticeView, OnProgress, Progress, ReportView, SiteView } from '@sotto/client/views';
import type { SiteSettings } from '@sotto/contract/settings';
import { type Failure, failedBy, RemoteError } from '../../src/platform/remote-call.ts';
import type { Language } from './words.ts';

export type Mood = {
  /** What nobody has made yet. */
  readonly nothing?: readonly ('channels' | 'reports' | 'messages')[];
  /** Acts that stop on their way and never end. */
  readonly waits?: readonly string[];
  /** Acts that fail, with their codes; and how many seconds they want to be left alone. */
  readonly fails?: Readonly<Record<string, string | Failure>>;
  /** Seconds that the session has still to go. */
  readonly sessionLeft?: number;
  /** Seconds that it has after a renewal: half an hour where nothing is said. */
  readonly sessionRenewed?: number;
  readonly site?: Partial<SiteView>;
  readonly report?: Partial<ReportView>;
  /** Settings that an administrator has changed. */
  readonly settings?: Partial<SiteSettings>;
  /** Whether what a page asks for after its first view does not come. */
  readonly restMissing?: boolean;
  /** What members are told when they come in. */
  readonly news?: readonly NoticeView['act'][];
  /** Somebody else has the key that signs the directory. */
  readonly keyless?: boolean;
  /** The site has another key than the member's agent knew. */
  readonly newKey?: boolean;
  /** The activation link lets somebody back in who had keys. */
  readonly isReturn?: boolean;
};
/** What serve.ts puts before a fake worker's script. */
export type FakeSetting = { readonly language: Language; readonly mood: Mood };

/** The setting of this worker. */
export function fakeSetting(): FakeSetting {
  // why: serve.ts wrote it there
  return (globalThis as unknown as { fakeSetting: FakeSetting }).fakeSetting;
}

/** Files of these types do not arrive, so that files of one view can have several fates. */
export const failingType = 'sotto/fails';
export const waitingType = 'sotto/waits';

/** Where an act that waits has come to. */
const halfway: Progress = { stage: 'stretching', done: 430, total: 1000 };
const stages: Readonly<Record<string, Progress['stage']>> = {
  attach: 'sending',
  attachToDraft: 'sending',
  download: 'receiving',
};

type Act = (...given: never[]) => Promise<unknown>;

/** The agent, with the acts of the mood waiting or failing. */
export function inMood<Agent extends object>(agent: Agent, { waits = [], fails = {} }: Mood): Agent {
  const acts = Object.entries(agent).map(([name, act]) => {
    const failure = fails[name];
    if (failure !== undefined) {
      const error = new RemoteError(typeof failure === 'string' ? failedBy(failure) : failure);
      return [name, () => Promise.reject(error)];
    }
    return [name, waits.includes(name) ? waiting(name) : act];
  });
  // why: the same names, and what stands behind each takes what it took
  return Object.fromEntries(acts) as Agent;
}

function waiting(name: string): Act {
  return (...given) => {
    const last: unknown = given.at(-1);
    // why: the only function an act is given is its OnProgress
    if (typeof last === 'function') (last as OnProgress)({ ...halfway, stage: stages[name] ?? 'stretching' });
    return new Promise(() => {});
  };
}
