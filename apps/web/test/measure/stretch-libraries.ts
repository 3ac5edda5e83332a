/**
 * Measures the libraries the stretch worker could be built on, side by side in the same browser and run:
 * `node apps/web/test/measure/stretch-libraries.ts`. Its numbers are in docs/decisions/0040-argon2id-in-the-browser.md.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { browserNames, launchBrowser } from '@sotto/testkit/browsers';
import { build } from 'esbuild';

const rounds = 3;
const require = createRequire(join(import.meta.dirname, '../../../../packages/testkit/package.json'));
const argon2idFolder = dirname(require.resolve('argon2id'));

/** Each source answers a message with milliseconds to get ready, milliseconds of the hash, and the hash. */
const report = `
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
onmessage = async () => {
  const password = new TextEncoder().encode('0123456789012345');
  const salt = new Uint8Array(16).fill(7);
  const started = performance.now();
  const hash = await ready();
  const warm = performance.now();
  const bytes = await hash(password, salt);
  postMessage({ ready: warm - started, hash: performance.now() - warm, result: hex(bytes) });
};`;
const sources: Readonly<Record<string, string>> = {
  libsodium: `import sodium from 'libsodium-wrappers-sumo';
    const ready = async () => { await sodium.ready; return (password, salt) => sodium.crypto_pwhash(32, password, salt, 16, 134217728, sodium.crypto_pwhash_ALG_ARGON2ID13); };
    ${report}`,
  'hash-wasm': `import { argon2id } from 'hash-wasm';
    const ready = async () => (password, salt) => argon2id({ password, salt, parallelism: 1, iterations: 16, memorySize: 131072, hashLength: 32, outputType: 'binary' });
    ${report}`,
  argon2id: argon2idSource('simd.wasm'),
  'argon2id without SIMD': argon2idSource('no-simd.wasm'),
  'argon2id counting blocks': argon2idSource(
    'simd.wasm',
    `let n = 0; const wrap = (made) => { const { getLZ, G, G2, xor } = made.instance.exports; return { instance: { exports: { G, G2, xor, getLZ: (...args) => { if (((n += 1) & 8191) === 0) postMessage({ progress: n }); getLZ(...args); } } } }; };`,
  ),
};
function argon2idSource(file: string, wrap = 'const wrap = (made) => made;'): string {
  return `import setup from '${argon2idFolder}/lib/setup.js'; import wasm from '${argon2idFolder}/dist/${file}';
    ${wrap}
    const make = async (imports) => wrap(await WebAssembly.instantiate(wasm, imports));
    const ready = async () => { const hash = await setup(make, make); return (password, salt) => hash({ password, salt, parallelism: 1, passes: 16, memorySize: 131072, tagLength: 32 }); };
    ${report}`;
}

const scripts = new Map<string, Uint8Array>();
for (const [name, contents] of Object.entries(sources)) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(import.meta.dirname, '../../../../packages/testkit') },
    bundle: true,
    format: 'esm',
    minify: true,
    write: false,
    logLevel: 'error',
    loader: { '.wasm': 'binary' },
  });
  const bytes = outputFiles[0]?.contents ?? new Uint8Array();
  scripts.set(`/${encodeURIComponent(name)}.js`, bytes);
  process.stdout.write(`${name}: ${bytes.length} bytes, ${brotliCompressSync(bytes).length} with brotli\n`);
}
const server = createServer((request, response) => {
  const script = scripts.get(request.url ?? '');
  response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
  response.end(script ?? '<!doctype html><title>measure</title>');
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
// why: a listening TCP server's address is an AddressInfo
const { port } = server.address() as AddressInfo;
for (const browserName of browserNames) {
  await using browser = await launchBrowser(browserName);
  const { page } = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  for (let round = 0; round < rounds; round += 1) {
    for (const name of Object.keys(sources)) {
      const resting = await memory(browserName);
      let peak = 0;
      const timer = setInterval(
        () => void memory(browserName).then((now) => (peak = Math.max(peak, now))),
        100,
      );
      const answer = await page.evaluate(
        (path) =>
          new Promise<unknown>((resolve) => {
            const worker = new Worker(path, { type: 'module' });
            worker.onerror = (event) => resolve(String(event.message));
            worker.onmessage = ({ data }) => {
              if (data.progress) return;
              resolve(data);
              worker.terminate();
            };
            worker.postMessage(null);
          }),
        `/${encodeURIComponent(name)}.js`,
      );
      clearInterval(timer);
      process.stdout.write(
        `${browserName} ${name} +${Math.round((peak - resting) / 1024)} MiB ${JSON.stringify(answer)}\n`,
      );
    }
  }
}
server.close();

/** Resident memory of all processes of the browser, in KiB. */
async function memory(browserName: string): Promise<number> {
  const { readdir } = await import('node:fs/promises');
  let sum = 0;
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (!command.includes(browserName === 'chromium' ? '/chromium' : 'firefox-esr')) continue;
    const status = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '0 0');
    sum += Number(status.split(' ')[1] ?? 0) * 4;
  }
  return sum;
}
