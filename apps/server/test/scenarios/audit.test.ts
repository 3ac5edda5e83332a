/** A server that rewrites history is found out by each reader's agent, which keeps the last head it saw (S15). */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deskMember, deskWhistleblower, quietly } from '@sotto/testkit/desk';
import {
  administratorPassword,
  type FoundedSite,
  foundSite,
  recipientPassword,
} from '@sotto/testkit/founded-site';
import { lyingFetch } from '@sotto/testkit/lying-server';
import { discard } from '@sotto/testkit/server-process';

let site: FoundedSite;
let reportId: string;

before(async () => {
  site = await foundSite();
  const whistleblower = deskWhistleblower(site.server.origin);
  await whistleblower.openSite(site.siteKey);
  await whistleblower.submit(site.channelId, { title: 'A', story: 'B' }, quietly);
  const { rows } = await site.recipient.reports(null);
  reportId = rows[0]?.id ?? '';
});
after(() => discard(site.server));

test('a recipient reads who did what with a report, first as new, then as before', async () => {
  const first = await site.recipient.reportAudit(reportId);
  assert.equal(first.verdict, 'first-look');
  assert.deepEqual(
    first.entries.map(({ act, from, who }) => [act, from, who]),
    [
      ['filed', 'nobody-named', null],
      ['opened', 'self', 'Ruth Lindqvist'],
      ['status-set', 'self', 'Ruth Lindqvist'],
    ],
  );
  await site.recipient.comment(reportId, 'Thank you.');
  const second = await site.recipient.reportAudit(reportId);
  assert.equal(second.verdict, 'as-before');
  assert.equal(second.entries.at(-1)?.act, 'commented');
});

/** Each takes the page of entries that the agent was given before. */
const rewritten: readonly [string, (entries: { act: string; order: number; day: string }[]) => void][] = [
  ['an act that was changed', (entries) => void Object.assign(entries[1] ?? {}, { act: 'commented' })],
  ['a day that was changed', (entries) => void Object.assign(entries[0] ?? {}, { day: '2020-01-01' })],
  ['an end that was cut off', (entries) => void entries.pop()],
];
for (const [what, rewrite] of rewritten)
  test(`a report's history with ${what} is told as changed, and goes on being told`, async () => {
    await site.recipient.reportAudit(reportId);
    const liar = lyingFetch({
      on: `/audit`,
      json: (answer) => {
        if (Array.isArray(answer.entries)) rewrite(answer.entries);
      },
    });
    const recipient = deskMember(site.server.origin, liar.fetch);
    await recipient.signIn('ruth', recipientPassword, quietly);
    assert.equal((await recipient.reportAudit(reportId)).verdict, 'changed');
    assert.equal((await recipient.reportAudit(reportId)).verdict, 'changed');
    assert.ok(liar.told() >= 2);
    assert.equal((await site.recipient.reportAudit(reportId)).verdict, 'as-before');
  });

test('a head that the reader’s agent did not keep itself is told as changed', async () => {
  const liar = lyingFetch({
    on: '/audit',
    json: (answer) => {
      answer.kept = `AQ${String(answer.kept).slice(2, -8)}AAAAAAAA`;
    },
  });
  const recipient = deskMember(site.server.origin, liar.fetch);
  await recipient.signIn('ruth', recipientPassword, quietly);
  assert.equal((await recipient.reportAudit(reportId)).verdict, 'changed');
});

test('an administrator reads who did what to accounts and settings, by name', async () => {
  const administrator = deskMember(site.server.origin);
  await administrator.signIn('ada', administratorPassword, quietly);
  const { entries, verdict } = await administrator.siteAudit();
  assert.equal(verdict, 'first-look');
  assert.deepEqual(
    entries.slice(0, 2).map(({ act, who, what }) => [act, who, what]),
    [
      ['site-made', null, 'Ada Brook'],
      ['activated', 'Ruth Lindqvist', 'Ruth Lindqvist'],
    ],
  );
  assert.equal((await administrator.siteAudit()).verdict, 'as-before');
});
