/** What the build hands to the server: small enough for a slow line, apart by kind of person, fit for an http onion. */
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { buildWeb, type ServedFile } from '../../build.ts';
import { memberWords } from '../../src/words/en-member.ts';
import { memberErrorWords } from '../../src/words/en-member-errors.ts';

/** Bytes with brotli until the first control can be used, and with the crypto that loads behind it (issue of the journeys). */
const firstControlMax = 80_000;
const withCryptoMax = 130_000;
const crypto = ['/workers/whistleblower-key.js', '/workers/stretch.js'];
const dist = join(import.meta.dirname, '../../dist');
let files: readonly ServedFile[];

before(async () => {
  await buildWeb();
  // why: build.ts wrote it
  const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as { files: ServedFile[] };
  files = manifest.files;
});

function fileAt(path: string): string {
  const found = files.find((file) => file.path === path);
  assert.ok(found, `${path} is not served`);
  return join(dist, found.file);
}
const brotliBytes = (path: string) => statSync(`${fileAt(path)}.br`).size;
const sum = (paths: readonly string[]) => paths.reduce((total, path) => total + brotliBytes(path), 0);

test('the whistleblower’s page is small enough for a slow line', (t) => {
  const html = readFileSync(fileAt('/'), 'utf8');
  // What the page names it needs at once; the places behind the first view come after it.
  const named = files.map(({ path }) => path).filter((path) => html.includes(`"${path}"`));
  const whole = files.map(({ path }) => path).filter((path) => path.startsWith('/whistleblower/'));
  const [page, all] = [sum(['/', ...named]), sum(['/', '/icon.svg', ...whole, ...crypto])];
  t.diagnostic(`${page} bytes to the first control, ${all} with the crypto`);
  assert.ok(named.includes('/whistleblower/main.js') && named.includes('/whistleblower/styles.css'));
  assert.ok(page <= firstControlMax);
  assert.ok(all <= withCryptoMax);
});

test('the whistleblower’s page carries nothing of the recipients’ and administrators’', () => {
  const programOf = (page: string) =>
    files
      .filter(({ path }) => path.startsWith(`/${page}/`) && path.endsWith('.js'))
      .map(({ file }) => readFileSync(join(dist, file), 'utf8'))
      .join('\n');
  const [whistleblower, member] = [programOf('whistleblower'), programOf('member')];
  for (const words of [
    memberWords.signIn.lead,
    memberWords.people.title,
    memberWords.list.noneText,
    memberErrorWords('NAME_TAKEN').now,
  ]) {
    assert.ok(member.includes(words));
    assert.ok(!whistleblower.includes(words));
  }
});

test('no script needs a secure context, makes code from text, or stores anything but the tab', () => {
  const forbidden =
    /crypto\.subtle|randomUUID\(|navigator\.clipboard|serviceWorker\b|new WebSocket|\beval\(|new Function|localStorage|indexedDB|document\.cookie\s*=/;
  for (const { path, file } of files.filter(({ file: name }) => name.endsWith('.js')))
    assert.doesNotMatch(readFileSync(join(dist, file), 'utf8'), forbidden, path);
});

test('a page holds no inline script or style and no base', () => {
  for (const path of ['/', '/login']) {
    const html = readFileSync(fileAt(path), 'utf8');
    assert.doesNotMatch(html, /<base|<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/);
  }
});

test('what is compressed beside a file is that file', () => {
  for (const { file } of files) {
    const plain = readFileSync(join(dist, file));
    assert.deepEqual(brotliDecompressSync(readFileSync(join(dist, `${file}.br`))), plain);
    assert.deepEqual(gunzipSync(readFileSync(join(dist, `${file}.gz`))), plain);
  }
});
