/** The whole story by keyboard alone, the whistleblower's way and a recipient's: no pointer, no touch, and the focus is always where the person is. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browserNames, launchBrowser, type WatchedPage } from '@sotto/testkit/browsers';
import { type FoundedSite, foundSite, recipientPassword } from '@sotto/testkit/founded-site';
import { discard } from '@sotto/testkit/server-process';
import type { Page } from 'puppeteer-core';
import { buildWeb } from '../../build.ts';
import { firstViewWords } from '../../src/words/en-first-view.ts';
import { memberWords } from '../../src/words/en-member.ts';
import { sharedWords } from '../../src/words/en-shared.ts';
import { whistleblowerWords } from '../../src/words/en-whistleblower.ts';
import { arriveAt, read, textOf } from './person.ts';

/** No view has more stops than this. */
const stopsMax = 40;
let site: FoundedSite;

before(async () => {
  await buildWeb();
  site = await foundSite();
});
after(() => discard(site.server));

/** What has the focus: the words of its label or its own. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    const labels =
      element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels : null;
    return (labels?.[0]?.textContent ?? element?.textContent ?? '').trim();
  });
}

/** Tab until something with these words has the focus. */
async function tabTo(page: Page, words: string): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < stopsMax; stop += 1) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (now.startsWith(words)) return;
    passed.push(now.slice(0, 30));
  }
  assert.fail(`no way to ${words}; passed ${passed.join(' | ')}`);
}

async function tabAndPress(page: Page, words: string, key: 'Enter' | ' ' = 'Enter'): Promise<void> {
  await tabTo(page, words);
  await page.keyboard.press(key);
}

for (const browserName of browserNames)
  test(`a report is filed, answered and answered again by keyboard alone in ${browserName}, from heading to heading`, async () => {
    await using browser = await launchBrowser(browserName);
    const whistleblower = await browser.newPage();
    const recipient = await browser.newPage();
    const title = `By keyboard, in ${browserName}`;
    try {
      await whistleblower.page.bringToFront();
      const receipt = await fileByKeyboard(whistleblower, title);
      await recipient.page.bringToFront();
      await answerByKeyboard(recipient.page, title);
      await whistleblower.page.bringToFront();
      await returnByKeyboard(whistleblower.page, receipt);
      for (const { complaints } of [whistleblower, recipient])
        assert.deepEqual(complaints, { errors: [], violations: [] });
    } catch (cause) {
      throw new Error(`it ended early; the server wrote:\n${site.server.output()}`, { cause });
    }
  });

/** @returns the receipt. */
async function fileByKeyboard({ page }: WatchedPage, title: string): Promise<string> {
  await page.goto(site.server.origin);
  await arriveAt(page, firstViewWords.home.title);
  await tabAndPress(page, firstViewWords.home.write);
  await arrivedWithFocus(page, whistleblowerWords.channel.title);
  await tabAndPress(page, 'Safety at work');
  await arrivedWithFocus(page, 'What happened');
  // To go on without the answers leads to the first that is missing.
  await tabAndPress(page, sharedWords.next);
  assert.match(await focused(page), /^In one line/);
  await page.keyboard.type(title);
  await tabTo(page, 'Tell what you saw');
  await page.keyboard.type('A story.');
  await tabAndPress(page, sharedWords.next);
  await arrivedWithFocus(page, 'When and where');
  await tabAndPress(page, 'Yes', ' ');
  await tabAndPress(page, sharedWords.next);
  await arrivedWithFocus(page, 'Who knows');
  await tabAndPress(page, sharedWords.next);
  await arrivedWithFocus(page, 'Files');
  await tabAndPress(page, sharedWords.next);
  await arrivedWithFocus(page, whistleblowerWords.review.title);
  await tabAndPress(page, whistleblowerWords.review.send);
  await arrivedWithFocus(page, whistleblowerWords.receipt.title);
  const receipt = await textOf(page, '.secret');
  // To finish before it is saved leads to the box that says so.
  await tabAndPress(page, whistleblowerWords.receipt.done);
  assert.equal(await focused(page), whistleblowerWords.receipt.saved);
  await page.keyboard.press(' ');
  await tabAndPress(page, whistleblowerWords.receipt.done);
  await arrivedWithFocus(page, firstViewWords.home.title);
  return receipt;
}

async function answerByKeyboard(page: Page, title: string): Promise<void> {
  await page.goto(`${site.server.origin}/login`);
  await arrivedWithFocus(page, memberWords.signIn.title);
  await tabTo(page, memberWords.signIn.userName);
  await page.keyboard.type('ruth');
  await tabTo(page, memberWords.signIn.password);
  await page.keyboard.type(recipientPassword);
  await page.keyboard.press('Enter');
  await arrivedWithFocus(page, memberWords.list.title);
  await read(page, title);
  await tabAndPress(page, title);
  await arrivedWithFocus(page, title);
  await tabTo(page, memberWords.report.writeLabel);
  await page.keyboard.type('A question.');
  await tabAndPress(page, sharedWords.conversation.send);
  await read(page, 'A question.');
}

async function returnByKeyboard(page: Page, receipt: string): Promise<void> {
  await tabAndPress(page, firstViewWords.home.return);
  await arrivedWithFocus(page, whistleblowerWords.return.title);
  await tabTo(page, whistleblowerWords.return.label);
  await page.keyboard.type(receipt);
  await page.keyboard.press('Enter');
  await arrivedWithFocus(page, whistleblowerWords.report.title);
  await read(page, 'A question.');
  await tabTo(page, whistleblowerWords.report.writeLabel);
  await page.keyboard.type('A reply.');
  await tabAndPress(page, sharedWords.conversation.send);
  await read(page, 'A reply.');
}

/** A new view begins at its heading, for the eye and for the screen reader. */
async function arrivedWithFocus(page: Page, heading: string): Promise<void> {
  await arriveAt(page, heading);
  assert.equal(await focused(page), heading);
}
