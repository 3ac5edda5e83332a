/** Many people at once: nobody is refused, nothing is lost or doubled, and nobody is told how many others there are. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Channel } from '@sotto/client/directory';
import type { Server } from '@sotto/client/server';
import { parseUuid, type Uuid } from '@sotto/protocol/bytes';
import { deskWhistleblower, quietly } from '@sotto/testkit/desk';
import { type FoundedSite, foundSite, liftedLimits } from '@sotto/testkit/founded-site';
import {
  channelOf,
  fileReport,
  type PreparedReport,
  prepareReport,
  serverAt,
} from '@sotto/testkit/prepared-report';
import { discard } from '@sotto/testkit/server-process';

const people = 16;
/** Reports that each person of the second test files, one after another. */
const reportsEach = 8;

let site: FoundedSite;
let server: Server;
let channel: Channel;
let early: Learnt;

before(async () => {
  site = await foundSite();
  server = serverAt(site.server.origin);
  channel = await channelOf(server, site.channelId);
  early = await learntBy(prepareReport(channel, { title: 'Alike', story: 'The same in both.' }));
});
after(() => discard(site.server));

test('sixteen people send their report in the same moment: all succeed, and each is read as it was written', async () => {
  const meeting = meetingOf(people);
  const filed = await Promise.all(
    Array.from({ length: people }, async (_, person) => {
      const whistleblower = deskWhistleblower(site.server.origin, meeting);
      await whistleblower.openSite(site.siteKey);
      const content = new Blob([`Proof of person ${person}. `.repeat(500)]);
      await whistleblower.attachToDraft(
        'one',
        { name: `${person}.txt`, type: 'text/plain', content },
        quietly,
      );
      const answers = { title: `Person ${person}`, story: `What person ${person} saw.` };
      const { receipt } = await whistleblower.submit(site.channelId, answers, quietly);
      return { receipt, answers, content };
    }),
  );
  assert.equal(new Set(filed.map(({ receipt }) => receipt)).size, people);
  const { rows } = await site.recipient.reports(null);
  for (const { answers, content } of filed) {
    const named = rows.filter(({ title }) => title === answers.title);
    assert.equal(named.length, 1, answers.title);
    const report = await site.recipient.openReport(named[0]?.id ?? '');
    assert.deepEqual(report.answers, answers);
    const blob = await site.recipient.download(report.id, report.files[0]?.id ?? '', quietly);
    assert.equal(await blob.text(), await content.text());
  }
});

test('a hundred and twenty-eight reports, sixteen at a time: every one is there once', async () => {
  // More than a site takes in an hour as it comes: an ordinary setting, as any administrator may make it.
  await site.administrator.changeSettings(liftedLimits);
  const prepared = Array.from({ length: people * reportsEach }, (_, number) =>
    prepareReport(channel, { title: `Number ${number}`, story: 'Among many.' }),
  );
  const waiting = [...prepared];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      await fileReport(server, next);
  };
  await Promise.all(Array.from({ length: people }, lane));
  const listed = await everyRow();
  assert.deepEqual(
    listed.filter((title) => title?.startsWith('Number ')).sort(),
    prepared.map(({ answers }) => answers['title']).sort(),
  );
});

test('what the first report’s people and the hundred-and-forty-sixth’s learn differs in nothing that counts', async () => {
  const before = await server.call('site', { session: null });
  const late = await learntBy(prepareReport(channel, { title: 'Alike', story: 'The same in both.' }));
  assert.deepEqual(withoutChance(late), withoutChance(early));
  assert.deepEqual(await server.call('site', { session: null }), before);
  // The cursor of a page is an id that the recipient has anyway.
  const page = await server.call('reports', { session: recipientSession(), query: {} });
  assert.equal(page.next, page.reports.at(-1)?.report);
});

/** A fetch that lets nobody's submission go before all are ready to send theirs. */
function meetingOf(size: number): typeof fetch {
  let here = 0;
  let begin = () => {};
  const all = new Promise<void>((resolve) => {
    begin = resolve;
  });
  return async (input, init) => {
    if (String(input).endsWith('/submit')) {
      here += 1;
      if (here === size) begin();
      await all;
    }
    return fetch(input, init);
  };
}

/** Everything the server answers about one report: to who wrote it, and to who reads it. */
type Learnt = { readonly [answer: string]: unknown };

async function learntBy(prepared: PreparedReport): Promise<Learnt> {
  const session = await fileReport(server, prepared);
  const reader = recipientSession();
  const path = { report: prepared.key.report };
  const own = await server.call('ownReport', { session });
  const comment = { kind: 'comment', id: freshId(), epoch: 0, holders: own.holders } as const;
  const list = await server.call('reports', { session: reader, query: {} });
  return {
    own,
    ownItems: await server.call('ownItems', { session, query: { after: '0' } }),
    written: await server.call('writeOwnItem', {
      session,
      body: { ...comment, box: prepared.request.summary.box },
    }),
    row: list.reports.find(({ report }) => report === prepared.key.report),
    report: await server.call('report', { session: reader, path }),
    items: await server.call('items', { session: reader, path, query: { after: '0' } }),
  };
}

/** Ids, keys and ciphertext are as long as ever and otherwise chance; numbers and words stay. */
function withoutChance(learnt: unknown): unknown {
  return JSON.parse(JSON.stringify(learnt), (_, value) =>
    typeof value === 'string' && value.length >= 32 ? `${value.length} characters` : value,
  );
}

async function everyRow(): Promise<(string | null)[]> {
  const titles: (string | null)[] = [];
  for (let before: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof site.recipient.reports>> = await site.recipient.reports(before);
    titles.push(...page.rows.map(({ title }) => title));
    if (page.next === null) return titles;
    before = page.next;
  }
}

const recipientSession = (): string => site.recipientView.tab.session;
const freshId = (): Uuid => parseUuid(crypto.randomUUID());
