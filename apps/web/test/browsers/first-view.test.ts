/** The first view stands before the rest of the page has come, and says so when the rest does not come. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browserNames, launchBrowser } from '@sotto/testkit/browsers';
import { type FoundedSite, foundSite, recipientPassword } from '@sotto/testkit/founded-site';
import { discard } from '@sotto/testkit/server-process';
import type { HTTPRequest, Page } from 'puppeteer-core';
import { buildWeb } from '../../build.ts';
import { errorWords } from '../../src/words/en-errors.ts';
import { firstViewWords } from '../../src/words/en-first-view.ts';
import { frameWords } from '../../src/words/en-frame.ts';
import { memberWords } from '../../src/words/en-member.ts';
import { signInWords } from '../../src/words/en-sign-in.ts';
import { whistleblowerWords } from '../../src/words/en-whistleblower.ts';
import { arriveAt, press, read, write } from './person.ts';

let site: FoundedSite;

before(async () => {
  await buildWeb();
  site = await foundSite();
});
after(() => discard(site.server));

/** Gives every question for a script that the page at `path` does not name itself to `meet`, and lets all others pass. */
async function meetTheRest(page: Page, path: string, meet: (request: HTTPRequest) => void): Promise<void> {
  const html = await (await fetch(new URL(path, site.server.origin))).text();
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    const isRest = /^\/(?:whistleblower|member)\/.+\.js$/.test(pathname) && !html.includes(`"${pathname}"`);
    if (isRest) meet(request);
    else void request.continue();
  });
}

for (const browserName of browserNames) {
  test(`the rest is asked for at once, and a button pressed before it has come is not lost, in ${browserName}`, async () => {
    await using browser = await launchBrowser(browserName);
    const { page } = await browser.newPage();
    const { promise: asked, resolve: noteAsked } = Promise.withResolvers<HTTPRequest>();
    await meetTheRest(page, '/', noteAsked);
    await page.goto(site.server.origin, { waitUntil: 'domcontentloaded' });
    await arriveAt(page, firstViewWords.home.title);
    // Nobody has pressed anything yet: what is asked for tells no one what the person does.
    const rest = await asked;
    await press(page, firstViewWords.home.write);
    await read(page, frameWords.rest.waiting);
    await rest.continue();
    await arriveAt(page, whistleblowerWords.channel.title);
  });

  test(`a rest that does not come is said, and loading again mends it, in ${browserName}`, async () => {
    await using browser = await launchBrowser(browserName);
    const { page } = await browser.newPage();
    let lineIsGone = true;
    let met = 0;
    await meetTheRest(page, '/', (request) => {
      met += 1;
      void (lineIsGone ? request.abort() : request.continue());
    });
    await page.goto(site.server.origin);
    await press(page, firstViewWords.home.return);
    await arriveAt(page, frameWords.rest.failed);
    await read(page, firstViewWords.places.failedText);
    assert.ok(met > 0);
    lineIsGone = false;
    await press(page, frameWords.rest.reload);
    await press(page, firstViewWords.home.return);
    await arriveAt(page, whistleblowerWords.return.title);
  });
}

test('a member can sign in before the rest has come, and is in their room when it has', async () => {
  await using browser = await launchBrowser('chromium');
  const { page } = await browser.newPage();
  const held: HTTPRequest[] = [];
  let isHeld = true;
  await meetTheRest(page, '/login', (request) => {
    if (isHeld) held.push(request);
    else void request.continue();
  });
  await page.goto(`${site.server.origin}/login`, { waitUntil: 'domcontentloaded' });
  await arriveAt(page, signInWords.signIn.title);
  await write(page, '#user-name', 'ruth');
  await write(page, '#password', recipientPassword);
  await press(page, signInWords.signIn.submit);
  await read(page, frameWords.rest.waiting);
  assert.ok(held.length > 0);
  isHeld = false;
  for (const request of held) await request.continue();
  await arriveAt(page, memberWords.list.title);
});

test('rooms that do not come are said, and loading again mends it', async () => {
  await using browser = await launchBrowser('chromium');
  const { page } = await browser.newPage();
  let lineIsGone = true;
  await meetTheRest(page, '/login', (request) => void (lineIsGone ? request.abort() : request.continue()));
  await page.goto(`${site.server.origin}/login`);
  await press(page, signInWords.signIn.forgotten);
  await arriveAt(page, frameWords.rest.failed);
  lineIsGone = false;
  await press(page, frameWords.rest.reload);
  await press(page, signInWords.signIn.forgotten);
  await arriveAt(page, memberWords.recovery.ask.title);
});

test('what went wrong with the first view stands above it', async () => {
  await using browser = await launchBrowser('chromium');
  const { page } = await browser.newPage();
  await page.goto(`${site.server.origin}/#${'A'.repeat(43)}`);
  await read(page, errorWords('SITE_KEY_DIFFERS').happened);
  await arriveAt(page, firstViewWords.home.title);
});
