/**
 * kill -9 from outside, at random moments, while people file, comment, upload and delete: whatever the server acknowledged is
 * there afterwards, and whatever it did not is whole or not there at all. Everything goes through the real client.
 */
import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import type { MemberAgent } from '@sotto/client/agents';
import type { Channel } from '@sotto/client/directory';
import { ClientError } from '@sotto/client/errors';
import { commentRequest } from '@sotto/client/items';
import { createMemberAgent } from '@sotto/client/member';
import type { Server } from '@sotto/client/server';
import type { FileView } from '@sotto/client/views';
import { deskEnvironment, quietly } from './desk.ts';
import { foundSite, recipientPassword } from './founded-site.ts';
import { channelOf, fileReport, type PreparedReport, prepareReport, serverAt } from './prepared-report.ts';
import { rememberingStretcher } from './remembering-stretcher.ts';
import { discard, type ServerProcess, startServer } from './server-process.ts';
import { faultsOf } from './sound-home.ts';

/** A server is killed after so long, in milliseconds: from the first request to many reports. */
const shortestLife = 20;
const longestLife = 700;
const whistleblowers = 4;
/** Of a file, in bytes: one chunk, or two. */
const largestFile = 700_000;

/** Milliseconds that a server may take after its start to finish what it had marked for forgetting. */
const settlingPatience = 60_000;

/** How much of each was acknowledged, and how many acts a kill cut off. */
export type Tally = {
  rounds: number;
  reports: number;
  comments: number;
  files: number;
  deletions: number;
  cutOff: number;
};

/** One report and what the server has acknowledged of it. */
type Story = {
  readonly prepared: PreparedReport;
  filed: boolean;
  readonly comments: string[];
  /** By name: files that the recipient added. */
  readonly files: Map<string, Buffer>;
  deletion: 'no' | 'asked' | 'acknowledged';
};
type People = { readonly server: Server; readonly recipient: MemberAgent; readonly channel: Channel };

/** @param say is told of every round. @throws AssertionError naming what was lost or half. */
export async function killRounds(rounds: number, say: (line: string) => void = () => {}): Promise<Tally> {
  const site = await foundSite({ lifted: true });
  const environment = { stretcher: rememberingStretcher() };
  const channel = await channelOf(serverAt(site.server.origin), site.channelId);
  const stories: Story[] = [];
  const tally: Tally = { rounds: 0, reports: 0, comments: 0, files: 0, deletions: 0, cutOff: 0 };
  let process = site.server;
  try {
    for (; tally.rounds < rounds; tally.rounds += 1) {
      const people = await peopleAt(process, channel, environment);
      const begun = await liveAndDie(process, people, stories, tally);
      process = await startServer({ home: process.home });
      assert.deepEqual(await faultsThatStay(process.home), [], `after round ${tally.rounds + 1}`);
      const { recipient } = await peopleAt(process, channel, environment);
      for (const story of begun) await check(recipient, story);
      say(`round ${tally.rounds + 1}: ${sayTally(tally)}`);
    }
    const people = await peopleAt(process, channel, environment);
    // Those whose filing was cut off send it again, with the same bytes, and all of it lands.
    for (const story of stories.filter(({ filed }) => !filed)) {
      await fileAgain(people.server, story.prepared);
      story.filed = true;
    }
    for (const story of stories) await check(people.recipient, story);
    await process.stop();
    assert.deepEqual(await faultsOf(process.home), [], 'at the end');
  } finally {
    await discard(process);
  }
  return tally;
}

