/**
 * The key worker's stretcher: borrows a stretch worker for a credential and ends it when the credential is made, because
 * WebAssembly's memory never shrinks. m and wrapKey so stay between the two workers and never reach the page.
 */
import type { Stretcher } from '@sotto/protocol/credential';
import { type BorrowedWorker, borrowStretchWorker } from './borrowed-worker.ts';

export function createWorkerStretcher(): Stretcher {
  /** Kept between the two stretches of one S1; the one pass that makes wrapKey is always the last (S1). */
  let kept: BorrowedWorker | null = null;
  return {
    async stretch(secret, salt, passes, onProgress) {
      const keptBefore = kept;
      kept = null;
      const worker = keptBefore ?? (await borrowStretchWorker());
      try {
        const hash = await worker.ask({ use: 'stretch', secret, salt, passes }, onProgress);
        // Two credentials at once each have a worker of their own: the later one is not kept.
        if (passes !== 1 && kept === null) kept = worker;
        else worker.end();
        return hash;
      } catch (error) {
        worker.end();
        throw error;
      }
    },
  };
}
