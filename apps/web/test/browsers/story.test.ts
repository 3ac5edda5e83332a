/**
 * The main job, end to end, in real browsers against a real server: a site is made, a recipient comes in, a whistleblower
 * files a report with 50 MB and leaves with a receipt, the two write to each other, and the file arrives byte for byte.
 * All of it over plain http under a name that is not localhost, where a browser gives no secure context.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { type BrowserName, browserNames, launchBrowser, type WatchedPage } from '@sotto/testkit/browsers';
import { discard, setupSecret, startServer } from '@sotto/testkit/server-process';
import type { Page } from 'puppeteer-core';
import { buildWeb } from '../../build.ts';
import { firstViewWords } from '../../src/words/en-first-view.ts';
import { memberWords } from '../../src/words/en-member.ts';
import { sharedWords } from '../../src/words/en-shared.ts';
import { whistleblowerWords } from '../../src/words/en-whistleblower.ts';
import { arriveAt, choose, downloaded, pickFile, press, read, sha256Of, textOf, write } from './person.ts';

const hostName = 'sotto.test';
const attachmentBytes = 50_000_000;
const password = 'Seven-quiet-boats-on-a-river';
const title = 'Barrels without papers behind hall 4';
const question = 'Thank you. What does the list look like?';
const reply = 'A yellow form; the number begins with WT.';

before(() => buildWeb());

for (const browserName of browserNames)
  test(`a report with 50 MB goes to its recipient and back in ${browserName}, over http under another name`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sotto-story-'));
    const server = await startServer();
    try {
      await tellStory(browserName, folder, server.origin, await setupSecret(server.home));
      assert.doesNotMatch(
        server.output(),
        /violation|csp/i,
        'the browser reported a violation to the server',
      );
    } catch (cause) {
      throw new Error(`the story ended early; the server wrote:\n${server.output()}`, { cause });
    } finally {
      await discard(server);
      await rm(folder, { recursive: true });
    }
  });

async function tellStory(browserName: BrowserName, folder: string, listening: string, secret: string) {
  const origin = listening.replace('127.0.0.1', hostName);
  const downloads = await mkdtemp(join(folder, 'downloads-'));
  const attachment = join(folder, 'recording of the meeting.bin');
  await writeFile(attachment, randomBytes(attachmentBytes));
  await using browser = await launchBrowser(browserName, { loopbackNames: [hostName], downloads });

  const administrator = await browser.newPage();
  const links = await makeSite(administrator.page, origin, secret);
  const recipient = await browser.newPage();
  await activate(recipient.page, links.activation);
  const whistleblower = await browser.newPage();
  const receipt = await fileReport(whistleblower.page, links.published, attachment);
  await answer(recipient.page, downloads, attachment);
  await comeBack(whistleblower.page, receipt, downloads, attachment);
  await readReply(recipient.page);
  for (const watched of [administrator, recipient, whistleblower]) nothingWrong(watched);
}

/** @returns the links of the first recipient and of the site, as shown. */
async function makeSite(page: Page, origin: string, secret: string) {
  await page.goto(`${origin}/login#setup=${secret}`);
  await arriveAt(page, memberWords.setup.title);
  assert.equal(new URL(page.url()).hash, '', 'the secret has left the address');
  assert.equal(await page.evaluate(() => isSecureContext), false, 'this is no secure context');
  await write(page, '#site-name', 'The Harbour Post');
  await write(page, '#channel-name', 'Investigations desk');
  await choose(page, memberWords.setup.recipientOther);
  await write(page, '#recipient-name', 'Ruth Lindqvist');
  await write(page, '#recipient-user-name', 'ruth');
  await write(page, '#name', 'Ada Brook');
  await write(page, '#user-name', 'ada');
  await write(page, '#password', password);
  await write(page, '#repeated', password);
  await press(page, memberWords.setup.submit);
  await arriveAt(page, memberWords.recoveryKey.title);
  const activation = await textOf(page, `[aria-label="${memberWords.links.label}"] .secret`);
  const published = await textOf(page, `[aria-label="${memberWords.setup.publicLink}"] .secret`);
  assert.match(
    await textOf(page, `[aria-label="${memberWords.recoveryKey.label}"] .secret`),
    /^[A-Z2-7]{56}$/,
  );
  await choose(page, memberWords.recoveryKey.bothSaved);
  await press(page, memberWords.recoveryKey.done);
  await arriveAt(page, memberWords.people.title);
  return { activation, published };
}

