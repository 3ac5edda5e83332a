/** Leaving, losing nothing: quickly, by accident, by a session that ended, by a double click. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browserNames, launchBrowser } from '@sotto/testkit/browsers';
import { type FoundedSite, foundSite } from '@sotto/testkit/founded-site';
import { discard, startServer } from '@sotto/testkit/server-process';
import type { Page } from 'puppeteer-core';
import { buildWeb } from '../../build.ts';
import { errorWords } from '../../src/words/en-errors.ts';
import { firstViewWords } from '../../src/words/en-first-view.ts';
import { memberWords } from '../../src/words/en-member.ts';
import { sharedWords } from '../../src/words/en-shared.ts';
import { whistleblowerWords } from '../../src/words/en-whistleblower.ts';
import { arriveAt, choose, press, read, textOf, write } from './person.ts';

let site: FoundedSite;

before(async () => {
  await buildWeb();
  site = await foundSite();
});
after(() => discard(site.server));

async function beginReport(page: Page, title: string): Promise<void> {
  await page.goto(site.server.origin);
  await press(page, firstViewWords.home.write);
  await press(page, 'Safety at work');
  await write(page, '#question-title', title);
  await write(page, '#question-story', 'A story.');
}

/** From the first step to the review. */
async function goToReview(page: Page): Promise<void> {
  for (const heading of ['When and where', 'Who knows', 'Files', whistleblowerWords.review.title]) {
    await press(page, sharedWords.next);
    await arriveAt(page, heading);
  }
}

for (const browserName of browserNames) {
  test(`leaving quickly puts another page in place of this one, without a question, in ${browserName}`, async () => {
    await using browser = await launchBrowser(browserName);
    const { page } = await browser.newPage();
    let asked = false;
    page.on('dialog', (dialog) => {
      asked = true;
      void dialog.accept();
    });
    await beginReport(page, 'Something that must not be seen');
    const entries = await page.evaluate(() => history.length);
    // There is no network here: the page the site chose is answered in its place.
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      const weather = { status: 200, contentType: 'text/html', body: '<h1>Weather</h1>' };
      void (request.url().startsWith('https://www.example.org/')
        ? request.respond(weather)
        : request.continue());
    });
    await press(page, firstViewWords.leaveQuickly);
    await arriveAt(page, 'Weather');
    assert.equal(page.url(), 'https://www.example.org/weather');
    assert.equal(await page.evaluate(() => history.length), entries);
    assert.equal(asked, false);
  });

  test(`a reload asks first while something would be lost, and only then, in ${browserName}`, async () => {
    await using browser = await launchBrowser(browserName);
    const { page } = await browser.newPage();
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await page.goto(site.server.origin);
    await press(page, firstViewWords.home.write);
    await page.reload();
    assert.deepEqual(asked, []);
    await beginReport(page, 'Not sent yet');
    await page.reload();
    assert.deepEqual(asked, ['beforeunload']);
    await arriveAt(page, firstViewWords.home.title);
    const kept = await page.evaluate(() => Object.keys({ ...sessionStorage, ...localStorage }));
    assert.deepEqual(kept, [], 'a whistleblower’s tab stores nothing');
  });

  test(`a double click files one report in ${browserName}`, async () => {
    await using browser = await launchBrowser(browserName);
    const { page } = await browser.newPage();
    const title = `Once, from ${browserName}`;
    await beginReport(page, title);
    await goToReview(page);
    await page.evaluate((words) => {
      const buttons = [...document.querySelectorAll('button')];
      const send = buttons.find((button) => button.textContent.trim() === words);
      send?.click();
      send?.click();
    }, whistleblowerWords.review.send);
    await arriveAt(page, whistleblowerWords.receipt.title);
    const { rows } = await site.recipient.reports(null);
    assert.equal(rows.filter((row) => row.title === title).length, 1);
  });
}

test('a link opened in a tab that is there already is followed, and leaves the address', async () => {
  await using browser = await launchBrowser('chromium');
  const { page } = await browser.newPage();
  await page.goto(`${site.server.origin}/login`);
  await arriveAt(page, memberWords.signIn.title);
  await page.goto(`${site.server.origin}/login#activate=half-a-link`);
  await read(page, errorWords('LINK_MALFORMED').happened);
  assert.equal(new URL(page.url()).hash, '');
});

test('a session that ends takes no message away', async () => {
  await using browser = await launchBrowser('chromium');
  const { page } = await browser.newPage();
  await beginReport(page, 'A long story');
  await goToReview(page);
  await press(page, whistleblowerWords.review.send);
  await arriveAt(page, whistleblowerWords.receipt.title);
  const receipt = await textOf(page, `[aria-label="${whistleblowerWords.receipt.label}"] .secret`);
  await choose(page, whistleblowerWords.receipt.saved);
  await press(page, whistleblowerWords.receipt.done);
  await press(page, firstViewWords.home.return);
  await write(page, '#receipt', receipt);
  await press(page, whistleblowerWords.return.open);
  await arriveAt(page, whistleblowerWords.report.title);
  await write(page, '#message-text', 'Written for half an hour');
  // Sessions live in the server's memory: a restart ends them all.
  await site.server.stop();
  const { port } = new URL(site.server.origin);
  const server = await startServer({ home: site.server.home, listen: `127.0.0.1:${port}` });
  site = { ...site, server };
  await press(page, sharedWords.conversation.send);
  await arriveAt(page, whistleblowerWords.return.title);
  await write(page, '#receipt', receipt);
  await press(page, whistleblowerWords.return.open);
  await arriveAt(page, whistleblowerWords.report.title);
  await press(page, sharedWords.conversation.send);
  await read(page, 'Written for half an hour');
});
