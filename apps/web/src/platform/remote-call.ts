/**
 * Calls across a worker's edge. The page calls an agent's acts as if it were here; what travels is a number, the name of an
 * act, plain values, progress, and at the end a value or a failure. Errors cross as a code and a time to wait: never a message or a stack.
 */
import type { OnProgress, Progress } from '@sotto/client/views';

/** Acts are asynchronous; one that reports progress takes `OnProgress` as its last parameter. */
type Acts<Agent> = { [Act in keyof Agent]: (...args: never[]) => Promise<unknown> };

type Call = {
  readonly call: number;
  readonly act: string;
  readonly args: readonly unknown[];
  /** Whether the caller listens to progress. */
  readonly progress: boolean;
};
type Reply = { readonly call: number } & (
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly value: unknown }
  | ({ readonly kind: 'failed' } & Failure)
);

/** Why an act failed. */
export type Failure = {
  /** The page turns it into a sentence (words/). */
  readonly code: string;
  /** Seconds after which the server says that it is worth trying again; null where it does not say. */
  readonly retryAfter: number | null;
};

/** One end of the edge: a `Worker` for the page, the worker's own scope for the worker. */
export type CallingEnd = {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'error', listener: () => void): void;
};
export type ServingEnd = {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
};

/** What an act failed with. */
export class RemoteError extends Error {
  readonly code: string;
  readonly retryAfter: number | null;

  constructor({ code, retryAfter }: Failure) {
    super(code);
    this.name = 'RemoteError';
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** The worker did not start or broke: every act that waits and every later one fails with this. */
export const workerFailed = 'WORKER_FAILED';
/** An act failed with something that has no code. */
export const unexpected = 'UNEXPECTED';
const codeForm = /^[A-Z][A-Z0-9_]{1,63}$/;

/** The code of whatever was thrown; {@link unexpected} when it has none. */
export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && codeForm.test(code) ? code : unexpected;
}

/** Why an act failed, from whatever was thrown. */
export function failureOf(error: unknown): Failure {
  const told = typeof error === 'object' && error !== null && 'retryAfter' in error ? error.retryAfter : null;
  return { code: codeOf(error), retryAfter: typeof told === 'number' ? told : null };
}

/** A failure that the page notices itself. */
export const failedBy = (code: string): Failure => ({ code, retryAfter: null });

/** Serves the named acts of an agent, and nothing else it may have. */
export function serveCalls<Agent extends Acts<Agent>>(
  end: ServingEnd,
  agent: Agent,
  acts: readonly (keyof Agent & string)[],
): void {
  end.addEventListener('message', ({ data }) => {
    if (!isOfCalls(data)) return;
    // why: only the page that started this worker can post here, through the other half of this file
    const asked = data as Call;
    const reply = (message: Reply) => end.postMessage(message);
    const act = acts.find((known) => known === asked.act);
    if (act === undefined) return reply({ call: asked.call, kind: 'failed', ...failedBy(unexpected) });
    perform(agent, act, asked, reply).then(
      (value) => reply({ call: asked.call, kind: 'done', value }),
      (error: unknown) => reply({ call: asked.call, kind: 'failed', ...failureOf(error) }),
    );
  });
}

async function perform<Agent extends Acts<Agent>>(
  agent: Agent,
  act: keyof Agent,
  { call, args, progress }: Call,
  reply: (message: Reply) => void,
): Promise<unknown> {
  const onProgress: OnProgress = (now) => reply({ call, kind: 'progress', progress: now });
  // why: the arguments were typed by the caller's half; a structured clone kept them
  const given = (progress ? [...args, onProgress] : args) as never[];
  return agent[act](...given);
}

/** Other things than calls may pass the same edge (workers/stretch-messages.ts). */
function isOfCalls(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'call' in message;
}

/** The agent behind a worker's edge, as if it were here. Acts called before the worker is there wait for it. */
export function callRemote<Agent extends Acts<Agent>>(starting: Promise<CallingEnd>): Agent {
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let broken = false;
  const hear = ({ data }: { readonly data: unknown }) => {
    if (!isOfCalls(data)) return;
    // why: the worker answers with the other half of this file
    const reply = data as Reply;
    const caller = waiting.get(reply.call);
    if (reply.kind === 'progress') return caller?.onProgress?.(reply.progress);
    waiting.delete(reply.call);
    if (reply.kind === 'done') caller?.resolve(reply.value);
    else caller?.reject(new RemoteError(reply));
  };
  const fail = () => {
    broken = true;
    for (const { reject } of waiting.values()) reject(new RemoteError(failedBy(workerFailed)));
    waiting.clear();
  };
  const started = starting.then((end) => {
    end.addEventListener('message', hear);
    end.addEventListener('error', fail);
    return end;
  });
  const call = (act: string, args: readonly unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      if (broken) return reject(new RemoteError(failedBy(workerFailed)));
      calls += 1;
      const last = args.at(-1);
      // why: by Acts, the only function an act is given is its OnProgress
      const onProgress = typeof last === 'function' ? (last as OnProgress) : undefined;
      waiting.set(calls, { resolve, reject, onProgress });
      const plain = onProgress === undefined ? args : args.slice(0, -1);
      const message: Call = { call: calls, act, args: plain, progress: onProgress !== undefined };
      started.then((end) => end.postMessage(message)).catch(fail);
    });
  // why: a proxy answers every name with a call of that name, and Agent says which names there are
  return new Proxy({} as Agent, {
    get: (_, act) =>
      // A promise that resolves to the agent asks for `then`; it is no act.
      typeof act === 'string' && act !== 'then' ? (...args: unknown[]) => call(act, args) : undefined,
  });
}

type Waiting = {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: RemoteError) => void;
  readonly onProgress: OnProgress | undefined;
};
