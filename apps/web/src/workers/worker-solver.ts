/**
 * Proof of work (S9) in a browser: as many stretch workers as there are cores, less one for the person, share one token
 * without trying a counter twice. They are ended as soon as one has found what holds.
 */
import { chanceBy, difficultyOf, solve, type WorkHash, type WorkSolver } from '@sotto/protocol/proof-of-work';
import { type BorrowedWorker, borrowStretchWorker } from './borrowed-worker.ts';

/** A search of some hundred tries is over before more workers than this have started. */
const mostWorkers = 8;

export function createWorkerSolver(cores: number): WorkSolver {
  const wanted = Math.min(Math.max(1, cores - 1), mostWorkers);
  return async (token, onProgress) => {
    const difficulty = difficultyOf(token);
    let tries = 0;
    const tell = () => {
      tries += 1;
      onProgress?.(chanceBy(tries, difficulty));
    };
    const borrowed: BorrowedWorker[] = [];
    let found = false;
    const search = async (first: number): Promise<bigint> => {
      const worker = await borrowStretchWorker();
      borrowed.push(worker);
      // It came to run after another one had found the counter.
      if (found) worker.end();
      return await solve(hashingOn(worker), token, BigInt(first), BigInt(wanted), tell);
    };
    try {
      // One that does not start leaves its share to nobody, and the others find another counter.
      return await Promise.any(Array.from({ length: wanted }, (_, first) => search(first)));
    } catch (failures) {
      throw failures instanceof AggregateError ? failures.errors[0] : failures;
    } finally {
      found = true;
      for (const worker of borrowed) worker.end();
    }
  };
}

function hashingOn(worker: BorrowedWorker): WorkHash {
  return (secret, salt) => worker.ask({ use: 'work', secret, salt, passes: 1 });
}
