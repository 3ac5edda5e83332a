/** The product's stretch worker beside libsodium's own WebAssembly, in the same browser and run, in turn. */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { launchBrowser } from '@sotto/testkit/browsers';
import { build } from 'esbuild';
import { root } from '../steps.ts';
import { digits, type Measure, median } from './measure.ts';

/** S1: what a receipt or a password costs. */
const passes = 16;
const memory = 128 * 1024 * 1024;

const libsodiumWorker = `import sodium from 'libsodium-wrappers-sumo';
onmessage = ({ ports: [line] }) => {
  line.onmessage = async ({ data: { secret, salt, passes } }) => {
    await sodium.ready;
    const hash = sodium.crypto_pwhash(32, secret, salt, passes, ${memory}, sodium.crypto_pwhash_ALG_ARGON2ID13);
    line.postMessage({ kind: 'hash', hash });
  };
};`;

/** Milliseconds of one stretch in a new worker, its start left out: the first answer is to a single pass. */
const stretch = `(path) => new Promise((resolve, reject) => {
  const worker = new Worker(path, { type: 'module' });
  const secret = () => new TextEncoder().encode('0123456789012345');
  const salt = new Uint8Array(16).fill(7);
  let started = 0;
  worker.onerror = () => reject(new Error(path));
  const { port1: line, port2 } = new MessageChannel();
  worker.postMessage(null, [port2]);
  line.onmessage = ({ data }) => {
    if (data.kind === 'progress' || data.kind === 'ready') return;
    if (data.kind !== 'hash') return reject(new Error(data.code));
    if (started === 0) {
      started = performance.now();
      line.postMessage({ use: 'stretch', secret: secret(), salt, passes: ${passes} });
      return;
    }
    resolve({ time: performance.now() - started, hash: [...data.hash].join(' ') });
    worker.terminate();
  };
  line.postMessage({ use: 'stretch', secret: secret(), salt, passes: 1 });
})`;

/** The measure. */
export const argon2idInTheBrowser: Measure = {
  name: 'argon2id',
  title: 'Argon2id in the browser',
  goal: "At most 1.4 times what libsodium's own WebAssembly takes, in the same browser and run.",
  async run({ quick }) {
    const rounds = quick ? 1 : 5;
    await using scripts = await serve({
      '/sotto.js': await readFile(join(root, 'apps/web/dist/workers/stretch.js')),
      '/libsodium.js': await bundle(libsodiumWorker),
    });
    const rows: string[][] = [];
    for (const name of quick ? (['chromium'] as const) : (['chromium', 'firefox'] as const)) {
      await using browser = await launchBrowser(name);
      const { page } = await browser.newPage();
      await page.goto(scripts.origin);
      const times = { '/sotto.js': [] as number[], '/libsodium.js': [] as number[] }; // why: an empty list says no type
      const hashes = new Set<string>();
      for (let round = 0; round < rounds; round += 1) {
        for (const path of ['/sotto.js', '/libsodium.js'] as const) {
          const { time, hash } = read(await page.evaluate(`(${stretch})('${path}')`));
          times[path].push(time);
          hashes.add(hash);
        }
      }
      if (hashes.size !== 1) throw new Error('the two libraries do not compute the same');
      const [sotto, libsodium] = [times['/sotto.js'], times['/libsodium.js']];
      rows.push([
        name,
        `${digits(Math.min(...sotto))} ms, ${digits(median(sotto))} ms`,
        `${digits(Math.min(...libsodium))} ms, ${digits(median(libsodium))} ms`,
        `**${digits(Math.min(...sotto) / Math.min(...libsodium))}**, ${digits(median(sotto) / median(libsodium))}`,
      ]);
    }
    return {
      columns: [
        'browser',
        'stretch worker: fastest, middle',
        'libsodium: fastest, middle',
        'ratio: fastest, middle',
      ],
      rows,
      notes: [
        `${passes} passes over 128 MiB, ${rounds} times each in turn, every time in a new worker; loading is left out. Both give the same hash.`,
      ],
    };
  },
};

function read(answer: unknown): { time: number; hash: string } {
  if (typeof answer === 'object' && answer !== null && 'time' in answer && 'hash' in answer)
    return { time: Number(answer.time), hash: String(answer.hash) };
  throw new Error('the worker gave no hash');
}

/** From the testkit's folder, whose dependency libsodium is. */
async function bundle(contents: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(root, 'packages/testkit') },
    bundle: true,
    format: 'esm',
    minify: true,
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

async function serve(
  files: Readonly<Record<string, Uint8Array>>,
): Promise<AsyncDisposable & { origin: string }> {
  const server = createServer((request, response) => {
    const script = files[request.url ?? ''];
    response.setHeader('Content-Type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? '<!doctype html><title>bench</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    origin: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
