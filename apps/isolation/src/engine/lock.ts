/** One `sotto isolate` at a time per instance: a lock that the kernel gives back when its holder dies, however. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { IsolationError } from '../errors.ts';
import { plainEnvironment } from './execute.ts';
import { everyPid, killTree } from './processes.ts';

/** `flock`'s exit code when somebody else holds the lock. */
const heldByAnother = 1;

/** How often a lock is tried again whose holder has just been killed, in milliseconds; and how often in all. */
const tryEvery = 20;
const tries = 250;

/**
 * Takes the lock. Node has no flock(2), but a lock belongs to the open file, not to a process: `flock` locks the
 * descriptor that it inherits from us, and it stays locked until ours is closed.
 *
 * @returns a function that gives the lock back.
 * @throws IsolationError `BUSY` when another verb runs on this instance.
 */
export function takeLock(path: string): () => void {
  // Tor's account passes through this folder to its own.
  mkdirSync(dirname(path), { recursive: true });
  chmodSync(dirname(path), 0o711);
  const descriptor = openSync(path, 'w', 0o600);
  const { status, error } = spawnSync('flock', ['--exclusive', '--nonblock', '3'], {
    env: plainEnvironment,
    stdio: ['ignore', 'ignore', 'ignore', descriptor],
  });
  if (status === 0) return () => closeSync(descriptor);
  closeSync(descriptor);
  if (error === undefined && status === heldByAnother) {
    throw new IsolationError(
      'BUSY',
      'another `sotto isolate` works on this instance',
      'Wait until it has ended; `down` waits for nobody.',
    );
  }
  throw new IsolationError('CANNOT_HERE', 'cannot lock', 'Install util-linux: it has flock.');
}

/**
 * Takes the lock for `down`, which waits for nobody: whoever is in danger has no time for an update. The verb that holds it is
 * killed with all that it started. Each bears that at any step: what it left half done, the next one mends or undoes.
 *
 * @throws IsolationError `BUSY` when the holder cannot even be killed: it waits for a device that does not answer.
 */
export async function takeLockAway(path: string): Promise<() => void> {
  for (let left = tries; ; left -= 1) {
    try {
      return takeLock(path);
    } catch (cause) {
      if (!(cause instanceof IsolationError) || cause.code !== 'BUSY' || left === 0) throw cause;
    }
    for (const pid of holdersOf(path)) killTree(pid);
    await sleep(tryEvery);
  }
}

/** Who holds the lock on a file, by the kernel's own word (proc(5), fdinfo: `lock:` stands with the open file that has it). */
function holdersOf(path: string): readonly number[] {
  const file = realpathSync(path);
  return everyPid().filter((pid) => {
    try {
      return readdirSync(`/proc/${pid}/fd`).some(
        (number) =>
          readlinkSync(`/proc/${pid}/fd/${number}`) === file &&
          /^lock:.* FLOCK /m.test(readFileSync(`/proc/${pid}/fdinfo/${number}`, 'utf8')),
      );
    } catch {
      // It ended, or closed a file, while we looked: the next look finds it, or finds nothing to kill.
      return false;
    }
  });
}
