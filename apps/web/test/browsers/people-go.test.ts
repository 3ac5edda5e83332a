/** People who go, from their side: out at once when disabled, and their reports handed over before. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { browserNames, launchBrowser } from '@sotto/testkit/browsers';
import { deskMember, deskWhistleblower, quietly } from '@sotto/testkit/desk';
import {
  administratorPassword,
  type FoundedSite,
  foundSite,
  recipientPassword,
} from '@sotto/testkit/founded-site';
import { discard } from '@sotto/testkit/server-process';
import type { Page } from 'puppeteer-core';
import { buildWeb } from '../../build.ts';
import { firstViewWords } from '../../src/words/en-first-view.ts';
import { memberWords } from '../../src/words/en-member.ts';
import { memberErrorWords } from '../../src/words/en-member-errors.ts';
import { whistleblowerWords } from '../../src/words/en-whistleblower.ts';
import { arriveAt, choose, press, read, textOf, write } from './person.ts';

const title = 'Barrels without papers';
const colleaguePassword = 'Slow-Harvest-4-bucket';
const { leaving } = memberWords;

before(() => buildWeb());

for (const browserName of browserNames)
  test(`who is disabled while signed in is out at once, is told so at the door, and loses nothing in ${browserName}`, async () => {
    const site = await foundSite();
    try {
      await addReport(site);
      await using browser = await launchBrowser(browserName, {});
      const [administrator, member] = [await browser.newPage(), await browser.newPage()];
      await member.page.bringToFront();
      await signIn(member.page, site, 'ruth', recipientPassword);
      await press(member.page, title);
      await arriveAt(member.page, title);
      await write(member.page, '#message-text', 'Half a sentence');

      await administrator.page.bringToFront();
      await signIn(administrator.page, site, 'ada', administratorPassword);
      await press(administrator.page, `${leaving.disable}: Ruth Lindqvist`);
      await read(administrator.page, leaving.disableAsk.unread(['Safety at work']));
      await press(administrator.page, leaving.disableAsk.go);
      await read(administrator.page, memberWords.people.disabled);

      await member.page.bringToFront();
      await press(member.page, memberWords.report.back);
      await arriveAt(member.page, memberWords.signIn.title);
      await fillIn(member.page, 'ruth', recipientPassword);
      await read(member.page, memberErrorWords('ACCOUNT_DISABLED').happened);

      await administrator.page.bringToFront();
      await press(administrator.page, `${leaving.enable}: Ruth Lindqvist`);
      await read(administrator.page, leaving.disable);
      await member.page.bringToFront();
      await fillIn(member.page, 'ruth', recipientPassword);
      await read(member.page, title);
      assert.deepEqual(member.complaints.violations, []);
      assert.deepEqual(administrator.complaints, { errors: [], violations: [] });
    } finally {
      await discard(site.server);
    }
  });

test('a recipient hands reports over and is deleted; the colleague and the whistleblower go on', async () => {
  const site = await foundSite();
  try {
    const receipt = await addReport(site);
    await addColleague(site);
    await using browser = await launchBrowser('chromium', {});
    const [administrator, member, visitor] = [
      await browser.newPage(),
      await browser.newPage(),
      await browser.newPage(),
    ];
    await administrator.page.bringToFront();
    await signIn(administrator.page, site, 'ada', administratorPassword);
    await press(administrator.page, `${leaving.delete}: Ruth Lindqvist`);
    await press(administrator.page, leaving.deleteAsk.go);
    await read(administrator.page, leaving.alone.title('Ruth Lindqvist'));
    await press(administrator.page, leaving.alone.stay);

    await member.page.bringToFront();
    await signIn(member.page, site, 'ruth', recipientPassword);
    await read(member.page, title);
    await member.page.locator('sotto-hand-over summary').click();
    await choose(member.page, 'Omar Haddad');
    await press(member.page, leaving.handOverGo);
    await read(member.page, leaving.handedOver('Omar Haddad', 1, 0));

    await administrator.page.bringToFront();
    await press(administrator.page, `${leaving.delete}: Ruth Lindqvist`);
    await press(administrator.page, leaving.deleteAsk.go);
    await administrator.page.waitForFunction(
      () => !(document.querySelector('main')?.textContent ?? '').includes('Ruth Lindqvist'),
    );

    await visitor.page.bringToFront();
    await visitor.page.goto(site.server.origin);
    await press(visitor.page, firstViewWords.home.return);
    await write(visitor.page, '#receipt', receipt);
    await press(visitor.page, whistleblowerWords.return.open);
    await arriveAt(visitor.page, whistleblowerWords.report.title);
    assert.match(await textOf(visitor.page, 'main'), /OmarHaddad/);
    for (const { complaints } of [administrator, member, visitor])
      assert.deepEqual(complaints.violations, []);
  } finally {
    await discard(site.server);
  }
});

test('a recipient who is to administer as well signs in again, and has both rooms; the receiving taken away, only the one', async () => {
  const site = await foundSite();
  try {
    await using browser = await launchBrowser('chromium', {});
    const [administrator, member] = [await browser.newPage(), await browser.newPage()];
    await member.page.bringToFront();
    await signIn(member.page, site, 'ruth', recipientPassword);
    await arriveAt(member.page, memberWords.list.title);

    await administrator.page.bringToFront();
    await signIn(administrator.page, site, 'ada', administratorPassword);
    await press(administrator.page, `${leaving.roles.change}: Ruth Lindqvist`);
    await choose(administrator.page, memberWords.roles.administrator);
    await read(administrator.page, leaving.roles.comes.administrator);
    await press(administrator.page, memberWords.people.save);
    await read(administrator.page, `${memberWords.roles.administrator}, ${memberWords.roles.recipient}`);

    await member.page.bringToFront();
    await press(member.page, memberWords.navigation.reports);
    await arriveAt(member.page, memberWords.signIn.title);
    await fillIn(member.page, 'ruth', recipientPassword);
    await arriveAt(member.page, memberWords.list.title);
    await press(member.page, memberWords.people.title);
    await arriveAt(member.page, memberWords.people.title);

    await administrator.page.bringToFront();
    await press(administrator.page, `${leaving.roles.change}: Ruth Lindqvist`);
    await choose(administrator.page, memberWords.roles.recipient);
    await read(administrator.page, leaving.deleteAsk.closed(['Safety at work']));
    await press(administrator.page, memberWords.people.save);
    await read(administrator.page, memberWords.people.nobody);

    await member.page.bringToFront();
    await signIn(member.page, site, 'ruth', recipientPassword);
    await arriveAt(member.page, memberWords.people.title);
    for (const { complaints } of [administrator, member]) assert.deepEqual(complaints.violations, []);
  } finally {
    await discard(site.server);
  }
});

async function addReport(site: FoundedSite): Promise<string> {
  const whistleblower = deskWhistleblower(site.server.origin);
  await whistleblower.openSite(site.siteKey);
  const { receipt } = await whistleblower.submit(site.channelId, { title, story: 'All of it.' }, quietly);
  return receipt;
}

async function addColleague(site: FoundedSite): Promise<void> {
  const invitation = { userName: 'omar', name: 'Omar Haddad', roles: ['recipient' as const] };
  const { activationLink } = await site.administrator.invite(invitation);
  const fragment = activationLink.split('#activate=')[1] ?? '';
  await deskMember(site.server.origin).activate(fragment, colleaguePassword, quietly);
}

async function signIn(
  page: Page,
  { server }: FoundedSite,
  userName: string,
  password: string,
): Promise<void> {
  await page.goto(`${server.origin}/login`);
  await fillIn(page, userName, password);
}

async function fillIn(page: Page, userName: string, password: string): Promise<void> {
  await write(page, '#user-name', userName);
  await write(page, '#password', password);
  await press(page, memberWords.signIn.submit);
}
