/**
 * Canaries: the server never holds what was written to the recipients. Words that stand nowhere else are planted through
 * the real client in everything a person can give, and looked for in all that the server has and sees, in every form a
 * program could give them. A careless client then sends the same words in the clear, and the same search finds them.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { WhistleblowerAgent } from '@sotto/client/agents';
import { utf8 } from '@sotto/protocol/bytes';
import type { ByteSearch } from '@sotto/testkit/byte-search';
import {
  type Canary,
  makeCanary,
  makeCanarySearch,
  type Sighting,
  sightings,
  sightingsInFolder,
} from '@sotto/testkit/canaries';
import { carelessly } from '@sotto/testkit/careless-report';
import { deskMember, deskWhistleblower, quietly } from '@sotto/testkit/desk';
import {
  administratorPassword,
  type FoundedSite,
  foundSite,
  recipientPassword,
} from '@sotto/testkit/founded-site';
import { channelOf, fileReport, prepareReport, serverAt } from '@sotto/testkit/prepared-report';
import { searchMemory } from '@sotto/testkit/process-memory';
import { type RecordingProxy, startRecordingProxy } from '@sotto/testkit/recording-proxy';
import { discard } from '@sotto/testkit/server-process';

/** No server runs in fewer bytes: a search that read less has not seen its memory. */
const leastMemory = 30 * 1024 * 1024;
/** More than one piece of a connection, less than one chunk: a look at this point sees a chunk half-way. */
const halfChunk = 250_000;
/**
 * A story whose request is four pieces of a connection long, at the least, and a point after the first of them: what the
 * server was told is looked for while it waits for the rest, not afterwards, when its memory may have been collected.
 */
const longStory = 150_000;
const halfReportRequest = 80_000;

const planted = {
  title: makeCanary('title'),
  story: makeCanary('story'),
  who: makeCanary('who'),
  fileName: makeCanary('file name'),
  fileContent: makeCanary('file content'),
  question: makeCanary('question of the recipient'),
  reply: makeCanary('reply of the whistleblower'),
  recipientsFileName: makeCanary('file name of the recipient'),
  recipientsFileContent: makeCanary('file content of the recipient'),
};

let proxy: RecordingProxy;
let site: FoundedSite;
let whistleblower: WhistleblowerAgent;
let receipt: string;
/** Each runs once, when so many bytes of a request have been read by the server and the rest is held back. */
let looks: { readonly after: number; readonly look: () => Promise<void> }[] = [];
let passed = 0;

before(async () => {
  site = await foundSite({
    async behind(origin) {
      proxy = await startRecordingProxy(origin, lookHalfWay);
      return proxy.origin;
    },
  });
  whistleblower = deskWhistleblower(proxy.origin);
});
after(async () => {
  await proxy.close();
  await discard(site.server);
});

test('half-way through an upload, no canary is in the memory of the server', async () => {
  await whistleblower.openSite(site.siteKey);
  let seen: Sighting[] | null = null;
  lookAfter(halfChunk, async () => {
    seen = await inMemory();
  });
  const name = `${planted.fileName.text}.pdf`;
  const content = new Blob([fileWith(planted.fileContent)]);
  await whistleblower.attachToDraft('one', { name, type: 'application/pdf', content }, quietly);
  assert.deepEqual(seen, []);
});

test('when a report has just been filed, no canary is in the memory or on the disk of the server', async () => {
  const answers = {
    title: planted.title.text,
    story: `It began in May.\n${planted.story.text}\n`,
    who: planted.who.text,
  };
  ({ receipt } = await whistleblower.submit(site.channelId, answers, quietly));
  assert.deepEqual(await inMemory(), []);
  assert.deepEqual(await onDisk(), []);
});

test('after the whole conversation, no canary is in memory, on disk, in the log or on the wire', async () => {
  await converse();
  assert.deepEqual(await inMemory(), []);
  assert.deepEqual(await onDisk(), []);
  assert.deepEqual(inLog(), []);
  assert.deepEqual(onWire(), []);
});

test('the same search finds what a careless client sends in the clear: in memory, on disk and on the wire', async () => {
  const server = serverAt(proxy.origin);
  const channel = await channelOf(server, site.channelId);
  const files = [{ name: 'x', content: fileWith(planted.fileContent) }];
  const careful = prepareReport(channel, { title: 'x', story: 'x'.repeat(longStory) }, files);
  const careless = carelessly(careful, { ...planted, fileContent: fileWith(planted.fileContent) });
  let halfFile: Sighting[] = [];
  let halfReport: Sighting[] = [];
  lookAfter(halfChunk, async () => {
    halfFile = await inMemory();
  });
  const fileBytes = careless.files
    .flatMap(({ chunks }) => chunks)
    .reduce((sum, { length }) => sum + length, 0);
  lookAfter(fileBytes + halfReportRequest, async () => {
    halfReport = await inMemory();
  });
  await fileReport(server, careless);
  assertSaw(halfFile, /^memory: file content as utf-8$/);
  assertSaw(halfReport, /^memory: story as base64/);
  const disk = await onDisk();
  assertSaw(disk, /^sites\/.+\/attachments\/.+: file content as utf-8$/);
  assertSaw(disk, /^sotto\.sqlite(?:-wal)?: story as utf-8$/);
  assertSaw(disk, /^sotto\.sqlite(?:-wal)?: title as utf-8$/);
  const wire = onWire();
  assertSaw(wire, /^wire: file content as utf-8$/);
  assertSaw(wire, /^wire: story as base64 at 1$/);
});

