/**
 * What a large download costs a browser in memory, collected for the downloads and straight into a file that was chosen (decision
 * 0067): `node apps/web/test/measure/download-memory.ts [megabytes]`.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BrowserName, type LaunchedBrowser, launchBrowser } from '@sotto/testkit/browsers';
import { deskWhistleblower, quietly } from '@sotto/testkit/desk';
import { type FoundedSite, foundSite, recipientPassword } from '@sotto/testkit/founded-site';
import { discard } from '@sotto/testkit/server-process';
import type { Page } from 'puppeteer-core';
import { buildWeb } from '../../build.ts';
import { memberWords } from '../../src/words/en-member.ts';
import { sharedWords } from '../../src/words/en-shared.ts';
import { arriveAt, downloaded, press, write } from '../browsers/person.ts';

const title = 'A large file';
/** Half an hour: a machine that others use, too. */
const patience = 1_800_000;
const sampleEvery = 250;

const bytes = Number(process.argv[2] ?? 1000) * 1_000_000;
const site = await siteWithFile();
for (const [browserName, chosen] of [
  ['chromium', false],
  ['chromium', true],
  ['firefox', false],
] as const) {
  const { before, peak } = await fetchInBrowser(browserName, chosen);
  const way = chosen ? 'into a chosen file' : 'to the downloads';
  const [was, most] = [before, peak].map((megabytes) => megabytes.toFixed(0));
  process.stdout.write(
    `${browserName}, ${bytes / 1_000_000} MB ${way}: ${was} MB before, at most ${most} MB\n`,
  );
}
await discard(site.server);

async function siteWithFile(): Promise<FoundedSite> {
  await buildWeb();
  const site = await foundSite();
  const whistleblower = deskWhistleblower(site.server.origin);
  await whistleblower.openSite(site.siteKey);
  const piece = randomBytes(1_000_000);
  const content = new Blob(Array.from({ length: bytes / piece.length }, () => piece));
  await whistleblower.attachToDraft('file', { name: 'large.bin', type: '', content }, quietly);
  await whistleblower.submit(site.channelId, { title, story: 'x' }, quietly);
  return site;
}

async function fetchInBrowser(
  browserName: BrowserName,
  chosen: boolean,
): Promise<{ before: number; peak: number }> {
  const downloads = await mkdtemp(join(tmpdir(), 'sotto-downloads-'));
  await using browser = await launchBrowser(browserName, { downloads });
  try {
    const { page } = await browser.newPage();
    await page.evaluateOnNewDocument(chosen ? answerTheDialog : forgetTheDialog);
    await page.goto(`${site.server.origin}/login`);
    await write(page, '#user-name', 'ruth');
    await write(page, '#password', recipientPassword);
    await press(page, memberWords.signIn.submit);
    await arriveAt(page, memberWords.list.title);
    await press(page, title);
    await arriveAt(page, title);
    await delay(2000);
    const before = await browser.memoryMegabytes();
    await press(page, sharedWords.files.download);
    const { files } = sharedWords;
    const peak = await peakUntil(browser, page, chosen ? files.savedThere : files.saved);
    if (!chosen) await downloaded(downloads, bytes);
    return { before, peak };
  } finally {
    await rm(downloads, { recursive: true });
  }
}

async function peakUntil(browser: LaunchedBrowser, page: Page, words: string): Promise<number> {
  const deadline = Date.now() + patience;
  let peak = 0;
  for (;;) {
    peak = Math.max(peak, await browser.memoryMegabytes());
    // biome-ignore lint/performance/useDomNodeTextContent: as it is seen
    const shown = await page.evaluate(() => document.querySelector('main')?.innerText ?? '');
    if (shown.includes(words)) return peak;
    if (Date.now() > deadline || shown.includes('missing')) throw new Error(`the download ended:\n${shown}`);
    await delay(sampleEvery);
  }
}

function answerTheDialog(): void {
  Object.assign(globalThis, {
    async showSaveFilePicker({ suggestedName }: { suggestedName: string }) {
      const root = await navigator.storage.getDirectory();
      return await root.getFileHandle(suggestedName, { create: true });
    },
  });
}

/** As over plain http, where a browser has no such dialog. */
function forgetTheDialog(): void {
  Object.assign(globalThis, { showSaveFilePicker: undefined });
}
