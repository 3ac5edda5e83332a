/**
 * Runs the vectors inside a browser, in a module worker under the key worker's policy: noble for the primitives, and the
 * Client's own stretch worker for Argon2id. Bundled by browser-run.ts; it fetches the vectors and answers with verdicts.
 */
import type { Bytes } from '@sotto/protocol/bytes';
import type { Stretcher } from '@sotto/protocol/credential';
import { createNobleLibrary } from '@sotto/protocol/library-noble';
import type { WorkHash } from '@sotto/protocol/proof-of-work';
import { agentOperations } from './agent-operations.ts';
import { runVector, type Verdict } from './run-vector.ts';
import type { NamedVector } from './vector.ts';

/** What this file uses of a worker's globals; the room is typed for Node. */
declare function postMessage(message: unknown): void;
declare function addEventListener(
  type: 'message',
  listener: (event: { readonly ports: readonly MessagePort[] }) => void,
): void;

/** As the Client's stretch worker says it; the test fails when it says anything else. */
type StretchAnswer =
  | { kind: 'ready' | 'progress' }
  | { kind: 'hash'; hash: Bytes }
  | { kind: 'failure'; code: string };

/** The page starts the stretch worker, as the Client's does, and hands over one end of the line to it. */
const line = await new Promise<MessagePort>((resolve) => {
  addEventListener('message', ({ ports: [port] }) => port !== undefined && resolve(port));
});

/** One at a time, as the vectors run. */
function askStretchWorker(
  use: 'stretch' | 'work',
  secret: Bytes,
  salt: Bytes,
  passes: number,
): Promise<Bytes> {
  return new Promise((resolve, reject) => {
    line.onmessage = ({ data }: { data: StretchAnswer }) => {
      if (data.kind === 'hash') resolve(data.hash);
      else if (data.kind === 'failure') reject(new Error(data.code));
    };
    line.postMessage({ use, secret, salt, passes });
  });
}

const stretcher: Stretcher = {
  stretch: (secret, salt, passes) => askStretchWorker('stretch', secret, salt, passes),
};
const workHash: WorkHash = (message, salt) => askStretchWorker('work', message, salt, 1);

const response = await fetch('/vectors.json');
// why: the test that serves this file has read and checked every vector
const vectors = (await response.json()) as readonly NamedVector[];
const verdicts: Record<string, Verdict> = {};
for (const { name, vector } of vectors)
  verdicts[name] = await runVector(vector, agentOperations, {
    createLibrary: createNobleLibrary,
    stretcher,
    workHash,
  });
postMessage(verdicts);
