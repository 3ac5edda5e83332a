/**
 * Kept drafts in real browsers (S3): kept because the person chose it, gone on with after a reload in the middle, with answers, step
 * and files; told before it is lost; forgotten when they say so, and opening nothing once it is over.
 */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { submittedFilesMax } from '@sotto/contract/answer-limits';
import { browserNames, launchBrowser } from '@sotto/testkit/browsers';
import { type FoundedSite, foundSite, liftedLimits } from '@sotto/testkit/founded-site';
import { type MeddlingProxy, startMeddlingProxy } from '@sotto/testkit/meddling-proxy';
import { serverAt } from '@sotto/testkit/prepared-report';
import { discard } from '@sotto/testkit/server-process';
import type { Page } from 'puppeteer-core';
import { buildWeb } from '../../build.ts';
import { firstViewWords } from '../../src/words/en-first-view.ts';
import { frameWords } from '../../src/words/en-frame.ts';
import { sharedWords } from '../../src/words/en-shared.ts';
import { whistleblowerWords } from '../../src/words/en-whistleblower.ts';
import { arriveAt, choose, pickFile, press, read, textOf, until, write } from './person.ts';

const words = whistleblowerWords.draft;
const chunkBytes = 524_288;
const pieces = 8;

let site: FoundedSite;
let folder: string;
let proxy: MeddlingProxy;
before(async () => {
  await buildWeb();
  site = await foundSite();
  proxy = await startMeddlingProxy(site.server.origin);
  folder = await mkdtemp(join(tmpdir(), 'sotto-drafts-'));
});
after(async () => {
  await proxy.close();
  await discard(site.server);
  await rm(folder, { recursive: true });
});

async function beginReport(page: Page, title: string): Promise<void> {
  await page.goto(`${proxy.origin}/#${site.siteKey}`);
  await press(page, firstViewWords.home.write);
  await press(page, 'Safety at work');
  await write(page, '#question-title', title);
  await write(page, '#question-story', 'Not sent yet.');
}

async function keepDraft(page: Page): Promise<void> {
  await press(page, words.offer);
  await read(page, words.ask.points[0] ?? '');
  await press(page, words.ask.keep);
  await read(page, words.states.saved);
}

/** Goes on until the view has this heading. */
async function goOnTo(page: Page, heading: string): Promise<void> {
  const steps = ['When and where', 'Who knows', 'Files', whistleblowerWords.review.title];
  for (const step of steps.slice(0, steps.indexOf(heading) + 1)) {
    await press(page, sharedWords.next);
    await arriveAt(page, step);
  }
}

const keptIn = (page: Page) => page.evaluate(() => ({ ...sessionStorage, ...localStorage }));

/** Whether the server still gives a draft for the key that was in the tab. */
async function draftOpens(key: string): Promise<boolean> {
  const name = createHash('sha256').update(Buffer.from(key, 'base64url')).digest('base64url');
  return await serverAt(site.server.origin)
    .call('resumeDraft', { session: null, body: { name } })
    .then(
      () => true,
      (failure: unknown) => {
        assert.equal(Object(failure).code, 'NOT_FOUND');
        return false;
      },
    );
}

for (const browserName of browserNames) {
  test(`a kept draft goes on after a reload in the middle, with answers, step and a file picked again, in ${browserName}`, async () => {
    await using browser = await launchBrowser(browserName);
    const { page, complaints } = await browser.newPage();
    page.on('dialog', (dialog) => void dialog.accept());
    const title = `Kept in ${browserName}`;
    const small = join(folder, `small ${browserName}.txt`);
    const large = join(folder, `large ${browserName}.bin`);
    const content = randomBytes(pieces * chunkBytes);
    await writeFile(small, 'a small file');
    await writeFile(large, content);

    await beginReport(page, title);
    assert.deepEqual(await keptIn(page), {}, 'nothing is stored that was not chosen');
    await keepDraft(page);
    const { draft: key = '', ...others } = await keptIn(page);
    assert.match(key, /^[\w-]{43}$/);
    assert.deepEqual(others, {});
    await goOnTo(page, 'Files');
    await pickFile(page, small);
    await read(page, sharedWords.files.sent);
    // The line lets four chunks of the next file through, and then nothing.
    let chunks = 0;
    proxy.meddle((method, path) => {
      if (method !== 'PUT' || !path.includes('/chunks/')) return 'pass';
      chunks += 1;
      return chunks > pieces / 2 ? 'cut' : 'pass';
    });
    await pickFile(page, large);
    await read(page, 'Waiting for the connection');
    await read(page, words.states.saved);
    await page.reload();
    proxy.meddle(() => 'pass');

    await arriveAt(page, 'Files');
    await read(page, sharedWords.files.sent);
    await read(page, 'Pick this file again to go on; 50');
    await read(page, words.states.saved);
    await press(page, sharedWords.next);
    await arriveAt(page, whistleblowerWords.review.title);
    await read(page, title);
    await read(page, whistleblowerWords.review.filesAgain(1));
    await press(page, sharedWords.back);
    await pickFile(page, large);
    await until(
      page,
      (text) =>
        [...document.querySelectorAll('.file-done')].filter((done) => done.textContent === text).length === 2,
      sharedWords.files.sent,
      'the second file is not sent',
    );
    await press(page, sharedWords.next);
    await arriveAt(page, whistleblowerWords.review.title);
    assert.ok(await draftOpens(key));
    await press(page, whistleblowerWords.review.send);
    await arriveAt(page, whistleblowerWords.receipt.title);
    assert.match(
      await textOf(page, `[aria-label="${whistleblowerWords.receipt.label}"] .secret`),
      /^\d{16}$/,
    );
    assert.deepEqual(await keptIn(page), {});
    await choose(page, whistleblowerWords.receipt.saved);
    await press(page, whistleblowerWords.receipt.done);
    await arriveAt(page, firstViewWords.home.title);
    await untilForgotten(key);

    const { rows } = await site.recipient.reports(null);
    const found = rows.filter((row) => row.title === title);
    assert.equal(found.length, 1);
    const report = await site.recipient.openReport(found[0]?.id ?? '');
    assert.deepEqual(
      report.files.map(({ whole }) => whole),
      [true, true],
    );
    const file = report.files.find(({ size }) => size === content.length);
    const back = await site.recipient.download(report.id, file?.id ?? '', () => {});
    assert.ok(content.equals(Buffer.from(await back.arrayBuffer())));
    // What was cut on purpose is in the console; nothing else is.
    assert.deepEqual(complaints.violations, []);
  });

  test(`taken back or left without sending, a draft opens nothing any more, in ${browserName}`, async () => {
    await using browser = await launchBrowser(browserName);
    const { page } = await browser.newPage();
    page.on('dialog', (dialog) => void dialog.accept());
    const keyOf = async () => (await keptIn(page))['draft'] ?? '';

    await beginReport(page, 'Taken back');
    await keepDraft(page);
    const takenBack = await keyOf();
    await press(page, words.forget);
    await read(page, words.off);
    assert.deepEqual(await keptIn(page), {});
    await untilForgotten(takenBack);

    await keepDraft(page);
    const left = await keyOf();
    assert.notEqual(left, takenBack);
    await press(page, whistleblowerWords.startOver);
    await press(page, whistleblowerWords.startOverAsk.leave);
    await arriveAt(page, firstViewWords.home.title);
    assert.deepEqual(await keptIn(page), {});
    await untilForgotten(left);

    // A key whose draft is gone is told so, and thrown away.
    await page.evaluate((key) => sessionStorage.setItem('draft', key), left);
    await page.reload();
    await arriveAt(page, words.gone.title);
    assert.deepEqual(await keptIn(page), {});
  });
}

