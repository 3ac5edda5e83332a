/** A real server as a process of its own, on a home of its own and a port the system chooses. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../../apps/server/src/main.ts');
/** Generous: a cold machine with both cores busy still starts in this time, in milliseconds. */
const startTimeout = 30_000;

export type ServerProcess = {
  readonly origin: string;
  /** SOTTO_HOME. */
  readonly home: string;
  readonly pid: number;
  /** Everything it wrote so far, to both streams. */
  output(): string;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<void>;
  /** SIGKILL: nothing is finished, nothing is flushed. */
  kill(): Promise<void>;
};

export type ServerOptions = {
  /** An existing home to start on; a new one otherwise. */
  readonly home?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** `127.0.0.1:0` unless told. */
  readonly listen?: string;
  /** Where its clock stands still, in milliseconds since 1970: a test then waits for nothing and is never too late. */
  readonly clock?: number;
};

/** Starts a server and waits until it listens. @throws Error with what it wrote, when it ends first. */
export async function startServer(options: ServerOptions = {}): Promise<ServerProcess> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'sotto-test-')));
  const stopped =
    options.clock === undefined ? [] : [`--import=data:text/javascript,Date.now=()=>${options.clock}`];
  const child = spawn(process.execPath, [...stopped, main], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      SOTTO_HOME: home,
      SOTTO_LISTEN: options.listen ?? '127.0.0.1:0',
      ...options.environment,
    },
  });
  let written = '';
  const collect = (text: string) => {
    written += text;
  };
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);
  const origin = await listening(child, () => written);
  return {
    origin,
    home,
    pid: child.pid ?? -1,
    output: () => written,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  };
}

/** The secret of the one-time setup link, from the file that only its owner reads. */
export async function setupSecret(home: string): Promise<string> {
  const link = await readFile(join(home, 'setup-link'), 'utf8');
  const secret = /#setup=([A-Za-z0-9_-]{43})/.exec(link)?.[1];
  if (secret === undefined) throw new Error('the setup-link file holds no link');
  return secret;
}

/** Stops a server and takes its home away: only for homes under the system's folder for temporary files. */
export async function discard(server: ServerProcess): Promise<void> {
  await server.stop();
  if (server.home.startsWith(tmpdir())) await rm(server.home, { recursive: true, force: true });
}

async function listening(child: ChildProcess, output: () => string): Promise<string> {
  const deadline = Date.now() + startTimeout;
  while (Date.now() < deadline && child.exitCode === null) {
    const origin = /http:\/\/[^\s/]+:\d+/.exec(output())?.[0];
    if (origin !== undefined) return origin;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  child.kill('SIGKILL');
  throw new Error(`the server did not start:\n${output()}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
