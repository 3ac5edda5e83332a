/** Another key for the site from the persons' side (S14): who is told of it, and where. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { browserNames, launchBrowser, type WatchedPage } from '@sotto/testkit/browsers';
import { deskWhistleblower, quietly } from '@sotto/testkit/desk';
import { administratorPassword, foundSite, recipientPassword } from '@sotto/testkit/founded-site';
import { discard } from '@sotto/testkit/server-process';
import type { Page } from 'puppeteer-core';
import { buildWeb } from '../../build.ts';
import { firstViewWords } from '../../src/words/en-first-view.ts';
import { memberWords } from '../../src/words/en-member.ts';
import { sharedWords } from '../../src/words/en-shared.ts';
import { whistleblowerWords } from '../../src/words/en-whistleblower.ts';
import { arriveAt, press, read, textOf, write } from './person.ts';

const { siteKey } = memberWords;

before(() => buildWeb());

for (const browserName of browserNames)
  test(`an administrator changes the key; member, returning whistleblower and who has an old link are told in ${browserName}`, async () => {
    const site = await foundSite();
    try {
      const { origin } = site.server;
      const filing = deskWhistleblower(origin);
      await filing.openSite(site.siteKey);
      const { receipt } = await filing.submit(site.channelId, { title: 'Barrels', story: 'There.' }, quietly);
      await using browser = await launchBrowser(browserName, {});
      const administrator = await browser.newPage();
      const [before, now] = await changeKey(administrator.page, origin);
      const member = await browser.newPage();
      await signIn(member.page, origin, 'ruth', recipientPassword);
      await read(member.page, siteKey.changed);
      const told = await textOf(member.page, 'sotto-news');
      for (const fingerprint of [before, now])
        assert.ok(told.includes(fingerprint), 'both are there to compare');
      await press(member.page, memberWords.escrow.seen);
      await member.page.waitForSelector('sotto-news section', { hidden: true });
      const visitor = await browser.newPage();
      await visitor.page.goto(`${origin}/#${site.siteKey}`);
      await read(visitor.page, firstViewWords.home.keyChecks.succeeded);
      await comeBack(visitor.page, receipt);
      for (const watched of [administrator, member, visitor]) nothingWrong(watched);
    } finally {
      await discard(site.server);
    }
  });

async function signIn(page: Page, origin: string, userName: string, password: string): Promise<void> {
  await page.goto(`${origin}/login`);
  await arriveAt(page, memberWords.signIn.title);
  await write(page, '#user-name', userName);
  await write(page, '#password', password);
  await press(page, memberWords.signIn.submit);
}

/** @returns fingerprints before and after, without their spaces. */
async function changeKey(page: Page, origin: string): Promise<readonly [string, string]> {
  await signIn(page, origin, 'ada', administratorPassword);
  await arriveAt(page, memberWords.people.title);
  await press(page, memberWords.navigation.settings);
  await read(page, siteKey.alone);
  const before = await textOf(page, 'sotto-site-key-settings .fingerprint');
  await press(page, siteKey.change);
  await press(page, siteKey.changeAsk.go);
  await page.waitForFunction(
    (old) =>
      document.querySelector('sotto-site-key-settings .fingerprint')?.textContent.replaceAll(/\s/g, '') !==
      old,
    {},
    before,
  );
  return [before, await textOf(page, 'sotto-site-key-settings .fingerprint')];
}

async function comeBack(page: Page, receipt: string): Promise<void> {
  await press(page, firstViewWords.home.return);
  await write(page, '#receipt', receipt);
  await press(page, whistleblowerWords.return.open);
  await arriveAt(page, whistleblowerWords.report.title);
  await read(page, sharedWords.warnings['site-key-changed']);
}

function nothingWrong({ complaints }: WatchedPage): void {
  assert.deepEqual(complaints, { errors: [], violations: [] });
}
