/** Runs the steps of a check one after another, prints the time of each, and fails at the end if any failed. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');
const failed: string[] = [];

/** Runs a program of node_modules/.bin in the root of the project. */
export function run(name: string, program: string, args: readonly string[]): void {
  const started = performance.now();
  const status = execute(program, args);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (status !== 0) failed.push(name);
}

/** Runs a program that must not fail: what comes after stands on it. */
export function runOrExit(program: string, args: readonly string[]): void {
  const status = execute(program, args);
  if (status !== 0) process.exit(status);
}

/** Ends the process: 0 when every step held, 1 otherwise, naming those that did not. */
export function summary(): never {
  if (failed.length > 0) console.log(`failed: ${failed.join(', ')}`);
  process.exit(failed.length > 0 ? 1 : 0);
}

function execute(program: string, args: readonly string[]): number {
  const { status } = spawnSync(join(root, 'node_modules', '.bin', program), args, {
    cwd: root,
    stdio: 'inherit',
  });
  return status ?? 1;
}
