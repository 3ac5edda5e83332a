/** Carries out the steps of a plan, one after another. */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { IsolationError } from '../errors.ts';
import type { Step } from '../plan/steps.ts';
import { newBook, parseBook, use } from '../snapshots/book.ts';
import { writeBook } from '../snapshots/shelf.ts';
import { groupId, userId } from './accounts.ts';
import { execute, plainEnvironment } from './execute.ts';
import { measure } from './measure.ts';
import { processesIn } from './processes.ts';
import { bootstrapPercent } from './tor-control.ts';

/** How often something that is awaited is looked for, in milliseconds. */
const lookEvery = 50;

/**
 * Does one step.
 *
 * @param stop ends a wait early.
 * @throws IsolationError when it fails; the steps before it stay done.
 */
export async function carryOut(step: Step, stop?: AbortSignal): Promise<void> {
  switch (step.kind) {
    case 'run':
      await execute(step);
      return;
    case 'folder':
      mkdirSync(step.path, { recursive: true });
      chownSync(step.path, userId(step.owner), groupId(step.group));
      // After the owner: changing that clears the set-group bit.
      chmodSync(step.path, step.mode);
      return;
    case 'use':
      writeBook(
        step.book,
        use(existsSync(step.book) ? parseBook(readFileSync(step.book, 'utf8')) : newBook('first')),
      );
      return;
    case 'mount-point':
      makeMountPoint(step);
      return;
    case 'set':
      writeFileSync(step.path, step.value);
      return;
    case 'write':
      // A new file each time: an old one may be open, or a link to somewhere else.
      rmSync(step.path, { force: true });
      writeFileSync(step.path, step.content, { mode: step.mode, flag: 'wx' });
      chmodSync(step.path, step.mode);
      if (step.owner !== undefined) chownSync(step.path, userId(step.owner), groupId(step.owner));
      return;
    case 'start':
      start(step);
      return;
    case 'await-file':
      await until(step.seconds, `${step.path} does not appear`, async () => existsSync(step.path), stop);
      return;
    case 'await-tor':
      await until(step.seconds, 'Tor finds no path through the network', torReady(step), stop);
      return;
    case 'expect-program':
      await expectProgram(step);
      return;
    case 'remember':
      writeFileSync(step.path, JSON.stringify(await measure(step.layout)), { mode: 0o600 });
  }
}

function torReady({ control, cookie, unless }: Step & { kind: 'await-tor' }): () => Promise<boolean> {
  return async () => {
    if (existsSync(unless)) {
      throw new IsolationError(
        'CLOSED',
        'the watchdog found something changed',
        'Look at the logs in the run folder.',
      );
    }
    try {
      return (await bootstrapPercent(control, cookie)) === 100;
    } catch {
      // Tor makes its socket and cookie while it starts.
      return false;
    }
  };
}

/** A program that ended at once would leave a Workstation that looks up and answers nobody. */
async function expectProgram({ name, namespace, layout }: Step & { kind: 'expect-program' }): Promise<void> {
  if ((await processesIn(layout, namespace)).length > 0) return;
  throw new IsolationError(
    'COMMAND_FAILED',
    `the program of the Workstation ${name} has ended`,
    'Its log is in the run folder, under workstations.',
  );
}

/** The Workstation reaches it through a path of root's: each new folder is open to all. */
function makeMountPoint({ path, like }: Step & { kind: 'mount-point' }): void {
  if (existsSync(path)) return;
  const folder = statSync(like).isDirectory() ? path : dirname(path);
  const first = mkdirSync(folder, { recursive: true });
  for (let made = folder; first !== undefined && made.length >= first.length; made = dirname(made))
    chmodSync(made, 0o755);
  if (folder !== path) closeSync(openSync(path, 'w', 0o644));
}

/** Leaves a program running after us, in a session of its own. */
function start({ program, args, log, open }: Step & { kind: 'start' }): void {
  const output = openSync(log, 'a', 0o600);
  const third = open === undefined ? undefined : openSync(open, 'r');
  const child = spawn(program, args, {
    detached: true,
    env: plainEnvironment,
    stdio: third === undefined ? ['ignore', output, output] : ['ignore', output, output, third],
  });
  // A program that cannot start shows in what waits for it; an unheard error event would end us half-way.
  child.on('error', () => {});
  child.unref();
  closeSync(output);
  if (third !== undefined) closeSync(third);
}

/** Somebody pressed Ctrl-C, or the machine goes down. */
export function interrupted(): IsolationError {
  return new IsolationError('CLOSED', 'interrupted', 'Run `up` again, or `down`.');
}

async function until(
  seconds: number,
  otherwise: string,
  there: () => Promise<boolean>,
  stop: AbortSignal | undefined,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await there())) {
    if (stop?.aborted === true) throw interrupted();
    if (performance.now() > end) {
      throw new IsolationError(
        'COMMAND_FAILED',
        `${otherwise} within ${seconds} s`,
        'Look at the logs in the run folder.',
      );
    }
    await sleep(lookEvery);
  }
}