/** A server that starts answers first and finishes forgetting beside it: what is still a fault after a while stays one. */
async function faultsThatStay(home: string): Promise<readonly string[]> {
  const deadline = Date.now() + settlingPatience;
  for (;;) {
    const faults = await faultsOf(home);
    if (faults.length === 0 || Date.now() > deadline) return faults;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function sayTally(tally: Tally): string {
  const { reports, comments, files, deletions, cutOff } = tally;
  return `${reports} reports, ${comments} comments, ${files} files and ${deletions} deletions acknowledged, ${cutOff} acts cut off`;
}

async function peopleAt(
  process: ServerProcess,
  channel: Channel,
  environment: { readonly stretcher: ReturnType<typeof rememberingStretcher> },
): Promise<People> {
  const recipient = createMemberAgent({ ...deskEnvironment(process.origin), ...environment });
  await recipient.signIn('ruth', recipientPassword, quietly);
  return { server: serverAt(process.origin), recipient, channel };
}

/** Everybody acts until the kill. @returns the stories that somebody touched. */
async function liveAndDie(
  process: ServerProcess,
  people: People,
  stories: Story[],
  tally: Tally,
): Promise<ReadonlySet<Story>> {
  const touched = new Set<Story>();
  /** Those whose whistleblower is gone: only the recipient acts on them. */
  const left: Story[] = stories
    .filter(({ filed, deletion }) => filed && deletion === 'no')
    .slice(-whistleblowers);
  const acting = [
    ...Array.from({ length: whistleblowers }, () => writeReports(people, stories, touched, left, tally)),
    answerReports(people, touched, left, tally),
  ];
  await new Promise((resolve) => setTimeout(resolve, randomInt(shortestLife, longestLife)));
  const ends = Promise.allSettled(acting);
  await process.kill();
  for (const end of await ends) {
    assert.equal(end.status, 'rejected');
    // Anything but a broken line is a fault of the server while it lived.
    const unreachable = end.reason instanceof ClientError && end.reason.code === 'UNREACHABLE';
    if (!unreachable) throw end.reason;
    tally.cutOff += 1;
  }
  return touched;
}

/** As the client does after a lost answer: the submission first, for it may have landed; then what the server misses. */
async function fileAgain(server: Server, prepared: PreparedReport): Promise<void> {
  const { report } = prepared.key;
  const body = { report, check: prepared.check };
  const { session } = await server.call('startFiling', { session: null, body });
  try {
    await server.call('submit', { session, body: prepared.request });
  } catch (failure) {
    if (!(failure instanceof ClientError) || failure.code !== 'CHUNK_MISSING') throw failure;
    await fileReport(server, prepared);
  }
}

async function writeReports(
  { server, channel }: People,
  stories: Story[],
  touched: Set<Story>,
  left: Story[],
  tally: Tally,
): Promise<never> {
  for (;;) {
    const files = Array.from({ length: randomInt(3) }, (_, index) => ({
      name: `${index}.bin`,
      content: Uint8Array.from(randomBytes(randomInt(largestFile))),
    }));
    const answers = { title: `Report ${stories.length}`, story: 'x'.repeat(randomInt(1, 20_000)) };
    const story: Story = {
      prepared: prepareReport(channel, answers, files),
      filed: false,
      comments: [],
      files: new Map(),
      deletion: 'no',
    };
    stories.push(story);
    touched.add(story);
    const session = await fileReport(server, story.prepared);
    story.filed = true;
    tally.reports += 1;
    tally.files += files.length;
    for (let number = randomInt(3); number > 0; number -= 1) {
      const text = `Comment ${number} ${'y'.repeat(randomInt(5000))}`;
      const response = await server.call('ownReport', { session });
      const place = { response, key: story.prepared.key, newest: null, author: null };
      const body = commentRequest(deskEnvironment('').library, place, text);
      await server.call('writeOwnItem', { session, body });
      story.comments.push(text);
      tally.comments += 1;
    }
    left.push(story);
  }
}

async function answerReports(
  { recipient }: People,
  touched: Set<Story>,
  left: Story[],
  tally: Tally,
): Promise<never> {
  for (;;) {
    const story = left[randomInt(Math.max(left.length, 1))];
    if (story === undefined) {
      // Nothing to answer yet: ask for the list, so that the kill is noticed here too.
      await recipient.reports(null);
      continue;
    }
    const { report } = story.prepared.key;
    touched.add(story);
    const act = randomInt(3);
    if (act === 0) {
      const text = `Answer ${story.comments.length}`;
      await recipient.comment(report, text);
      story.comments.push(text);
      tally.comments += 1;
    } else if (act === 1) {
      const content = randomBytes(randomInt(largestFile));
      const name = `added ${randomBytes(6).toString('hex')}.bin`;
      await recipient.attach(report, name, { name, type: '', content: new Blob([content]) }, quietly);
      story.files.set(name, content);
      tally.files += 1;
    } else {
      left.splice(left.indexOf(story), 1);
      story.deletion = 'asked';
      await recipient.deleteReport(report);
      story.deletion = 'acknowledged';
      tally.deletions += 1;
    }
  }
}

/** What was acknowledged is there and opens; what was not is whole or absent. */
async function check(recipient: MemberAgent, story: Story): Promise<void> {
  const { prepared, filed, deletion } = story;
  const { report } = prepared.key;
  const title = prepared.answers['title'] ?? '';
  const view = await recipient.openReport(report).catch((failure: unknown) => {
    if (failure instanceof ClientError && failure.code === 'NOT_FOUND') return null;
    throw failure;
  });
  if (view === null) {
    assert.ok(!filed || deletion !== 'no', `${title} was acknowledged and is gone`);
    if (deletion === 'asked') story.deletion = 'acknowledged';
    return;
  }
  assert.notEqual(deletion, 'acknowledged', `${title} was deleted and is there`);
  if (deletion === 'asked') story.deletion = 'no';
  assert.deepEqual(view.answers, prepared.answers);
  assert.deepEqual(view.warnings, [], title);
  const texts = view.messages.map(({ text }) => text);
  for (const text of story.comments) assert.ok(texts.includes(text), `a comment of ${title} is gone`);
  const expected = [...prepared.files.map(({ name, content }) => [name, content] as const), ...story.files];
  for (const [name, content] of expected) {
    const file: FileView | undefined = view.files.find((one) => one.name === name && one.whole);
    assert.ok(file !== undefined, `${name} of ${title} is not whole`);
    const blob = await recipient.download(report, file.id, quietly);
    assert.ok(Buffer.from(await blob.arrayBuffer()).equals(content), `${name} of ${title} is another`);
  }
}
