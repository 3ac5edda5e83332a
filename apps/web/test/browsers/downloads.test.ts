/**
 * Downloads in real browsers (S7): what was cut short or exchanged on its way is told and saves no file; what is whole arrives byte for
 * byte, into the downloads or, chunk by chunk, into a file the person chose.
 */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { browserNames, launchBrowser } from '@sotto/testkit/browsers';
import { deskWhistleblower, quietly } from '@sotto/testkit/desk';
import { type FoundedSite, foundSite, recipientPassword } from '@sotto/testkit/founded-site';
import { type Meddle, type MeddlingProxy, startMeddlingProxy } from '@sotto/testkit/meddling-proxy';
import { discard } from '@sotto/testkit/server-process';
import type { Page } from 'puppeteer-core';
import { buildWeb } from '../../build.ts';
import { errorWords } from '../../src/words/en-errors.ts';
import { memberWords } from '../../src/words/en-member.ts';
import { sharedWords } from '../../src/words/en-shared.ts';
import { arriveAt, downloaded, press, read, sha256Of, write } from './person.ts';

const title = 'Two files';
/** Three chunks and a bit; and what is large enough to be asked where it shall go. */
const small = { name: 'list.pdf', content: Uint8Array.from(randomBytes(1_700_001)) };
const large = { name: 'recording.bin', content: Uint8Array.from(randomBytes(64 * 1024 ** 2 + 1)) };
const hashOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

let site: FoundedSite;
let proxy: MeddlingProxy;
before(async () => {
  await buildWeb();
  site = await foundSite();
  const whistleblower = deskWhistleblower(site.server.origin);
  await whistleblower.openSite(site.siteKey);
  for (const { name, content } of [small, large])
    await whistleblower.attachToDraft(name, { name, type: '', content: new Blob([content]) }, quietly);
  await whistleblower.submit(site.channelId, { title, story: 'x' }, quietly);
  proxy = await startMeddlingProxy(site.server.origin);
});
after(async () => {
  await proxy.close();
  await discard(site.server);
});

const isChunk = (method: string, path: string, index: number) =>
  method === 'GET' && path.endsWith(`/chunks/${index}`);

/** The end of the second chunk does not arrive. */
const truncated: Meddle = (method, path) =>
  isChunk(method, path, 1) ? (body) => body.subarray(0, body.length / 2) : 'pass';

/** The second chunk comes as the third, too. */
function exchanged(): Meddle {
  let second: Buffer | null = null;
  return (method, path) => {
    if (isChunk(method, path, 1))
      return (body) => {
        second = body;
        return body;
      };
    return isChunk(method, path, 2) ? (body) => second ?? Buffer.alloc(body.length, 1) : 'pass';
  };
}

async function openReport(page: Page): Promise<void> {
  await page.goto(`${proxy.origin}/login`);
  await write(page, '#user-name', 'ruth');
  await write(page, '#password', recipientPassword);
  await press(page, memberWords.signIn.submit);
  await arriveAt(page, memberWords.list.title);
  await press(page, title);
  await arriveAt(page, title);
}

const fetchFile = (page: Page, name: string) => press(page, `${sharedWords.files.download}: ${name}`);

for (const browserName of browserNames) {
  test(`a file that was cut short or exchanged on its way is told and not saved; whole, it is, in ${browserName}`, async () => {
    const downloads = await mkdtemp(join(tmpdir(), 'sotto-downloads-'));
    await using browser = await launchBrowser(browserName, { downloads });
    try {
      const { page } = await browser.newPage();
      await openReport(page);
      for (const how of [truncated, exchanged()]) {
        proxy.meddle(how);
        await fetchFile(page, small.name);
        await read(page, errorWords('FILE_NOT_WHOLE').happened);
        assert.deepEqual(await readdir(downloads), []);
      }
      proxy.meddle(() => 'pass');
      await fetchFile(page, small.name);
      await read(page, sharedWords.files.saved);
      assert.equal(await sha256Of(await downloaded(downloads, small.content.length)), hashOf(small.content));
    } finally {
      await rm(downloads, { recursive: true });
    }
  });
}

/**
 * Nobody can press a button of the system's own dialog here, so it is answered with a file of the origin's private file system: the
 * same kind of handle, written by the same code.
 */
function answerTheDialog(): void {
  Object.assign(globalThis, {
    async showSaveFilePicker({ suggestedName }: { suggestedName: string }) {
      const root = await navigator.storage.getDirectory();
      return await root.getFileHandle(suggestedName, { create: true });
    },
  });
}

/** Names and SHA-256 of what lies in the origin's private file system. */
function chosenFiles(): Promise<[string, string][]> {
  const read = async (): Promise<[string, string][]> => {
    const found: [string, string][] = [];
    // why: the DOM's types do not know yet that a folder can be walked
    const root = (await navigator.storage.getDirectory()) as unknown as {
      values(): AsyncIterable<FileSystemFileHandle>;
    };
    for await (const handle of root.values()) {
      const content = await (await handle.getFile()).arrayBuffer();
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
      found.push([handle.name, [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')]);
    }
    return found;
  };
  return read();
}

test('a large file goes chunk by chunk into the file that was chosen, and a failure leaves no file there', async () => {
  await using browser = await launchBrowser('chromium');
  const { page } = await browser.newPage();
  await page.evaluateOnNewDocument(answerTheDialog);
  await openReport(page);
  proxy.meddle(exchanged());
  await fetchFile(page, large.name);
  await read(page, errorWords('FILE_NOT_WHOLE').happened);
  assert.deepEqual(await page.evaluate(chosenFiles), []);
  proxy.meddle(() => 'pass');
  await fetchFile(page, large.name);
  await read(page, sharedWords.files.savedThere);
  assert.deepEqual(await page.evaluate(chosenFiles), [[large.name, hashOf(large.content)]]);
});
