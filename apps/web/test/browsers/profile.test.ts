/**
 * Traces on the device: a whistleblower files a report, comes back, reads and answers in a real browser, and leaves. The
 * profile then holds no word of it and nothing that opens anything; the history has one entry, the address that was opened.
 * A careless page in the same browser shows that the search finds what a browser does keep. (A file that a person saves is
 * on their device because they wanted it there, and is no part of this.)
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { historyOf, keptFor, sightingsInProfile } from '@sotto/testkit/browser-profile';
import { type BrowserName, browserNames, launchBrowser } from '@sotto/testkit/browsers';
import { makeByteSearch } from '@sotto/testkit/byte-search';
import { type Canary, makeCanary, makeCanarySearch } from '@sotto/testkit/canaries';
import { foundSite } from '@sotto/testkit/founded-site';
import { startRecordingProxy } from '@sotto/testkit/recording-proxy';
import { discard } from '@sotto/testkit/server-process';
import type { Page } from 'puppeteer-core';
import { firstViewWords } from '../../src/words/en-first-view.ts';
import { sharedWords } from '../../src/words/en-shared.ts';
import { whistleblowerWords } from '../../src/words/en-whistleblower.ts';
import { type CarelessWords, carelessHost, visitCarelessPage } from './careless-page.ts';
import { arriveAt, choose, pickFile, press, read, textOf, write } from './person.ts';

/** Firefox writes its session every fifteen seconds, Chromium its database of storage within a minute; in milliseconds. */
const browserPatience = 120_000;

const planted = {
  title: makeCanary('title'),
  story: makeCanary('story'),
  where: makeCanary('where'),
  fileName: makeCanary('file name'),
  fileContent: makeCanary('file content'),
  question: makeCanary('question of the recipient'),
  reply: makeCanary('reply'),
};

for (const browserName of browserNames) {
  test(`after the whole story the profile of ${browserName} holds no word of it, one history entry and nothing that opens anything`, () =>
    tellAndSearch(browserName));
}

async function tellAndSearch(browserName: BrowserName): Promise<void> {
  const site = await foundSite();
  const proxy = await startRecordingProxy(site.server.origin);
  const folder = await mkdtemp(join(tmpdir(), 'sotto-profile-'));
  await using browser = await launchBrowser(browserName);
  try {
    const published = `${proxy.origin}/#${site.siteKey}`;
    const { page, complaints } = await browser.newPage();
    const receipt = await fileReport(page, published, folder);
    const { rows } = await site.recipient.reports(null);
    await site.recipient.comment(rows[0]?.id ?? '', planted.question.text);
    await comeBack(page, receipt);
    assert.deepEqual(complaints, { errors: [], violations: [] });

    const secrets = [...secretsOnWire(proxy.recorded()), ...receiptsOf(receipt)];
    const search = makeCanarySearch([...Object.values(planted), ...secrets]);
    const keys = makeByteSearch(secrets.flatMap(({ name, text }) => rawKey(name, text)));
    const words = await visitCarelessPage((await browser.newPage()).page);
    await untilAllAreFound(words, browser.profile);
    for (const one of [search, keys])
      assert.deepEqual(await sightingsInProfile(one, browser.profile), [], 'while the browser runs');
    await browser.end();
    for (const one of [search, keys])
      assert.deepEqual(await sightingsInProfile(one, browser.profile), [], 'when the browser has ended');
    const { hostname, origin } = new URL(proxy.origin);
    assert.deepEqual(historyOf(browserName, browser.profile, origin), [published]);
    assert.deepEqual(await keptFor(browserName, browser.profile, hostname), []);
    const kept = await keptFor(browserName, browser.profile, carelessHost);
    assert.ok(kept.length >= 2 && kept.includes('cookie kept'), `of the careless page: ${kept}`);
  } finally {
    await proxy.close();
    await discard(site.server);
    await rm(folder, { recursive: true });
  }
}

