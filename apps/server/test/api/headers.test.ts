/** The headers of every address, compared with docs/security/headers.md and with the policy as the issue fixed it. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type RouteName, routes } from '@sotto/contract/routes';
import { readStaticFiles, type StaticFiles } from '../../src/http/static-files.ts';
import type { Received } from '../support/running.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { makeWorld } from '../support/world.ts';

const table = join(import.meta.dirname, '../../../../docs/security/headers.md');

/** Spelled out here once more: a change of http/headers.ts alone must not pass. */
const policies: Readonly<Record<string, string>> = {
  page: "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'none'; frame-ancestors 'none'; frame-src 'self'; img-src 'self'; media-src 'self'; script-src 'self' 'report-sample'; style-src 'self'; trusted-types angular angular#bundler default dompurify; require-trusted-types-for 'script'; report-uri /api/report;",
  other: "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
  'stretch-worker':
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; script-src 'self' 'wasm-unsafe-eval'",
  'key-worker':
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; script-src 'self'; connect-src 'self'",
};
const onEveryAnswer: Readonly<Record<string, string>> = {
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(),ambient-light-sensor=(),bluetooth=(),camera=(),clipboard-read=(),clipboard-write=(),document-domain=(),display-capture=(),fullscreen=(),geolocation=(),gyroscope=(),idle-detection=(),keyboard-map=(),local-fonts=(),magnetometer=(),microphone=(),midi=(),notifications=(),payment=(),payment-request=(),persistent-storage=(),push=(),screen-wake-lock=(),serial=(),speaker-selection=(),usb=(),web-share=(),xr-spatial-tracking=()',
  'x-frame-options': 'deny',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noarchive',
  'cache-control': 'no-store',
};
/** What HTTP itself needs, and nothing that tells the program, its version or its clock. */
const ofHttp: ReadonlySet<string> = new Set([
  'allow',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'keep-alive',
]);

/** Rows of the page: address, policy, content type. */
async function documented(): Promise<Map<string, { policy: string; type: string }>> {
  const rows = (await readFile(table, 'utf8')).matchAll(/^\| `([^`]+)` +\| ([\w-]+) +\| ([^|]+?) +\|$/gm);
  return new Map([...rows].map(([, address = '', policy = '', type = '']) => [address, { policy, type }]));
}

function check(
  address: string,
  received: Received,
  row: { policy: string; type: string } | undefined,
  clears = false,
): void {
  assert.ok(row, `${address} is not in docs/security/headers.md`);
  const { 'content-security-policy': policy, 'clear-site-data': cleared, ...others } = received.headers;
  assert.equal(cleared, clears ? '"cache", "cookies", "storage"' : undefined, address);
  assert.equal(policy, policies[row.policy], address);
  assert.equal(others['content-type'] ?? 'none', row.type, address);
  for (const [name, value] of Object.entries(onEveryAnswer))
    assert.equal(others[name], value, `${address}: ${name}`);
  const more = Object.keys(others).filter((name) => !(name in onEveryAnswer) && !ofHttp.has(name));
  assert.deepEqual(more, [], address);
}

describe('headers', () => {
  it('of every route and file are those of the table in the docs, and the table has no other', async (test) => {
    const rows = await documented();
    const files = await builtFiles();
    const { running, right } = await makeWorld(test, { files });
    const seen = new Set<string>();
    // Object.keys gives strings; these are the keys of the contract's object.
    for (const name of Object.keys(routes) as RouteName[]) {
      const address = `${routes[name].method} ${routes[name].path}`;
      const received = await running.call(name, right[name]);
      assert.equal(received.status, 200, address);
      check(address, received, rows.get(address), name === 'endSession' || name === 'endSessions');
      seen.add(address);
    }
    for (const path of files.keys()) {
      // The build names a chunk by its content; the page in the docs, by what it is.
      const address = `GET ${path.replace(/chunk-[\w-]+\.js$/, 'chunk-*.js')}`;
      check(address, await running.send('GET', path), rows.get(address));
      seen.add(address);
    }
    const report = { headers: { 'Content-Type': 'application/csp-report' }, body: '{}' };
    check(
      'POST /api/report',
      await running.send('POST', '/api/report', report),
      rows.get('POST /api/report'),
    );
    check('errors', await running.send('GET', '/api/nothing'), rows.get('errors'));
    check('errors', await running.send('GET', '/nothing'), rows.get('errors'));
    check('errors', await running.send('POST', '/'), rows.get('errors'));
    seen.add('POST /api/report').add('errors');
    assert.deepEqual(
      [...rows.keys()].filter((address) => !seen.has(address)),
      [],
    );
  });

  it('of a static file name its encoding, and the bytes are those of the build', async (test) => {
    const files = await builtFiles();
    const { running } = await makeWorld(test, { files });
    const plain = files.get('/')?.plain;
    assert.ok(plain);
    const get = (accepted?: string) =>
      running.send('GET', '/', accepted === undefined ? {} : { headers: { 'Accept-Encoding': accepted } });
    const { brotliDecompressSync, gunzipSync } = await import('node:zlib');
    for (const [accepted, encoding, decode] of [
      [undefined, undefined, (bytes: Buffer) => bytes],
      ['identity', undefined, (bytes: Buffer) => bytes],
      ['br;q=0, deflate', undefined, (bytes: Buffer) => bytes],
      ['gzip, deflate, br', 'br', brotliDecompressSync],
      ['gzip', 'gzip', gunzipSync],
      ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
    ] as const) {
      const received = await get(accepted);
      assert.equal(received.headers['content-encoding'], encoding);
      assert.ok(decode(received.bytes).equals(plain));
    }
    const head = await running.send('HEAD', '/');
    assert.equal(head.bytes.length, 0);
    assert.equal(head.headers['content-length'], String(plain.length));
  });

  it('are not served for a client of which a file is missing', async (test) => {
    await assert.rejects(readStaticFiles(await temporaryFolder(test)), { code: 'ENOENT' });
  });
});

/** The client as it was built; the build does nothing when nothing changed. */
async function builtFiles(): Promise<StaticFiles> {
  const web = join(import.meta.dirname, '../../../web');
  const { spawnSync } = await import('node:child_process');
  const built = spawnSync(process.execPath, [join(web, 'build.ts')], { encoding: 'utf8' });
  assert.equal(built.status, 0, built.stderr);
  return readStaticFiles(join(web, 'dist'));
}
