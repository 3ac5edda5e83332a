/** Hostile names, answers and comments are shown as text, in real browsers: nothing of them runs, loads or misleads. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browserNames, launchBrowser, type WatchedPage } from '@sotto/testkit/browsers';
import { deskMember, deskWhistleblower, quietly } from '@sotto/testkit/desk';
import { type FoundedSite, foundSite, recipientPassword } from '@sotto/testkit/founded-site';
import { discard } from '@sotto/testkit/server-process';
import { buildWeb } from '../../build.ts';
import { firstViewWords } from '../../src/words/en-first-view.ts';
import { memberWords } from '../../src/words/en-member.ts';
import { sharedWords } from '../../src/words/en-shared.ts';
import { arriveAt, press, read, write } from './person.ts';

/** Each would do something if it were anything but text. */
const hostile = {
  title: '<img src=x onerror=alert(1)> {{constructor.name}}',
  story: `<script>document.title = 'run'</script><iframe srcdoc="<b>x</b>"></iframe>\n${'64 KiB '.repeat(9_000)}`,
  comment: '</p><style>*{display:none}</style><a href="javascript:alert(1)">x</a> \u202eright to left',
  fileName: 'photo\u202egpj.exe"><svg onload=alert(1)>',
  person: '<b onmouseover=alert(1)>Eve</b> \u202eevE',
} as const;

let site: FoundedSite;

before(async () => {
  await buildWeb();
  site = await foundSite();
  const { administrator, server, channelId, recipientView } = site;
  const { activationLink, overview } = await administrator.invite({
    userName: 'eve',
    name: hostile.person,
    roles: ['recipient'],
  });
  const eve = overview.people.find(({ userName }) => userName === 'eve');
  await deskMember(server.origin).activate(
    activationLink.split('#activate=')[1] ?? '',
    recipientPassword,
    quietly,
  );
  await administrator.setRecipients(channelId, [recipientView.id, eve?.id ?? '']);

  const whistleblower = deskWhistleblower(server.origin);
  await whistleblower.openSite(null);
  const content = new Blob(['MZ']);
  const file = { name: hostile.fileName, type: 'text/html', content };
  await whistleblower.attachToDraft(crypto.randomUUID(), file, quietly);
  await whistleblower.submit(channelId, { title: hostile.title, story: hostile.story }, quietly);
  await whistleblower.comment(hostile.comment);
});
after(() => discard(site.server));

for (const browserName of browserNames) {
  test(`a recipient sees a hostile report as text in ${browserName}`, async () => {
    await using browser = await launchBrowser(browserName);
    const watched = await browser.newPage();
    const { page } = watched;
    await page.goto(`${site.server.origin}/login`);
    await write(page, '#user-name', 'ruth');
    await write(page, '#password', recipientPassword);
    await press(page, memberWords.signIn.submit);
    await press(page, hostile.title);
    await arriveAt(page, hostile.title);
    await read(page, hostile.comment);
    await read(page, sharedWords.conversation.title);
    const shown = await page.evaluate(() => document.querySelector('main')?.textContent ?? '');
    for (const text of [hostile.story, hostile.comment, hostile.person]) assert.ok(shown.includes(text));
    assert.ok(!shown.includes(hostile.fileName), 'the mark that turns the name round is made visible');
    assert.ok(shown.includes(hostile.fileName.replace('\u202e', '\ufffd')));
    await nothingRan(watched);
  });

  test(`a whistleblower sees a hostile recipient's name as text in ${browserName}`, async () => {
    await using browser = await launchBrowser(browserName);
    const watched = await browser.newPage();
    const { page } = watched;
    await page.goto(site.server.origin);
    await press(page, firstViewWords.home.write);
    await read(page, hostile.person);
    await nothingRan(watched);
  });
}

async function nothingRan({ page, complaints }: WatchedPage): Promise<void> {
  const found = await page.evaluate(() => ({
    elements: document.querySelectorAll('main :is(img, script, iframe, style, svg, b, a[href^=javascript])')
      .length,
    title: document.title,
    // A page that is wider than the screen would have been widened by somebody else's words.
    wider: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));
  assert.deepEqual(found, { elements: 0, title: 'Sotto', wider: 0 });
  assert.deepEqual(complaints, { errors: [], violations: [] });
}
