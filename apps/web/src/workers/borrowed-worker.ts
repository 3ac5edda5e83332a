/** The key worker's side of a stretch worker that the page lends it: ask for one, talk to it, give it back. */
import {
  isAboutStretchWorkers,
  type StretchAnswer,
  type StretchFailure,
  type StretchRequest,
  type StretchWish,
} from './stretch-messages.ts';

/** How long a worker may take until it runs, in milliseconds: its 10 kB come in a second or two even over a bad line. */
const startPatience = 20_000;
/** Another worker is asked for when one never runs, or its script did not come. */
const tries = 3;

/** Why nothing was stretched. */
export class StretchError extends Error {
  readonly code: StretchFailure;

  constructor(code: StretchFailure) {
    super(code);
    this.name = 'StretchError';
    this.code = code;
  }
}

/** A stretch worker that runs. @throws StretchError `STRETCH_FAILED` when none did after {@link tries} tries. */
export async function borrowStretchWorker(): Promise<BorrowedWorker> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const worker = new BorrowedWorker();
    if (await worker.runs) return worker;
    worker.end();
  }
  throw new StretchError('STRETCH_FAILED');
}

let loans = 0;

/** One loan, from the wish to the end. */
export class BorrowedWorker {
  /** Whether it came to run within {@link startPatience}. */
  readonly runs: Promise<boolean>;
  readonly #loan: number;
  #line: MessagePort | null = null;
  #settle: (runs: boolean) => void = () => {};
  #onAnswer: (answer: StretchAnswer) => void = () => {};
  #broken = false;

  constructor() {
    loans += 1;
    this.#loan = loans;
    this.runs = new Promise((resolve) => {
      this.#settle = resolve;
    });
    setTimeout(() => this.#settle(false), startPatience);
    addEventListener('message', this.#hearPage);
    this.#wish('start');
  }

  /** One request at a time. `onProgress` is given a number from 0 to 1. @throws StretchError when nothing was hashed. */
  ask(request: StretchRequest, onProgress?: (done: number) => void): Promise<Uint8Array<ArrayBuffer>> {
    return new Promise((resolve, reject) => {
      if (this.#broken) return reject(new StretchError('STRETCH_FAILED'));
      this.#onAnswer = (answer) => {
        if (answer.kind === 'progress') onProgress?.(answer.done);
        else if (answer.kind === 'hash') resolve(answer.hash);
        else if (answer.kind === 'failure') reject(new StretchError(answer.code));
      };
      // A copy goes: the caller's secret stays whole, and the worker clears its own.
      this.#line?.postMessage(request);
    });
  }

  /** Ends it, whatever it does. */
  end(): void {
    removeEventListener('message', this.#hearPage);
    this.#line?.close();
    this.#wish('end');
  }

  readonly #hearPage = ({ data, ports: [line] }: MessageEvent<unknown>): void => {
    if (!isAboutStretchWorkers(data) || data.loan !== this.#loan) return;
    if (line === undefined) {
      this.#break();
      return;
    }
    this.#line = line;
    line.onmessage = ({ data: answer }: MessageEvent<StretchAnswer>) => {
      if (answer.kind === 'ready') this.#settle(true);
      else this.#onAnswer(answer);
    };
  };

  #break(): void {
    this.#broken = true;
    this.#settle(false);
    this.#onAnswer({ kind: 'failure', code: 'STRETCH_FAILED' });
  }

  #wish(stretchWorker: StretchWish['stretchWorker']): void {
    postMessage({ stretchWorker, loan: this.#loan } satisfies StretchWish);
  }
}