test('leaving quickly takes the key of a kept draft out of the tab before anything else', async () => {
  await using browser = await launchBrowser('chromium');
  const { page } = await browser.newPage();
  await beginReport(page, 'Somebody comes');
  await keepDraft(page);
  // There is no network here: the page the site chose is answered in its place.
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const weather = { status: 200, contentType: 'text/html', body: '<h1>Weather</h1>' };
    void (request.url().startsWith(proxy.origin) ? request.continue() : request.respond(weather));
  });
  await press(page, firstViewWords.leaveQuickly);
  await arriveAt(page, 'Weather');
  await page.goto(proxy.origin);
  await arriveAt(page, firstViewWords.home.title);
  assert.deepEqual(await keptIn(page), {});
});

test('a report begins with so many files as it can be sent with, and each further one is refused by its name', async () => {
  // As it comes a site takes fewer of a report in an hour: an ordinary setting.
  await site.administrator.changeSettings(liftedLimits);
  await using browser = await launchBrowser('chromium');
  const { page } = await browser.newPage();
  await beginReport(page, 'Many files');
  await goOnTo(page, 'Files');
  await page.evaluate((count) => {
    const field = document.querySelector<HTMLInputElement>('input[type=file]');
    const transfer = new DataTransfer();
    for (let number = 1; number <= count; number += 1)
      transfer.items.add(new File(['x'], `page ${number}.txt`));
    if (field !== null) field.files = transfer.files;
    field?.dispatchEvent(new Event('change'));
  }, submittedFilesMax + 1);
  await read(page, sharedWords.files.tooMany(`page ${submittedFilesMax + 1}.txt`));
  await until(
    page,
    (many) => document.querySelectorAll('.file-done').length === many,
    submittedFilesMax,
    'not all files are sent',
  );
  await press(page, sharedWords.next);
  await press(page, whistleblowerWords.review.send);
  await arriveAt(page, whistleblowerWords.receipt.title);
  const { rows } = await site.recipient.reports(null);
  const report = await site.recipient.openReport(rows.find(({ title }) => title === 'Many files')?.id ?? '');
  assert.equal(report.files.filter(({ whole }) => whole).length, submittedFilesMax);
});

test('who stays when the browser asks is shown what would have been lost', async () => {
  await using browser = await launchBrowser('chromium');
  const { page } = await browser.newPage();
  page.on('dialog', (dialog) => void dialog.dismiss());
  await beginReport(page, 'Nearly lost');
  await page.evaluate(() => location.reload());
  await read(page, frameWords.losing.title);
  await read(page, firstViewWords.losses.answers(2));
  assert.equal(await page.$eval('#question-title', (field) => Object(field).value), 'Nearly lost');
  // Once it is kept, nothing would be lost, and nobody is asked.
  await keepDraft(page);
  let asked = 0;
  page.on('dialog', () => {
    asked += 1;
  });
  await page.reload();
  await read(page, words.states.saved);
  assert.equal(asked, 0);
  assert.equal(await page.$eval('#question-title', (field) => Object(field).value), 'Nearly lost');
});

/** The last words to the server may still be on their way when the view has changed. */
async function untilForgotten(key: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (await draftOpens(key)) {
    assert.ok(Date.now() < deadline, 'the server still gives the draft');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
