/** Starts and ends stretch workers for the key worker, which alone talks to them (workers/stretch-messages.ts). */
import { isAboutStretchWorkers, type StretchLoan } from '../workers/stretch-messages.ts';

export const stretchAddress = '/workers/stretch.js';

/** Does what the key worker wishes. What the two workers say to each other goes over a line whose ends leave this page at once. */
export function lendStretchWorkers(keyWorker: Worker): void {
  const lent = new Map<number, Worker>();
  const say = (message: StretchLoan, ends: Transferable[] = []) => keyWorker.postMessage(message, ends);
  keyWorker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isAboutStretchWorkers(data)) return;
    const { stretchWorker, loan } = data;
    if (stretchWorker === 'start') {
      const worker = new Worker(stretchAddress, { type: 'module' });
      // The script did not load or broke.
      worker.onerror = () => say({ stretchWorker: 'broken', loan });
      lent.set(loan, worker);
      const line = new MessageChannel();
      worker.postMessage(null, [line.port1]);
      say({ stretchWorker: 'lent', loan }, [line.port2]);
    } else if (stretchWorker === 'end') {
      lent.get(loan)?.terminate();
      lent.delete(loan);
    }
  });
}