async function activate(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await arriveAt(page, memberWords.activation.title('The Harbour Post'));
  assert.equal(new URL(page.url()).hash, '', 'the secret has left the address');
  await write(page, '#password', password);
  await write(page, '#repeated', password);
  await press(page, memberWords.activation.submit);
  await arriveAt(page, memberWords.recoveryKey.title);
  await choose(page, memberWords.recoveryKey.saved);
  await press(page, memberWords.recoveryKey.done);
  await arriveAt(page, memberWords.list.title);
  await read(page, memberWords.list.none);
}

/** @returns the receipt, as shown. */
async function fileReport(page: Page, published: string, attachment: string): Promise<string> {
  await page.goto(published);
  await read(page, firstViewWords.home.keyChecks.matched);
  const entries = await page.evaluate(() => history.length);
  await press(page, firstViewWords.home.write);
  await press(page, 'Investigations desk');
  await write(page, '#question-title', title);
  await write(page, '#question-story', 'Since the spring.\n\nEvery second Thursday.');
  await press(page, sharedWords.next);
  await arriveAt(page, 'When and where');
  await choose(page, 'Yes');
  await press(page, sharedWords.next);
  await arriveAt(page, 'Who knows');
  await press(page, sharedWords.next);
  await arriveAt(page, 'Files');
  await pickFile(page, attachment);
  await read(page, sharedWords.files.sent);
  await press(page, sharedWords.next);
  await arriveAt(page, whistleblowerWords.review.title);
  await press(page, whistleblowerWords.review.send);
  await arriveAt(page, whistleblowerWords.receipt.title);
  const receipt = await textOf(page, `[aria-label="${whistleblowerWords.receipt.label}"] .secret`);
  assert.match(receipt, /^[0-9]{16}$/);
  await press(page, sharedWords.copy);
  await read(page, sharedWords.copied);
  await choose(page, whistleblowerWords.receipt.saved);
  await press(page, whistleblowerWords.receipt.done);
  await arriveAt(page, firstViewWords.home.title);
  assert.equal(page.url(), published, 'the address never changed');
  assert.equal(await page.evaluate(() => history.length), entries, 'the history has not grown');
  return receipt;
}

async function answer(page: Page, downloads: string, attachment: string): Promise<void> {
  await page.bringToFront();
  // The tab is loaded again: its session goes on, and nothing but its key to the vault is kept.
  await page.reload();
  await arriveAt(page, memberWords.list.title);
  assert.deepEqual(await page.evaluate(() => Object.keys({ ...sessionStorage, ...localStorage })), ['tab']);
  await press(page, title);
  await arriveAt(page, title);
  await read(page, 'Every second Thursday.');
  await saveAndCompare(page, downloads, attachment);
  await write(page, '#message-text', question);
  await press(page, sharedWords.conversation.send);
  await read(page, question);
}

async function comeBack(page: Page, receipt: string, downloads: string, attachment: string): Promise<void> {
  await page.bringToFront();
  await press(page, firstViewWords.home.return);
  await write(page, '#receipt', receipt.replaceAll(/(.{4})/g, '$1 '));
  await press(page, whistleblowerWords.return.open);
  await arriveAt(page, whistleblowerWords.report.title);
  await read(page, question);
  await saveAndCompare(page, downloads, attachment);
  await write(page, '#message-text', reply);
  await press(page, sharedWords.conversation.send);
  await read(page, reply);
  assert.deepEqual(await page.evaluate(() => Object.keys({ ...sessionStorage, ...localStorage })), []);
  await press(page, whistleblowerWords.report.leave);
  await arriveAt(page, firstViewWords.home.title);
}

async function readReply(page: Page): Promise<void> {
  await page.bringToFront();
  await press(page, sharedWords.conversation.refresh);
  await read(page, reply);
  await press(page, memberWords.signOut);
  await read(page, memberWords.signIn.signedOut);
  assert.deepEqual(await page.evaluate(() => Object.keys({ ...sessionStorage, ...localStorage })), []);
}

async function saveAndCompare(page: Page, downloads: string, attachment: string): Promise<void> {
  for (const name of await readdir(downloads)) await rm(join(downloads, name));
  await press(page, sharedWords.files.download);
  await read(page, sharedWords.files.saved);
  assert.equal(await sha256Of(await downloaded(downloads, attachmentBytes)), await sha256Of(attachment));
}

function nothingWrong({ complaints }: WatchedPage): void {
  assert.deepEqual(complaints, { errors: [], violations: [] });
}
