/** A forgotten password from the person's side (S10): an administrator sets up mail, the link comes by it, the recovery key opens. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browserNames, launchBrowser, type WatchedPage } from '@sotto/testkit/browsers';
import { administratorPassword, type FoundedSite, foundSite } from '@sotto/testkit/founded-site';
import {
  type Authority,
  fragmentOf,
  type MailServer,
  makeAuthority,
  startMailServer,
} from '@sotto/testkit/mail-server';
import { discard } from '@sotto/testkit/server-process';
import type { Page } from 'puppeteer-core';
import { buildWeb } from '../../build.ts';
import { memberWords } from '../../src/words/en-member.ts';
import { memberErrorWords } from '../../src/words/en-member-errors.ts';
import { arriveAt, choose, press, read, textOf, write } from './person.ts';

const login = { userName: 'sotto', password: 'quiet mail 7' };
const address = 'Ruth@example.org';
const { mail: words, recovery } = memberWords;

let authority: Authority;
let mail: MailServer;
let site: FoundedSite;
/** Of the recipient, as it was shown last. */
let recoveryKey: string;
let mailIsSet = false;

before(async () => {
  await buildWeb();
  authority = await makeAuthority();
  mail = await startMailServer({ authority, security: 'tls', login });
  site = await foundSite({ environment: { NODE_EXTRA_CA_CERTS: authority.path } });
  ({ recoveryKey } = site);
});
after(async () => {
  await discard(site.server);
  await mail.stop();
  await authority.discard();
});

for (const browserName of browserNames)
  test(`a password is forgotten and set anew by mail and recovery key in ${browserName}, and the link leaves the address at once`, async () => {
    await using browser = await launchBrowser(browserName, {});
    const administrator = await browser.newPage();
    await signIn(administrator.page, 'ada', administratorPassword);
    await setUpMail(administrator.page);
    const sent = mail.taken.length;
    const member = await browser.newPage();
    await askForLink(member.page, 'nobody.here');
    await press(member.page, recovery.asked.again);
    await askForLink(member.page, mailIsSet ? 'ruth' : address.toLowerCase());
    mailIsSet = true;
    const [taken] = (await mail.waitFor(sent + 1)).slice(sent);
    assert.ok(taken);
    assert.deepEqual(taken.to, [address], 'who is not known is sent nothing, and the answer was the same');
    await setAnew(member.page, fragmentOf(taken), `${browserName}-River-Lantern-9`);
    await useLinkAgain(member.page, fragmentOf(taken));
    await signIn(member.page, 'ruth', `${browserName}-River-Lantern-9`);
    await arriveAt(member.page, memberWords.list.title);
    for (const watched of [administrator, member]) nothingWrong(watched);
  });

async function open(page: Page, fragment: string): Promise<void> {
  // Only another document reads a fragment.
  await page.goto('about:blank');
  await page.goto(`${site.server.origin}/login${fragment}`);
}

async function signIn(page: Page, userName: string, password: string): Promise<void> {
  await page.bringToFront();
  await open(page, '');
  await arriveAt(page, memberWords.signIn.title);
  await write(page, '#user-name', userName);
  await write(page, '#password', password);
  await press(page, memberWords.signIn.submit);
}

/** The first time with a wrong password, which the test mail finds. */
async function setUpMail(page: Page): Promise<void> {
  await arriveAt(page, memberWords.people.title);
  await press(page, memberWords.navigation.settings);
  await arriveAt(page, words.title);
  if (mailIsSet) return;
  await read(page, words.none);
  await write(page, '#mail-host', '127.0.0.1');
  await choose(page, words.tls);
  await write(page, '#mail-port', String(mail.port));
  await write(page, '#mail-user', login.userName);
  await write(page, '#mail-password', 'not it');
  await write(page, '#mail-sender', 'no-reply@example.org');
  await press(page, words.save);
  await read(page, words.saved);
  await write(page, '#mail-to', 'ada@example.org');
  await press(page, words.testSubmit);
  await read(page, memberErrorWords('MAIL_LOGIN').happened);
  await write(page, '#mail-password', login.password);
  await press(page, words.save);
  await read(page, words.saved);
  await press(page, words.testSubmit);
  await read(page, words.tested);
  assert.deepEqual(mail.taken.at(-1)?.to, ['ada@example.org']);
  await setAddress(page);
}

async function setAddress(page: Page): Promise<void> {
  await press(page, memberWords.navigation.people);
  await press(page, `${words.change}: Ruth Lindqvist`);
  await write(page, 'sotto-person-address input', address);
  await press(page, words.save);
  await read(page, address);
}

async function askForLink(page: Page, name: string): Promise<void> {
  await page.bringToFront();
  if (page.url() === 'about:blank') {
    await open(page, '');
    await press(page, memberWords.signIn.forgotten);
  }
  await arriveAt(page, recovery.ask.title);
  await write(page, '#name-or-mail', name);
  await press(page, recovery.ask.submit);
  await arriveAt(page, recovery.asked.title);
}

/** Opens the link, types a wrong recovery key and then the true one, and sets the password. */
async function setAnew(page: Page, fragment: string, password: string): Promise<void> {
  await open(page, `#${fragment}`);
  await arriveAt(page, recovery.key.title);
  assert.equal(page.url(), `${site.server.origin}/login`, 'the secret has left the address');
  await write(page, '#recovery-key', 'not a recovery key');
  await press(page, recovery.key.submit);
  await read(page, memberErrorWords('RECOVERY_KEY_MALFORMED').happened);
  await write(page, '#recovery-key', site.administratorRecoveryKey);
  await press(page, recovery.key.submit);
  await read(page, memberErrorWords('WRONG_CREDENTIAL').happened);
  await write(page, '#recovery-key', recoveryKey.toLowerCase());
  await press(page, recovery.key.submit);
  await arriveAt(page, recovery.password.title('Ruth Lindqvist'));
  await write(page, '#password', password);
  await write(page, '#repeated', password);
  await press(page, recovery.password.submit);
  await arriveAt(page, memberWords.recoveryKey.title);
  const shown = await textOf(page, `[aria-label="${memberWords.recoveryKey.label}"] .secret`);
  assert.match(shown, /^[A-Z2-7]{56}$/);
  assert.notEqual(shown, recoveryKey.replaceAll(/\s/g, ''), 'the recovery key is a new one');
  recoveryKey = shown;
  await choose(page, memberWords.recoveryKey.saved);
  await press(page, memberWords.recoveryKey.done);
  await arriveAt(page, memberWords.list.title);
  await press(page, memberWords.signOut);
  await read(page, memberWords.signIn.signedOut);
}

async function useLinkAgain(page: Page, fragment: string): Promise<void> {
  await open(page, `#${fragment}`);
  await read(page, memberErrorWords('LINK_ENDED').happened);
}

function nothingWrong({ complaints }: WatchedPage): void {
  assert.deepEqual(complaints, { errors: [], violations: [] });
}
