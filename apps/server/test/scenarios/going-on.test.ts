/**
 * Going on after a reload (S3, S7): a kept draft with its answers and files, files picked again on both sides, an answer that was
 * lost on the way. A reload is a new agent that knows nothing but what the tab kept.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { DraftView, PickedFile } from '@sotto/client/views';
import { chunkBytes } from '@sotto/protocol/sizes';
import { deskMember, deskWhistleblower, quietly } from '@sotto/testkit/desk';
import { type FoundedSite, foundSite, recipientPassword } from '@sotto/testkit/founded-site';
import { discard, startServer } from '@sotto/testkit/server-process';
import { newId } from '../support/temporary.ts';

let site: FoundedSite;
before(async () => {
  site = await foundSite();
});
after(() => discard(site.server));

const pieces = 8;
const picked = (name: string, bytes: Uint8Array<ArrayBuffer>): PickedFile => ({
  name,
  type: 'application/pdf',
  content: new Blob([bytes]),
});
const bytesOf = (length: number) => Uint8Array.from(randomBytes(length));

/** A draft at the third step, with these files. */
function draftOf(title: string, files: readonly (PickedFile & { id: string })[]): DraftView {
  return {
    channelId: site.channelId,
    place: 'step',
    step: 2,
    answers: { title, story: 'Not sent yet.' },
    files: files.map(({ id, name, type, content }) => ({ id, name, type, size: content.size })),
  };
}

/** Counts the chunks that are sent. */
function countingFetch(): { fetch: typeof fetch; sent(): number } {
  let sent = 0;
  return {
    fetch: (input, init) => {
      if (init?.method === 'PUT' && String(input).includes('/chunks/')) sent += 1;
      return fetch(input, init);
    },
    sent: () => sent,
  };
}

/** Sends a file until about half of it has arrived. */
async function sendHalf(
  attach: (onProgress: (progress: { done: number }) => void) => Promise<unknown>,
  pause: () => Promise<void>,
): Promise<void> {
  const halfway = attach(({ done }) => {
    if (done >= (pieces / 2) * chunkBytes) void pause();
  });
  await assert.rejects(halfway, { code: 'PAUSED' });
}

async function filedReport(title: string) {
  const recipient = deskMember(site.server.origin);
  await recipient.signIn('ruth', recipientPassword, quietly);
  const { rows } = await recipient.reports(null);
  const found = rows.filter((row) => row.title === title);
  assert.equal(found.length, 1, title);
  return { recipient, report: await recipient.openReport(found[0]?.id ?? '') };
}

test('a kept draft comes back with answers, step and files; a file picked again sends only what is missing', async () => {
  const first = deskWhistleblower(site.server.origin);
  await first.openSite(site.siteKey);
  const whole = { id: newId(), ...picked('whole.pdf', bytesOf(1000)) };
  const half = { id: newId(), ...picked('half.pdf', bytesOf(pieces * chunkBytes)) };
  const waiting = { id: newId(), ...picked('waiting.pdf', bytesOf(2000)) };
  const draft = draftOf('Kept over a reload', [whole, half, waiting]);
  const { key } = await first.keepDraft({ ...draft, step: 0 });
  await first.attachToDraft(whole.id, whole, quietly);
  await sendHalf(
    (onProgress) => first.attachToDraft(half.id, half, onProgress),
    () => first.pause(half.id),
  );
  assert.deepEqual(await first.keepDraft(draft), { key });

  const counting = countingFetch();
  const second = deskWhistleblower(site.server.origin, counting.fetch);
  await second.openSite(site.siteKey);
  const resumed = await second.resumeDraft(key, quietly);
  assert.equal(resumed?.state, 'writing');
  const { files, ...rest } = resumed.draft;
  const { files: kept, ...expected } = draft;
  assert.deepEqual(rest, expected);
  assert.deepEqual(
    files.map(({ arrived: _, ...file }) => file),
    kept,
  );
  const arrived = files.map((file) => file.arrived);
  assert.deepEqual([arrived[0], arrived[2]], [1, 0]);
  const there = Math.round((arrived[1] ?? 0) * pieces);
  assert.ok(there >= pieces / 2 && there < pieces, `${there} chunks had arrived`);
  await second.attachToDraft(half.id, half, quietly);
  assert.equal(counting.sent(), pieces - there);
  await second.attachToDraft(waiting.id, waiting, quietly);
  await second.submit(site.channelId, resumed.draft.answers, quietly);
  await second.leave();
  assert.equal(await deskWhistleblower(site.server.origin).resumeDraft(key, quietly), null);

  const { recipient, report } = await filedReport('Kept over a reload');
  assert.deepEqual(
    report.files.map(({ name, whole }) => [name, whole]),
    [
      ['whole.pdf', true],
      ['half.pdf', true],
      ['waiting.pdf', true],
    ],
  );
  const back = await recipient.download(report.id, report.files[1]?.id ?? '', quietly);
  assert.deepEqual(await back.arrayBuffer(), await half.content.arrayBuffer());
});

