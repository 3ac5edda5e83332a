/** The stretch worker as it is served: the hash of libsodium, with progress that is true. How long each takes is measured by tools/bench/argon2id.ts. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browserNames, launchBrowser } from '@sotto/testkit/browsers';
import { build } from 'esbuild';
import type { Page } from 'puppeteer-core';
import { buildWeb } from '../../build.ts';

const testkit = join(import.meta.dirname, '../../../../packages/testkit');
const measure = `
  import sodium from 'libsodium-wrappers-sumo';
  addEventListener('message', ({ ports: [line] }) => {
    line.onmessage = async ({ data: { secret, salt, passes } }) => {
      await sodium.ready;
      const hash = sodium.crypto_pwhash(32, secret, salt, passes, 134217728, sodium.crypto_pwhash_ALG_ARGON2ID13);
      line.postMessage({ kind: 'hash', hash });
    };
  });`;

/** A browser that knows no SIMD refuses the first module that the worker brings, and takes the second. */
const withoutSimd = `
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = () => {
    WebAssembly.instantiate = instantiate;
    return Promise.reject(new WebAssembly.CompileError('SIMD'));
  };`;

let server: Server;
let origin: string;

before(async () => {
  await buildWeb();
  const { outputFiles } = await build({
    stdin: { contents: measure, resolveDir: testkit },
    bundle: true,
    format: 'esm',
    write: false,
  });
  const worker = await readFile(join(import.meta.dirname, '../../dist/workers/stretch.js'));
  const scripts = new Map([
    ['/stretch.js', worker],
    ['/without-simd.js', Buffer.concat([Buffer.from(withoutSimd), worker])],
    ['/libsodium.js', outputFiles[0]?.contents ?? new Uint8Array()],
  ]);
  server = createServer((request, response) => {
    const script = scripts.get(request.url ?? '');
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    // As the server serves it: without 'wasm-unsafe-eval' in the worker's own policy nothing would be computed.
    if (request.url !== '/libsodium.js' && script)
      response.setHeader(
        'content-security-policy',
        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; script-src 'self' 'wasm-unsafe-eval'",
      );
    if (!script) response.setHeader('content-security-policy', "default-src 'none'; script-src 'self'");
    response.end(script ?? '<!doctype html><html lang="en"><title>stretch</title></html>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // why: a listening TCP server's address is an AddressInfo
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => server.close());

type Stretched = { readonly hash: string; readonly progress: readonly number[] };

/** Sixteen passes over the same secret, in a worker of the page. */
function stretch(page: Page, script: string): Promise<Stretched> {
  return page.evaluate(
    (address) =>
      new Promise<Stretched>((resolve, reject) => {
        const progress: number[] = [];
        const worker = new Worker(address, { type: 'module' });
        worker.onerror = () => reject(new Error('the worker broke'));
        const { port1, port2 } = new MessageChannel();
        worker.postMessage(null, [port2]);
        port1.onmessage = ({ data }) => {
          if (data.kind === 'ready') return;
          if (data.kind === 'progress') return progress.push(data.done);
          if (data.kind === 'failure') return reject(new Error(data.code));
          // why: both scripts answer so
          const bytes = data.hash as Uint8Array;
          const hash = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
          worker.terminate();
          return resolve({ hash, progress });
        };
        const secret = new TextEncoder().encode('4096271835502947');
        port1.postMessage({ use: 'stretch', secret, salt: new Uint8Array(16).fill(7), passes: 16 });
      }),
    script,
  );
}

for (const browserName of browserNames)
  test(`the stretch worker gives libsodium's hash in ${browserName}, and says truly how far it is`, async (t) => {
    await using browser = await launchBrowser(browserName);
    const { page } = await browser.newPage();
    await page.goto(origin);
    const cost = async (script: string) => {
      const before = await browser.processorSeconds();
      const stretched = await stretch(page, script);
      return { ...stretched, seconds: (await browser.processorSeconds()) - before };
    };
    const [ours, theirs] = [await cost('/stretch.js'), await cost('/libsodium.js')];
    assert.equal(ours.hash, theirs.hash);
    honest(ours.progress);
    t.diagnostic(`${ours.seconds.toFixed(2)} s of processor time against ${theirs.seconds.toFixed(2)} s`);
  });

test('a browser without SIMD gives the same hash', async () => {
  await using browser = await launchBrowser('chromium');
  const { page } = await browser.newPage();
  await page.goto(origin);
  const [ours, theirs] = [await stretch(page, '/without-simd.js'), await stretch(page, '/libsodium.js')];
  assert.equal(ours.hash, theirs.hash);
  honest(ours.progress);
});

/** It grows, by small steps, and says all is done only at the end. */
function honest(progress: readonly number[]): void {
  assert.ok(progress.length > 50);
  assert.deepEqual(
    progress,
    [...progress].sort((a, b) => a - b),
  );
  assert.equal(progress.at(-1), 1);
  assert.ok(progress.slice(0, -1).every((done) => done < 1));
}

test('a browser without WebAssembly is told so, and nothing is hashed', async () => {
  await using browser = await launchBrowser('chromium', { flags: ['--js-flags=--jitless'] });
  const { page } = await browser.newPage();
  await page.goto(origin);
  await assert.rejects(stretch(page, '/stretch.js'), /STRETCH_NO_WEBASSEMBLY/);
});
