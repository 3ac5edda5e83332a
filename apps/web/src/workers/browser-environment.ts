/** What an agent needs, as a browser's key worker has it. */
import type { Environment } from '@sotto/client/environment';
import { createNobleLibrary } from '@sotto/protocol/library-noble';
import { createWorkerSolver } from './worker-solver.ts';
import { createWorkerStretcher } from './worker-stretcher.ts';

export function browserEnvironment(): Environment {
  return {
    library: createNobleLibrary((length) => crypto.getRandomValues(new Uint8Array(length))),
    stretcher: createWorkerStretcher(),
    solver: createWorkerSolver(navigator.hardwareConcurrency),
    fetch: (input, init) => fetch(input, init),
    clock: Date.now,
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    origin: location.origin,
    agent: 'browser',
  };
}