test('the same search finds what the server does write into its log, on either stream', () => {
  const spoken: readonly Canary[] = [
    { name: 'address on standard output', text: site.server.origin },
    { name: 'entry on standard error', text: `"entry":"started","node":"${process.version}"` },
  ];
  const found = sightings(makeCanarySearch(spoken), 'log', Buffer.from(site.server.output()));
  for (const { name } of spoken) assert.ok(found.includes(`log: ${name} as utf-8`), String(found));
});

async function converse(): Promise<void> {
  const recipient = deskMember(proxy.origin);
  await recipient.signIn('ruth', recipientPassword, quietly);
  const { rows } = await recipient.reports(null);
  assert.equal(rows[0]?.title, planted.title.text);
  const reportId = rows[0]?.id ?? '';
  const opened = await recipient.openReport(reportId);
  assert.equal(opened.files[0]?.name, `${planted.fileName.text}.pdf`);
  await recipient.comment(reportId, planted.question.text);
  const file = {
    name: planted.recipientsFileName.text,
    type: 'text/plain',
    content: new Blob([fileWith(planted.recipientsFileContent)]),
  };
  await recipient.attach(reportId, 'theirs', file, quietly);
  await recipient.download(reportId, opened.files[0]?.id ?? '', quietly);

  const returned = deskWhistleblower(proxy.origin);
  const seen = await returned.returnWith(receipt, quietly);
  assert.equal(seen.messages[0]?.text, planted.question.text);
  await returned.download(seen.files[1]?.id ?? '', quietly);
  await returned.comment(planted.reply.text);
  await returned.leave();
  const answered = await recipient.openReport(reportId);
  assert.equal(answered.messages[1]?.text, planted.reply.text);
  await recipient.signOut();
}

/** Above a chunk long, with the canary at its beginning, on both sides of a chunk's edge and at its end. */
function fileWith({ text }: Canary): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(randomBytes(800_000));
  const canary = utf8(text);
  for (const at of [0, 300_000, 524_288 - canary.length, 524_288, bytes.length - canary.length]) {
    bytes.set(canary, at);
  }
  return bytes;
}

/** All that must stay with the people, the receipt too as soon as there is one. */
function secretSearch(): ByteSearch {
  return makeCanarySearch([
    ...Object.values(planted),
    { name: 'password of the recipient', text: recipientPassword },
    { name: 'password of the administrator', text: administratorPassword },
    ...(receipt === undefined ? [] : receiptsOf(receipt)),
  ]);
}

/** As it is typed and as it is shown. */
function receiptsOf(digits: string): Canary[] {
  return [
    { name: 'receipt', text: digits },
    { name: 'receipt in groups', text: digits.replaceAll(/(\d{4})(?=\d)/g, '$1 ') },
  ];
}

async function inMemory(): Promise<Sighting[]> {
  const { hits, bytes } = await searchMemory(site.server.pid, secretSearch());
  assert.ok(bytes > leastMemory, `only ${bytes} bytes of memory were read`);
  return [...new Set(hits.map(({ name }) => `memory: ${name}`))].sort();
}

const onDisk = (): Promise<Sighting[]> => sightingsInFolder(secretSearch(), site.server.home);
const inLog = (): Sighting[] => sightings(secretSearch(), 'log', Buffer.from(site.server.output()));
const onWire = (): Sighting[] => sightings(secretSearch(), 'wire', proxy.recorded());

/** Looks when so many bytes have passed from now on. */
function lookAfter(bytes: number, look: () => Promise<void>): void {
  looks.push({ after: passed + bytes, look });
}

async function lookHalfWay(piece: Buffer, arrived: () => Promise<void>): Promise<void> {
  passed += piece.length;
  const due = looks.filter(({ after }) => passed >= after);
  if (due.length === 0) return;
  looks = looks.filter((look) => !due.includes(look));
  await arrived();
  for (const { look } of due) await look();
}

function assertSaw(seen: readonly Sighting[], expected: RegExp): void {
  assert.ok(
    seen.some((sighting) => expected.test(sighting)),
    `${expected} is not among ${seen.join('; ')}`,
  );
}