test('another file of the same name and size, picked in place of the one that was begun, is a new upload', async () => {
  const first = deskWhistleblower(site.server.origin);
  await first.openSite(site.siteKey);
  const size = pieces * chunkBytes;
  const begun = { id: newId(), ...picked('list.pdf', bytesOf(size)) };
  const { key } = await first.keepDraft(draftOf('Another file', [begun]));
  await sendHalf(
    (onProgress) => first.attachToDraft(begun.id, begun, onProgress),
    () => first.pause(begun.id),
  );

  const counting = countingFetch();
  const second = deskWhistleblower(site.server.origin, counting.fetch);
  await second.openSite(site.siteKey);
  const resumed = await second.resumeDraft(key, quietly);
  assert.equal(resumed?.state, 'writing');
  const other = picked('list.pdf', bytesOf(size));
  await second.attachToDraft(begun.id, other, quietly);
  assert.equal(counting.sent(), pieces);
  await second.submit(site.channelId, resumed.draft.answers, quietly);
  const { recipient, report } = await filedReport('Another file');
  assert.equal(report.files.length, 1);
  const back = await recipient.download(report.id, report.files[0]?.id ?? '', quietly);
  assert.deepEqual(await back.arrayBuffer(), await other.content.arrayBuffer());
});

test('a report whose answer was lost shows its receipt after the reload, and there is one report', async () => {
  let lose = false;
  const losing: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (lose && String(input).endsWith('/filing/submit')) throw new TypeError('the line broke');
    return response;
  };
  const first = deskWhistleblower(site.server.origin, losing);
  await first.openSite(site.siteKey);
  const draft = draftOf('Answer lost', []);
  const { key } = await first.keepDraft(draft);
  lose = true;
  await assert.rejects(first.submit(site.channelId, draft.answers, quietly), { code: 'UNREACHABLE' });

  const second = deskWhistleblower(site.server.origin);
  await second.openSite(site.siteKey);
  const resumed = await second.resumeDraft(key, quietly);
  assert.equal(resumed?.state, 'filed');
  assert.equal((await second.comment('Here again.')).messages.length, 1);
  await second.leave();
  assert.equal(await deskWhistleblower(site.server.origin).resumeDraft(key, quietly), null);
  const back = deskWhistleblower(site.server.origin);
  assert.equal((await back.returnWith(resumed.receipt, quietly)).answers['title'], 'Answer lost');
  await filedReport('Answer lost');
});

test('a draft that was taken back or left is gone, and what is in the page can still be sent', async () => {
  const agent = deskWhistleblower(site.server.origin);
  await agent.openSite(site.siteKey);
  const draft = draftOf('Taken back', []);
  const { key } = await agent.keepDraft(draft);
  await agent.forgetDraft();
  assert.equal(await deskWhistleblower(site.server.origin).resumeDraft(key, quietly), null);
  const again = await agent.keepDraft(draft);
  assert.notEqual(again.key, key);
  await agent.submit(site.channelId, draft.answers, quietly);

  const leaving = deskWhistleblower(site.server.origin);
  const left = await leaving.keepDraft(draftOf('Left', []));
  await leaving.leave();
  assert.equal(await deskWhistleblower(site.server.origin).resumeDraft(left.key, quietly), null);
});

