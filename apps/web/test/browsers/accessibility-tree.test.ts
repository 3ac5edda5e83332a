/** The whole story as it is read from the accessibility tree: filing, receipt, a recipient's answer, the return, against a real server. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '@sotto/testkit/browsers';
import { type FoundedSite, foundSite, recipientPassword } from '@sotto/testkit/founded-site';
import { discard } from '@sotto/testkit/server-process';
import { buildWeb } from '../../build.ts';
import { errorWords } from '../../src/words/en-errors.ts';
import { firstViewWords } from '../../src/words/en-first-view.ts';
import { memberWords } from '../../src/words/en-member.ts';
import { sharedWords } from '../../src/words/en-shared.ts';
import { whistleblowerWords } from '../../src/words/en-whistleblower.ts';
import { type Reader, startReader } from './screen-reader.ts';

const title = 'Told without a screen';
const question = 'What does the list look like?';
const reply = 'A yellow form.';
let site: FoundedSite;

before(async () => {
  await buildWeb();
  site = await foundSite();
});
after(() => discard(site.server));

test('the story is told once from the accessibility tree alone: each view begins at its heading, and progress and errors are announced', async () => {
  await using browser = await launchBrowser('chromium');
  const whistleblower = await browser.newPage();
  const member = await browser.newPage();
  const reader = await startReader(whistleblower.page);
  const memberReader = await startReader(member.page);
  await whistleblower.page.bringToFront();
  await whistleblower.page.goto(site.server.origin);
  await fileReport(reader);
  const receipt = await keepReceipt(reader);
  await member.page.bringToFront();
  await member.page.goto(`${site.server.origin}/login`);
  await answerReport(memberReader);
  await whistleblower.page.bringToFront();
  await comeBack(reader, receipt);
  for (const { complaints } of [whistleblower, member])
    assert.deepEqual(complaints, { errors: [], violations: [] });
});

async function fileReport(reader: Reader): Promise<void> {
  const { channel, steps, review, sending } = whistleblowerWords;
  const { home, leaveQuickly } = firstViewWords;
  await reader.arriveAt(home.title);
  for (const landmark of ['banner', 'main']) await reader.find(landmark, '');
  await reader.find('button', leaveQuickly);
  await reader.activate('button', home.write);
  await reader.arriveAt(channel.title);
  const desk = await reader.find('button', 'Safety at work');
  assert.match(desk.name ?? '', /Read by.*Ruth Lindqvist/, 'who reads it is said before it is chosen');
  await reader.activate('button', 'Safety at work');
  await reader.arriveAt('What happened');
  assert(await reader.has('StaticText', steps(1, 4)));
  // To go on without an answer is announced, the first field that lacks one has the focus and says so.
  await reader.activate('button', sharedWords.next);
  await reader.hear(sharedWords.questions.summary(2));
  const line = await reader.find('textbox', 'In one line');
  assert.equal(line.focused, true);
  assert.equal(line.required, true);
  assert.equal(line.invalid, 'true');
  assert.match(line.description ?? '', new RegExp(sharedWords.questions.problems.missing));
  await reader.type('textbox', 'In one line', title);
  await reader.type('textbox', 'Tell what you saw', 'A story.');
  await reader.activate('button', sharedWords.next);
  await reader.arriveAt('When and where');
  await reader.find('group', 'Is it still going on?');
  await reader.activate('radio', 'Yes', 'Space');
  assert.equal((await reader.find('radio', 'Yes')).checked, true);
  await reader.activate('button', sharedWords.next);
  await reader.arriveAt('Who knows');
  await reader.activate('button', sharedWords.next);
  await reader.arriveAt('Files');
  await reader.find('button', sharedWords.files.choose);
  await reader.activate('button', sharedWords.next);
  await reader.arriveAt(review.title);
  await reader.find('heading', 'What happened');
  const changes = (await reader.readAll()).filter(
    ({ role, name }) => role === 'button' && name?.startsWith(review.change),
  );
  assert.match(changes.at(1)?.name ?? '', /What happened$/, 'what a button changes is in its name');
  await reader.activate('button', review.send);
  await reader.arriveAt(sending.title);
  await reader.hear(sharedWords.progress.stretching);
}

/** @returns the receipt as it is read aloud: digit by digit. */
async function keepReceipt(reader: Reader): Promise<string> {
  const { receipt } = whistleblowerWords;
  await reader.arriveAt(receipt.title);
  await reader.find('group', receipt.label);
  const spelled = (await reader.readAll()).find(
    ({ role, name }) => role === 'StaticText' && /^(?:\d \d \d \d(?:, )?){4}$/.test(name ?? ''),
  )?.name;
  assert(spelled, 'the receipt is spelled');
  await reader.activate('button', sharedWords.copy);
  await reader.hear(sharedWords.copied);
  // To finish before it is saved is refused with a sentence, and the box has the focus.
  await reader.activate('button', receipt.done);
  await reader.hear(receipt.savedFirst);
  const box = await reader.find('checkbox', receipt.saved);
  assert.equal(box.focused, true);
  assert.equal(box.invalid, 'true');
  await reader.activate('checkbox', receipt.saved, 'Space');
  assert.equal((await reader.find('checkbox', receipt.saved)).checked, true);
  await reader.activate('button', receipt.done);
  await reader.arriveAt(firstViewWords.home.title);
  return spelled.replaceAll(/\D/g, '');
}

async function answerReport(reader: Reader): Promise<void> {
  const { signIn, list, report } = memberWords;
  await reader.arriveAt(signIn.title);
  await reader.type('textbox', signIn.userName, 'ruth');
  await reader.type('textbox', signIn.password, recipientPassword);
  await reader.activate('button', signIn.submit);
  await reader.hear(sharedWords.progress.stretching);
  await reader.arriveAt(list.title);
  await reader.activate('button', title);
  await reader.arriveAt(title);
  await reader.find('heading', report.answers);
  await reader.type('textbox', report.writeLabel, question);
  await reader.activate('button', sharedWords.conversation.send);
  await reader.find('StaticText', question);
}

async function comeBack(reader: Reader, receipt: string): Promise<void> {
  const words = whistleblowerWords;
  await reader.activate('button', firstViewWords.home.return);
  await reader.arriveAt(words.return.title);
  // A receipt that opens nothing: the stretching is announced, then what went wrong, and the focus has not been lost.
  const wrong = receipt.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
  await reader.type('textbox', words.return.label, wrong);
  await reader.activate('button', words.return.open);
  await reader.hear(sharedWords.progress.stretching);
  await reader.hear(errorWords('WRONG_CREDENTIAL').happened);
  assert.equal((await reader.find('button', words.return.open)).focused, true);
  await reader.type('textbox', words.return.label, receipt);
  await reader.activate('button', words.return.open);
  await reader.arriveAt(words.report.title);
  await reader.find('heading', sharedWords.conversation.title);
  await reader.find('StaticText', question);
  await reader.type('textbox', words.report.writeLabel, reply);
  await reader.activate('button', sharedWords.conversation.send);
  await reader.find('StaticText', reply);
  await reader.activate('button', words.report.leave);
  await reader.arriveAt(firstViewWords.home.title);
}
