/** Runs vectors in a real browser: bundles the two workers, serves them under the Client's policies, and hands the verdicts back. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type BrowserName, launchBrowser } from '../browsers.ts';
import type { NamedVector } from './vector.ts';

const root = join(import.meta.dirname, '../../../..');
/** The policies of the Client's workers: only the stretch worker may compile WebAssembly, and it may connect to nothing. */
export const workerPolicies = {
  key: "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; script-src 'self'; connect-src 'self'",
  stretch:
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; script-src 'self' 'wasm-unsafe-eval'",
} as const;

type Served = { readonly type: string; readonly policy: string; readonly body: string | Uint8Array };

/** @returns the verdict of each vector by its name, and what the page complained about. */
export async function runInBrowser(
  browserName: BrowserName,
  vectors: readonly NamedVector[],
): Promise<{ verdicts: Readonly<Record<string, unknown>>; complaints: readonly string[] }> {
  const files: Readonly<Record<string, Served>> = {
    '/': {
      type: 'text/html',
      policy: "default-src 'none'; script-src 'self'; img-src 'self'",
      body: '<!doctype html><title>vectors</title>',
    },
    // Firefox asks for one whatever the page says.
    '/favicon.ico': { type: 'image/x-icon', policy: "default-src 'none'", body: '' },
    '/run.js': {
      type: 'text/javascript',
      policy: workerPolicies.key,
      body: await bundle('packages/testkit/src/vectors/browser-worker.ts'),
    },
    '/stretch.js': {
      type: 'text/javascript',
      policy: workerPolicies.stretch,
      body: await bundle('apps/web/src/workers/stretch.ts'),
    },
    '/vectors.json': {
      type: 'application/json',
      policy: "default-src 'none'",
      body: JSON.stringify(vectors),
    },
  };
  await using server = await serve(files);
  await using browser = await launchBrowser(browserName);
  const { page, complaints } = await browser.newPage();
  await page.goto(server.address);
  // A string, because this room is typed without a document.
  const verdicts: unknown = await page.evaluate(`new Promise((resolve, reject) => {
    const worker = new Worker('/run.js', { type: 'module' });
    worker.onerror = (event) => reject(new Error(event.message || 'the worker does not start'));
    worker.onmessage = ({ data }) => resolve(data);
    const stretch = new Worker('/stretch.js', { type: 'module' });
    stretch.onerror = () => reject(new Error('the stretch worker does not start'));
    const line = new MessageChannel();
    stretch.postMessage(null, [line.port1]);
    worker.postMessage(null, [line.port2]);
  })`);
  return {
    // why: browser-worker.ts posts one such record; the test compares its names with the vectors
    verdicts: verdicts as Record<string, unknown>,
    complaints: [...complaints.errors, ...complaints.violations],
  };
}

async function bundle(entry: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2024',
    write: false,
    logLevel: 'error',
    loader: { '.wasm': 'binary' },
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

async function serve(
  files: Readonly<Record<string, Served>>,
): Promise<AsyncDisposable & { address: string }> {
  const server = createServer((request, response) => {
    const file = files[request.url ?? ''];
    if (file === undefined) return response.writeHead(404).end();
    return response
      .writeHead(200, { 'content-type': file.type, 'content-security-policy': file.policy })
      .end(file.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // why: a server that listens on TCP has an AddressInfo
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
