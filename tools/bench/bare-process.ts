/** Starts bare-server.ts on a folder of its own and ends it with what it wrote. Use with `await using`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The bare server, running. */
export type BareServer = AsyncDisposable & { readonly origin: string; readonly pid: number };

/** @throws when it ends before it listens. */
export async function startBareServer(): Promise<BareServer> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-bare-'));
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bare-server.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const origin = await Promise.race([
    once(child.stdout, 'data').then(([line]) => String(line).trim()),
    ended.then(() => {
      throw new Error('the bare server did not start');
    }),
  ]);
  return {
    origin,
    pid: child.pid ?? -1,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
