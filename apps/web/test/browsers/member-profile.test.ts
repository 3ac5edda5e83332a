/**
 * Traces of a member on the device: what was in the tab for a reload, and what the profile still holds afterwards, opens nothing once
 * the session has ended, by signing out or elsewhere; and no word of a report is in the profile.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { sightingsInProfile } from '@sotto/testkit/browser-profile';
import { browserNames, launchBrowser } from '@sotto/testkit/browsers';
import { makeCanary, makeCanarySearch } from '@sotto/testkit/canaries';
import { deskMember, deskWhistleblower, quietly } from '@sotto/testkit/desk';
import { type FoundedSite, foundSite, recipientPassword } from '@sotto/testkit/founded-site';
import { serverAt } from '@sotto/testkit/prepared-report';
import { discard } from '@sotto/testkit/server-process';
import type { Page } from 'puppeteer-core';
import { buildWeb } from '../../build.ts';
import { memberWords } from '../../src/words/en-member.ts';
import { arriveAt, press, read, write } from './person.ts';

const title = makeCanary('title');
const story = makeCanary('story');

before(() => buildWeb());

for (const browserName of browserNames)
  test(`what a member's tab held opens nothing after the session, and no word of a report is in the profile of ${browserName}`, async () => {
    const site = await foundSite();
    try {
      const whistleblower = deskWhistleblower(site.server.origin);
      await whistleblower.openSite(site.siteKey);
      await whistleblower.submit(site.channelId, { title: title.text, story: story.text }, quietly);
      await using browser = await launchBrowser(browserName);
      const { page } = await browser.newPage();

      await signInAndRead(page, site);
      const signedOut = await tabOf(page);
      const ask = () => serverAt(site.server.origin).call('sessions', { session: signedOut.session });
      assert.equal((await ask()).sessions.filter(({ current }) => current).length, 1, 'it lives until then');
      await press(page, memberWords.signOut);
      await arriveAt(page, memberWords.signIn.title);
      assert.deepEqual(await page.evaluate(() => ({ ...sessionStorage, ...localStorage })), {});
      await assert.rejects(ask(), { code: 'SESSION_ENDED' });
      assert.equal(await deskMember(site.server.origin).resume(signedOut), null);

      // The browser is ended as it is, signed in; the session is ended from elsewhere.
      await signInAndRead(page, site);
      const left = await tabOf(page);
      await browser.end();
      await site.recipient.signIn('ruth', recipientPassword, quietly);
      await site.recipient.endSessions();
      assert.equal(await deskMember(site.server.origin).resume(left), null);
      const search = makeCanarySearch([title, story, { name: 'password', text: recipientPassword }]);
      assert.deepEqual(await sightingsInProfile(search, browser.profile), []);
    } finally {
      await discard(site.server);
    }
  });

async function signInAndRead(page: Page, { server }: FoundedSite): Promise<void> {
  await page.goto(`${server.origin}/login`);
  await write(page, '#user-name', 'ruth');
  await write(page, '#password', recipientPassword);
  await press(page, memberWords.signIn.submit);
  await press(page, title.text);
  await arriveAt(page, title.text);
  await read(page, story.text);
}

/** What is in the tab for a reload (S3). */
async function tabOf(page: Page): Promise<{ session: string; key: string }> {
  const kept = await page.evaluate(() => ({ ...sessionStorage, ...localStorage }));
  assert.deepEqual(Object.keys(kept), ['tab']);
  // why: asserted just below
  const tab = JSON.parse(String(kept['tab'])) as { session: string; key: string };
  assert.match(`${tab.session} ${tab.key}`, /^[\w-]{43} [\w-]{43}$/);
  return tab;
}
