/** Escrow from the persons' side (S11): everything is lost, an administrator lets somebody back in, and nobody does it in silence. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { browserNames, launchBrowser, type WatchedPage } from '@sotto/testkit/browsers';
import { deskWhistleblower, quietly } from '@sotto/testkit/desk';
import { administratorPassword, type FoundedSite, foundSite } from '@sotto/testkit/founded-site';
import { discard } from '@sotto/testkit/server-process';
import type { Page } from 'puppeteer-core';
import { buildWeb } from '../../build.ts';
import { firstViewWords } from '../../src/words/en-first-view.ts';
import { memberWords } from '../../src/words/en-member.ts';
import { arriveAt, choose, press, read, textOf, write } from './person.ts';

const password = 'Third-Cellar-8-garden';
const title = 'Barrels without papers';
const { escrow } = memberWords;

before(() => buildWeb());

for (const browserName of browserNames)
  test(`who lost password and recovery key is let back in, reads their report and is told who did it in ${browserName}`, async () => {
    const site = await foundSite({ escrow: true });
    try {
      const whistleblower = deskWhistleblower(site.server.origin);
      await whistleblower.openSite(site.siteKey);
      await whistleblower.submit(site.channelId, { title, story: 'It was all there.' }, quietly);
      await using browser = await launchBrowser(browserName, {});
      const [administrator, member, visitor] = [
        await browser.newPage(),
        await browser.newPage(),
        await browser.newPage(),
      ];
      await visitor.page.goto(site.server.origin);
      await read(visitor.page, firstViewWords.home.escrow(['Ada Brook']));
      const link = await letBack(administrator.page, site);
      await comeBack(member.page, link);
      await turnOff(administrator.page);
      await visitor.page.bringToFront();
      await visitor.page.reload();
      await arriveAt(visitor.page, firstViewWords.home.title);
      assert.doesNotMatch(await textOf(visitor.page, 'main'), /AdaBrook/);
      await readNews(member.page);
      for (const watched of [administrator, member, visitor]) nothingWrong(watched);
    } finally {
      await discard(site.server);
    }
  });

/** @returns the link to hand over. */
async function letBack(page: Page, { server }: FoundedSite): Promise<string> {
  await page.bringToFront();
  await page.goto(`${server.origin}/login`);
  await write(page, '#user-name', 'ada');
  await write(page, '#password', administratorPassword);
  await press(page, memberWords.signIn.submit);
  await arriveAt(page, memberWords.people.title);
  await press(page, `${escrow.letBack}: Ruth Lindqvist`);
  await press(page, escrow.letBackAsk.go);
  await read(page, memberWords.links.text);
  return await textOf(page, `[aria-label="${memberWords.links.label}"] .secret`);
}

async function comeBack(page: Page, link: string): Promise<void> {
  await page.bringToFront();
  await page.goto(link);
  await read(page, escrow.returnLead('Ruth Lindqvist'));
  assert.equal(new URL(page.url()).hash, '', 'the secret has left the address');
  await write(page, '#password', password);
  await write(page, '#repeated', password);
  await press(page, memberWords.activation.submit);
  await arriveAt(page, memberWords.recoveryKey.title);
  await choose(page, memberWords.recoveryKey.saved);
  await press(page, memberWords.recoveryKey.done);
  await read(page, escrow.notices['escrow-used']('Ada Brook'));
  await press(page, escrow.seen);
  await press(page, title);
  await arriveAt(page, title);
  await read(page, 'It was all there.');
}

async function turnOff(page: Page): Promise<void> {
  await page.bringToFront();
  await press(page, memberWords.navigation.settings);
  await read(page, escrow.on(['Ada Brook']));
  await press(page, escrow.turnOff);
  await press(page, escrow.askOff.go);
  await read(page, escrow.off);
}

/** What was read before is not told again; that nobody can open anything any more is. */
async function readNews(page: Page): Promise<void> {
  await page.bringToFront();
  await page.reload();
  await read(page, escrow.notices['escrow-off']('Ada Brook'));
  const shown = await textOf(page, 'sotto-news');
  assert.doesNotMatch(shown, new RegExp(escrow.notices['escrow-used']('Ada Brook').replaceAll(/\s/g, '')));
}

function nothingWrong({ complaints }: WatchedPage): void {
  assert.deepEqual(complaints, { errors: [], violations: [] });
}
