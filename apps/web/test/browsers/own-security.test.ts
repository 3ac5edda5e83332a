/**
 * A member's own security, from their side, in real browsers against a real server: the first login with the meter, a recovery key
 * that is tried, a second factor with oathtool in the telephone's place, and a year later a new password. The server's clock
 * stands where a scene wants it, so that no code is ever too late.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { browserNames, launchBrowser } from '@sotto/testkit/browsers';
import { foundSite } from '@sotto/testkit/founded-site';
import { oathCode } from '@sotto/testkit/oathtool';
import { discard, startServer } from '@sotto/testkit/server-process';
import type { Page } from 'puppeteer-core';
import { buildWeb } from '../../build.ts';
import { memberWords } from '../../src/words/en-member.ts';
import { memberErrorWords } from '../../src/words/en-member-errors.ts';
import { arriveAt, choose, press, read, textOf, write } from './person.ts';

const firstDay = Date.UTC(2026, 10, 25, 9);
const codeLife = 30_000;
const aYearLater = firstDay + 366 * 24 * 60 * 60 * 1000;
const nextPassword = 'Another-river-8-lantern';

before(() => buildWeb());

for (const browserName of browserNames)
  test(`a person chooses a strong password, tries their recovery key, sets a second factor, and a year later is asked for a new password, in ${browserName}`, async () => {
    const site = await foundSite({ clock: firstDay });
    let { server } = site;
    const invited = { userName: 'omar', name: 'Omar Haddad', roles: ['recipient'] as const };
    const { activationLink } = await site.administrator.invite(invited);
    await using browser = await launchBrowser(browserName);
    const { page, complaints } = await browser.newPage();
    try {
      await page.goto(server.origin + activationLink);
      const { password, recoveryKey } = await chooseByTheMeter(page);
      await tryRecoveryKey(page, recoveryKey);
      const secret = await setFactor(page, password);
      await signInWithCode(page, password, secret);
      await server.stop();
      server = await startServer({ home: server.home, clock: aYearLater });
      await page.goto(`${server.origin}/login`);
      await changeAfterAYear(page, password, secret);
      assert.deepEqual(complaints, { errors: [], violations: [] });
    } catch (cause) {
      throw new Error(`it ended early; the server wrote:\n${server.output()}`, { cause });
    } finally {
      await discard(server);
    }
  });

/** Too little is said and refused, as is what others would try, and a made-up passphrase is strong. */
async function chooseByTheMeter(page: Page): Promise<{ password: string; recoveryKey: string }> {
  const { password: words } = memberWords;
  await arriveAt(page, memberWords.activation.title('Harbour Office'));
  await write(page, '#password', 'harbour');
  await write(page, '#repeated', 'harbour');
  await read(page, words.strength.insecure);
  await read(page, words.lack.capitals);
  await press(page, memberWords.activation.submit);
  await read(page, words.insecure);
  // The site is called so: the word does not count.
  await write(page, '#password', 'Harbour2026');
  await read(page, words.lack['known-word']('harbour'));
  await write(page, '#password', 'Password123');
  await read(page, words.lack.common);
  await write(page, '#password', 'Riverbank27');
  await read(page, words.strength.acceptable);
  await press(page, words.makeUp);
  await read(page, words.strength.strong);
  const password = await page.$eval('#password', (field) =>
    field instanceof HTMLInputElement ? field.value : '',
  );
  assert.match(password, /^[A-Z][a-z]+(?:-[a-z]+){5}-[0-9]$/);
  await press(page, memberWords.activation.submit);
  await arriveAt(page, memberWords.recoveryKey.title);
  const recoveryKey = await textOf(page, `[aria-label="${memberWords.recoveryKey.label}"] .secret`);
  await choose(page, memberWords.recoveryKey.saved);
  await press(page, memberWords.recoveryKey.done);
  await arriveAt(page, memberWords.list.title);
  return { password, recoveryKey };
}

/** A key of which one letter is wrong is told; the right one works, and that is in sight from then on. */
async function tryRecoveryKey(page: Page, recoveryKey: string): Promise<void> {
  const { recoveryKey: words, security } = memberWords;
  await read(page, security.recoveryKey.untried);
  await press(page, memberWords.navigation.preferences);
  await arriveAt(page, memberWords.preferences.title);
  await press(page, words.tryNow);
  const wrong = (recoveryKey.startsWith('A') ? 'B' : 'A') + recoveryKey.slice(1);
  await write(page, '#recovery-key', wrong);
  await press(page, words.try);
  await read(page, memberErrorWords('RECOVERY_KEY_MALFORMED').happened);
  await write(page, '#recovery-key', recoveryKey.toLowerCase());
  await press(page, words.try);
  await read(page, words.works);
  await read(page, security.recoveryKey.tried('2026-11-25'));
}

/** @returns the key of the second factor, as it is typed into an authenticator. */
async function setFactor(page: Page, password: string): Promise<string> {
  const { factor: words } = memberWords;
  await press(page, words.open);
  await page.waitForSelector('.qr-code path');
  await page.locator('.steps summary').click();
  const secret = await textOf(page, `[aria-label="${words.secret}"] .secret`);
  assert.match(secret, /^[A-Z2-7]{32}$/);
  await write(page, '#code', oathCode(secret, firstDay));
  await write(page, '#present-password', password);
  await press(page, words.submit);
  await read(page, words.done);
  return secret;
}

/** The code that set the factor is used up; the next one opens. */
async function signInWithCode(page: Page, password: string, secret: string): Promise<void> {
  await press(page, memberWords.signOut);
  await signIn(page, password);
  await arriveAt(page, memberWords.code.title);
  await write(page, '#code', oathCode(secret, firstDay));
  await press(page, memberWords.signIn.submit);
  await read(page, memberErrorWords('WRONG_CODE').happened);
  await write(page, '#code', oathCode(secret, firstDay + codeLife));
  await press(page, memberWords.signIn.submit);
  await arriveAt(page, memberWords.list.title);
}

/** Nothing is shown before the password is changed; the present one is not taken for a new one. */
async function changeAfterAYear(page: Page, password: string, secret: string): Promise<void> {
  const { changePassword: words } = memberWords;
  await signIn(page, password);
  await arriveAt(page, memberWords.code.title);
  await write(page, '#code', oathCode(secret, aYearLater));
  await press(page, memberWords.signIn.submit);
  await arriveAt(page, memberWords.due.password);
  await change(page, password, password);
  await read(page, memberErrorWords('PASSWORD_UNCHANGED').happened);
  await change(page, password, nextPassword);
  await arriveAt(page, memberWords.list.title);
  await press(page, memberWords.navigation.preferences);
  await read(page, words.open);
}

async function change(page: Page, present: string, next: string): Promise<void> {
  await write(page, '#present-password', present);
  await write(page, '#password', next);
  await write(page, '#repeated', next);
  await press(page, memberWords.changePassword.submit);
}

async function signIn(page: Page, password: string): Promise<void> {
  await arriveAt(page, memberWords.signIn.title);
  await write(page, '#user-name', 'omar');
  await write(page, '#password', password);
  await press(page, memberWords.signIn.submit);
}
