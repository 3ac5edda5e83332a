/** One verb at a time, and `down`, which waits for none: with real locks and processes. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeLock, takeLockAway } from '../../src/engine/lock.ts';
import { statOf } from '../../src/engine/processes.ts';
import { IsolationError } from '../../src/errors.ts';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'sotto-lock-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const busy = (cause: unknown) => cause instanceof IsolationError && cause.code === 'BUSY';

/** A program that holds the lock, as a verb does, and has started a script with a child, and a service that left it. */
async function startHolder(path: string): Promise<{ holder: ChildProcess; pids: Record<string, number> }> {
  const script = 'sleep 1000 & echo child $!; (setsid sleep 1000 & echo service $!); echo ready; wait';
  const program = `
    const { takeLock } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/engine/lock.ts'))});
    const { spawn } = await import('node:child_process');
    takeLock(${JSON.stringify(path)});
    const child = spawn('sh', ['-c', ${JSON.stringify(script)}], { stdio: ['ignore', 'inherit', 'ignore'] });
    console.log('script', child.pid);
  `;
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pids: Record<string, number> = {};
  for await (const line of createInterface({ input: holder.stdout })) {
    const [name = '', pid] = line.split(' ');
    if (pid !== undefined) pids[name] = Number(pid);
    if (name === 'ready') break;
  }
  return { holder, pids };
}

const lives = (pid: number | undefined) => !['Z', undefined].includes(statOf(pid ?? 0)?.state);

test('a lock that a verb holds is refused to another, and given back', () => {
  const path = join(folder, 'held.lock');
  const unlock = takeLock(path);
  assert.throws(() => takeLock(path), busy);
  unlock();
  takeLock(path)();
});

test('a lock is taken away from whoever holds it, with all that it started and nothing else', async () => {
  const path = join(folder, 'taken.lock');
  const { holder, pids } = await startHolder(path);
  assert.throws(() => takeLock(path), busy);
  const ended = once(holder, 'exit');
  const unlock = await takeLockAway(path);
  assert.deepEqual(await ended, [null, 'SIGKILL']);
  // A killed program is gone when the kernel says so, not when it is told to.
  while (lives(pids['script']) || lives(pids['child'])) await sleep(10);
  assert.ok(lives(pids['service']), 'what left the verb is not its any more');
  process.kill(pids['service'] ?? 0, 'SIGKILL');
  assert.throws(() => takeLock(path), busy, 'now it is ours');
  unlock();
});

test('a lock that nobody holds is taken at once', async () => {
  (await takeLockAway(join(folder, 'free.lock')))();
});