test('in a report that is there, a file picked again goes on, on both sides; another one is a new upload', async () => {
  const [own, theirs] = [bytesOf(pieces * chunkBytes), bytesOf(pieces * chunkBytes)];
  const filing = deskWhistleblower(site.server.origin);
  await filing.openSite(site.siteKey);
  const { receipt } = await filing.submit(site.channelId, { title: 'Picked again', story: 'x' }, quietly);
  await sendHalf(
    (onProgress) => filing.attach('own', picked('own.pdf', own), onProgress),
    () => filing.pause('own'),
  );
  const counting = countingFetch();
  const back = deskWhistleblower(site.server.origin, counting.fetch);
  await back.returnWith(receipt, quietly);
  const view = await back.attach('after the reload', picked('own.pdf', own), quietly);
  assert.deepEqual(
    view.files.map(({ name, whole }) => [name, whole]),
    [['own.pdf', true]],
  );
  assert.ok(counting.sent() <= pieces / 2, `${counting.sent()} chunks were sent again`);

  const { recipient, report } = await filedReport('Picked again');
  await sendHalf(
    (onProgress) => recipient.attach(report.id, 'theirs', picked('theirs.pdf', theirs), onProgress),
    () => recipient.pause(report.id, 'theirs'),
  );
  const recounting = countingFetch();
  const later = deskMember(site.server.origin, recounting.fetch);
  await later.signIn('ruth', recipientPassword, quietly);
  const other = bytesOf(pieces * chunkBytes);
  const added = await later.attach(report.id, 'another', picked('theirs.pdf', other), quietly);
  assert.deepEqual(
    added.files.map(({ name, whole }) => [name, whole]),
    [
      ['own.pdf', true],
      ['theirs.pdf', false],
      ['theirs.pdf', true],
    ],
  );
  const sentBefore = recounting.sent();
  const whole = await later.attach(report.id, 'again', picked('theirs.pdf', theirs), quietly);
  assert.ok(recounting.sent() - sentBefore <= pieces / 2);
  assert.equal(whole.files.filter((file) => file.whole).length, 3);
  const files = await Promise.all(
    whole.files.map(async ({ id }) => (await later.download(report.id, id, quietly)).arrayBuffer()),
  );
  assert.deepEqual(files, [own.buffer, theirs.buffer, other.buffer]);
});

test('what was on its way when a session ended is there once, after the person has come in again', async () => {
  const agent = deskWhistleblower(site.server.origin, (input, init) => passing(input, init));
  let passing: typeof fetch = fetch;
  await agent.openSite(site.siteKey);
  const { receipt } = await agent.submit(site.channelId, { title: 'Session over', story: 'x' }, quietly);
  const { recipient: before, report } = await filedReport('Session over');
  await before.openReport(report.id);
  // The message arrives, and then the server stops before it is read back: sessions live in its memory.
  passing = async (input, init) => {
    const response = await fetch(input, init);
    if (init?.method !== 'POST' || !String(input).endsWith('/items')) return response;
    passing = fetch;
    const answer = await response.arrayBuffer();
    await restart();
    return new Response(answer, response);
  };
  await assert.rejects(agent.comment('Said once.'), sessionIsOver);
  await agent.returnWith(receipt, quietly);
  const mine = await agent.comment('Said once.');
  assert.deepEqual(
    mine.messages.map(({ text }) => text),
    ['Said once.'],
  );
  await assert.rejects(before.comment(report.id, 'Seen.'), sessionIsOver);
  await before.signIn('ruth', recipientPassword, quietly);
  const theirs = await before.comment(report.id, 'Seen.');
  assert.deepEqual(
    theirs.messages.map(({ text }) => text),
    ['Said once.', 'Seen.'],
  );
});

/** A connection that the stopped server had kept open may break first. */
function sessionIsOver(failure: unknown): boolean {
  return ['SESSION_ENDED', 'UNREACHABLE'].includes(Object(failure).code);
}

async function restart(): Promise<void> {
  const { port } = new URL(site.server.origin);
  await site.server.stop();
  const server = await startServer({ home: site.server.home, listen: `127.0.0.1:${port}` });
  site = { ...site, server };
}
