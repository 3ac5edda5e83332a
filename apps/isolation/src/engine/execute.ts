/** Runs programs: argument arrays, never a shell's string; input by stdin, so that nothing secret is an argument. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { IsolationError } from '../errors.ts';
import type { Command } from '../plan/steps.ts';

export type Output = { status: number; stdout: string; stderr: string };

/** Output beyond this is cut: nothing we run says more. */
const mostOutput = 32 * 1024 * 1024;

/** The environment every program gets: no proxy, no locale, no surprises from the caller's shell. */
export const plainEnvironment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' } as const;

/**
 * Runs a program to its end and returns what it said, whatever its exit code.
 *
 * @throws IsolationError `CANNOT_HERE` when there is no such program.
 */
export async function attempt({ program, args, input }: Command): Promise<Output> {
  const child = spawn(program, args, { env: plainEnvironment, stdio: ['pipe', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      if (said[stream].length < mostOutput) said[stream] += text;
    });
  }
  // A program that ends before it has read its input breaks the pipe; its exit code says why.
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
  try {
    const [status, signal] = await once(child, 'close');
    return { ...said, status: typeof status === 'number' ? status : 128 + (signal === 'SIGKILL' ? 9 : 15) };
  } catch (cause) {
    throw missing(program, cause);
  }
}

/**
 * Runs a program that must succeed and returns its standard output.
 *
 * @throws IsolationError `COMMAND_FAILED` with the first line of its own complaint.
 */
export async function execute(command: Command): Promise<string> {
  const { status, stdout, stderr } = await attempt(command);
  if (status === 0) return stdout;
  const words = stderr.trim().split('\n')[0] ?? '';
  throw new IsolationError(
    'COMMAND_FAILED',
    `${command.program} ${command.args.slice(0, 6).join(' ')} … ended with ${status}: ${words}`,
    'Run `sotto isolate plan` to see every command.',
  );
}

function missing(program: string, cause: unknown): IsolationError {
  // why: spawn's error event always carries an ErrnoException.
  const code = (cause as NodeJS.ErrnoException).code ?? 'error';
  return new IsolationError(
    'CANNOT_HERE',
    `cannot start ${program} (${code})`,
    `Install the package with ${program}.`,
  );
}
