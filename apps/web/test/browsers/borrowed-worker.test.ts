/** The stretch worker that the page lends the key worker: asked for again when it does not come, and never waited for in vain. */
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { browserNames, launchBrowser } from '@sotto/testkit/browsers';
import { build } from 'esbuild';
import type { Page } from 'puppeteer-core';

const web = join(import.meta.dirname, '../..');
/** A key worker that borrows one worker a message, and says the hash or the code of the failure. */
const keyWorker = `
  import { createWorkerStretcher } from './src/workers/worker-stretcher.ts';
  const stretcher = createWorkerStretcher();
  addEventListener('message', async ({ data }) => {
    if (data?.passes === undefined) return;
    const stretched = await stretcher.stretch(new TextEncoder().encode('4096271835502947'), new Uint8Array(16), data.passes)
      .then((hash) => hash.length, (error) => error.code);
    postMessage({ stretched });
  });`;
const pageScript = `
  import { lendStretchWorkers } from './src/platform/stretch-workers.ts';
  globalThis.keyWorker = new Worker('/key.js', { type: 'module' });
  lendStretchWorkers(globalThis.keyWorker);`;

let server: Server;
let origin: string;
/** Times the stretch worker's script was asked for, and how many of them are refused first. */
let asked = 0;
let refused = 0;

before(async () => {
  const [key, page, stretch] = await Promise.all([
    bundled(keyWorker),
    bundled(pageScript),
    bundled(`import './src/workers/stretch.ts';`),
  ]);
  server = createServer((request, response) => {
    const script = { '/key.js': key, '/page.js': page }[request.url ?? ''];
    response.setHeader('content-type', request.url?.endsWith('.js') ? 'text/javascript' : 'text/html');
    if (request.url === '/workers/stretch.js') {
      asked += 1;
      return asked <= refused ? response.writeHead(503).end() : response.end(stretch);
    }
    return response.end(
      script ??
        '<!doctype html><html lang="en"><title>borrowed</title><script type="module" src="/page.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // why: a listening TCP server's address is an AddressInfo
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());
beforeEach(() => {
  asked = 0;
  refused = 0;
});

async function bundled(contents: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: web, loader: 'ts' },
    bundle: true,
    format: 'esm',
    write: false,
    loader: { '.wasm': 'binary' },
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

/** @returns bytes of the hash, or the code of what failed. */
async function stretchOnce(page: Page, passes: number): Promise<unknown> {
  return await page.evaluate(
    (given) =>
      new Promise((resolve) => {
        // why: the page's script made it
        const { keyWorker: worker } = globalThis as unknown as { keyWorker: Worker };
        const hear = ({ data }: MessageEvent) => {
          if (data.stretched === undefined) return;
          worker.removeEventListener('message', hear);
          resolve(data.stretched);
        };
        worker.addEventListener('message', hear);
        worker.postMessage({ passes: given });
      }),
    passes,
  );
}

for (const browserName of browserNames)
  test(`a stretch worker that does not come is asked for again in ${browserName}`, async () => {
    await using browser = await launchBrowser(browserName);
    const { page } = await browser.newPage();
    await page.goto(origin);
    refused = 1;
    assert.equal(await stretchOnce(page, 1), 32);
    assert.equal(asked, 2);
    // The worker of the one pass was ended, so the next act starts another.
    assert.equal(await stretchOnce(page, 1), 32);
    assert.equal(asked, 3);
    asked = 0;
    refused = Number.POSITIVE_INFINITY;
    assert.equal(await stretchOnce(page, 1), 'STRETCH_FAILED');
    assert.equal(asked, 3);
  });