/** Once what a careless page left is written, a browser has had the time to write what the story left before it. */
async function untilAllAreFound(words: CarelessWords, profile: string): Promise<void> {
  const search = makeCanarySearch(Object.values(words));
  const deadline = Date.now() + browserPatience;
  for (;;) {
    const found = (await sightingsInProfile(search, profile)).join('\n');
    const missing = Object.values(words).filter(({ name }) => !found.includes(`: ${name} as `));
    if (missing.length === 0) return;
    const names = missing.map(({ name }) => name).join(', ');
    assert.ok(
      Date.now() < deadline,
      `the search does not find what a careless page left ${names}:\n${found}`,
    );
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** @returns the receipt, as shown. */
async function fileReport(page: Page, published: string, folder: string): Promise<string> {
  const file = join(folder, `${planted.fileName.text}.txt`);
  await writeFile(file, `${planted.fileContent.text}\n`.repeat(500));
  await page.goto(published);
  await read(page, firstViewWords.home.keyChecks.matched);
  await press(page, firstViewWords.home.write);
  await press(page, 'Safety at work');
  await write(page, '#question-title', planted.title.text);
  await write(page, '#question-story', planted.story.text);
  await press(page, sharedWords.next);
  await arriveAt(page, 'When and where');
  await write(page, '#question-where', planted.where.text);
  await press(page, sharedWords.next);
  await arriveAt(page, 'Who knows');
  await press(page, sharedWords.next);
  await arriveAt(page, 'Files');
  await pickFile(page, file);
  await read(page, sharedWords.files.sent);
  await press(page, sharedWords.next);
  await arriveAt(page, whistleblowerWords.review.title);
  await press(page, whistleblowerWords.review.send);
  await arriveAt(page, whistleblowerWords.receipt.title);
  const receipt = await textOf(page, `[aria-label="${whistleblowerWords.receipt.label}"] .secret`);
  await choose(page, whistleblowerWords.receipt.saved);
  await press(page, whistleblowerWords.receipt.done);
  await arriveAt(page, firstViewWords.home.title);
  return receipt;
}

async function comeBack(page: Page, receipt: string): Promise<void> {
  await press(page, firstViewWords.home.return);
  await write(page, '#receipt', receipt.replaceAll(/(.{4})/g, '$1 '));
  await press(page, whistleblowerWords.return.open);
  await arriveAt(page, whistleblowerWords.report.title);
  await read(page, planted.question.text);
  await write(page, '#message-text', planted.reply.text);
  await press(page, sharedWords.conversation.send);
  await read(page, planted.reply.text);
  await press(page, whistleblowerWords.report.leave);
  await arriveAt(page, firstViewWords.home.title);
}

/** What opens something, as it was seen on the wire: sessions, and what authenticates. */
function secretsOnWire(wire: Buffer): Canary[] {
  const text = wire.toString('latin1');
  const sessions = [...text.matchAll(/^x-session: ([\w-]{43})/gim)].map(([, id = '']) => id);
  const proofs = [...text.matchAll(/"(?:authKey|credential|check)":"([\w-]{43})"/g)].map(
    ([, key = '']) => key,
  );
  assert.ok(
    sessions.length >= 2 && proofs.length >= 3,
    'two sessions, a check value, a credential and its use',
  );
  const named = (name: string, found: readonly string[]) =>
    [...new Set(found)].map((one) => ({ name, text: one }));
  return [...named('session id', sessions), ...named('proof of a credential', proofs)];
}

/** As it is typed and as it is shown. */
function receiptsOf(digits: string): Canary[] {
  return [
    { name: 'receipt', text: digits },
    { name: 'receipt in groups', text: digits.replaceAll(/(\d{4})(?=\d)/g, '$1 ') },
  ];
}

/** Keys travel as text; a browser could keep their bytes. */
function rawKey(name: string, text: string): { name: string; bytes: Uint8Array }[] {
  return text.length === 43 ? [{ name: `${name}, its bytes`, bytes: Buffer.from(text, 'base64url') }] : [];
}
