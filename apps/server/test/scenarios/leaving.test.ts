/**
 * People who go (S8, S13, S14), through the client, against a server as a process of its own: disabled and let in again, their reports
 * handed over, and deleted; and nothing that only they could read is lost by oversight.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import type { MemberAgent, WhistleblowerAgent } from '@sotto/client/agents';
import { deskMember, deskWhistleblower, quietly } from '@sotto/testkit/desk';
import {
  administratorPassword,
  type FoundedSite,
  foundSite,
  recipientPassword,
} from '@sotto/testkit/founded-site';
import { discard } from '@sotto/testkit/server-process';
import { slotSize } from '../../src/storage/slot-file.ts';

let site: FoundedSite;
let ruth: string;
let omar: { readonly id: string; readonly agent: MemberAgent };
const omarsPassword = 'Slow-Harvest-4-bucket';

before(async () => {
  site = await foundSite();
  ruth = site.recipientView.id;
});
after(() => discard(site.server));

const whistleblowerHere = async (): Promise<WhistleblowerAgent> => {
  const agent = deskWhistleblower(site.server.origin);
  await agent.openSite(site.siteKey);
  return agent;
};

async function file(title: string): Promise<{ agent: WhistleblowerAgent; receipt: string }> {
  const agent = await whistleblowerHere();
  const answers = { title, story: `All of ${title}.` };
  return { agent, ...(await agent.submit(site.channelId, answers, quietly)) };
}

async function invite(userName: string, name: string, password: string) {
  const invitation = { userName, name, roles: ['recipient' as const] };
  const { activationLink } = await site.administrator.invite(invitation);
  const agent = deskMember(site.server.origin);
  const fragment = activationLink.split('#activate=')[1] ?? '';
  const { member } = await agent.activate(fragment, password, quietly);
  assert.ok(member);
  return { id: member.id, agent };
}

async function reportOf(agent: MemberAgent, title: string): Promise<string> {
  const { rows } = await agent.reports(null);
  return rows.find((row) => row.title === title)?.id ?? '';
}

function database<T>(read: (database: DatabaseSync) => T): T {
  const opened = new DatabaseSync(`${site.server.home}/sotto.sqlite`, { readOnly: true });
  try {
    return read(opened);
  } finally {
    opened.close();
  }
}

const channelOf = async () =>
  (await whistleblowerHere()).openSite(site.siteKey).then(({ channels }) => channels);

test('the only one who reads a channel is disabled only when it is said that nobody will read it', async () => {
  await assert.rejects(site.administrator.setDisabled(ruth, true, []), { code: 'LAST_RECIPIENT' });
  assert.equal((await site.administrator.overview()).people.find(({ id }) => id === ruth)?.state, 'active');
});

test('disabled, a person is out at once and cannot come in, and whoever does not have the password learns nothing of it', async () => {
  const { people } = await site.administrator.setDisabled(ruth, true, [site.channelId]);
  assert.equal(people.find(({ id }) => id === ruth)?.state, 'disabled');
  await assert.rejects(site.recipient.reports(null), { code: 'SESSION_ENDED' });
  const again = deskMember(site.server.origin);
  await assert.rejects(again.signIn('ruth', recipientPassword, quietly), { code: 'ACCOUNT_DISABLED' });
  await assert.rejects(again.signIn('ruth', 'Wrong-River-9-lantern', quietly), { code: 'WRONG_CREDENTIAL' });
  assert.deepEqual(await channelOf(), [], 'nothing is offered that nobody can read');
});

test('let in again, they read what they read before', async () => {
  await site.administrator.setDisabled(ruth, false, []);
  await site.recipient.signIn('ruth', recipientPassword, quietly);
  assert.deepEqual(
    (await channelOf()).map(({ id }) => id),
    [site.channelId],
  );
});

test('who receives no more leaves their channels and reads nothing; receiving again, they read what they read before', async () => {
  await file('Before');
  const id = await reportOf(site.recipient, 'Before');
  const { channels } = await site.administrator.setRoles(ruth, ['administrator']);
  assert.deepEqual(channels[0]?.recipients, []);
  assert.deepEqual(await channelOf(), []);
  await assert.rejects(site.recipient.reports(null), { code: 'SESSION_ENDED' });
  await site.recipient.signIn('ruth', recipientPassword, quietly);
  await assert.rejects(site.recipient.openReport(id), { code: 'NOT_ALLOWED' });
  const { people } = await site.administrator.setRoles(ruth, ['recipient']);
  assert.deepEqual(people.find((person) => person.id === ruth)?.roles, ['recipient']);
  await site.administrator.setRecipients(site.channelId, [ruth]);
  await site.recipient.signIn('ruth', recipientPassword, quietly);
  assert.equal((await site.recipient.openReport(id)).answers['title'], 'Before');
  await site.recipient.deleteReport(id);
});

test('a report is given to a colleague, who reads all of it; the whistleblower sees who reads, and no warning', async () => {
  const { agent, receipt } = await file('Given');
  omar = await invite('omar', 'Omar Haddad', omarsPassword);
  const id = await reportOf(site.recipient, 'Given');
  assert.deepEqual(await omar.agent.reports(null), { rows: [], next: null });
  const colleagues = await site.recipient.colleagues();
  assert.deepEqual(colleagues, [{ id: omar.id, name: 'Omar Haddad' }]);
  const given = await site.recipient.grant(id, omar.id);
  assert.deepEqual(given.recipients.map(({ name }) => name).toSorted(), ['Omar Haddad', 'Ruth Lindqvist']);
  await site.recipient.grant(id, omar.id);

  const read = await omar.agent.openReport(id);
  assert.equal(read.answers['story'], 'All of Given.');
  await omar.agent.comment(id, 'I read it too now.');
  const view = await agent.returnWith(receipt, quietly);
  assert.deepEqual(view.recipients.map(({ name }) => name).toSorted(), ['Omar Haddad', 'Ruth Lindqvist']);
  assert.deepEqual(view.warnings, []);
  assert.deepEqual(
    view.messages.map(({ text }) => text),
    ['I read it too now.'],
  );
  const { entries } = await site.recipient.reportAudit(id);
  assert.ok(entries.some(({ act }) => act === 'granted'));
});

test('who holds a report with others can leave it; the last cannot', async () => {
  const id = await reportOf(omar.agent, 'Given');
  await omar.agent.leaveReport(id);
  assert.deepEqual((await omar.agent.reports(null)).rows, []);
  await assert.rejects(omar.agent.openReport(id), { code: 'NOT_FOUND' });
  await assert.rejects(site.recipient.leaveReport(id), { code: 'LAST_HOLDER' });
  // What one does not hold is left already, and nothing happens to it.
  await omar.agent.leaveReport(id);
  assert.equal((await site.recipient.openReport(id)).answers['title'], 'Given');
});

test('an account whose reports nobody else holds is not deleted by oversight; once they are handed over, it is', async () => {
  await file('Another');
  await assert.rejects(site.administrator.removeUser(ruth, 'kept'), { code: 'LAST_HOLDER' });
  const seen: number[] = [];
  const handed = await site.recipient.handOver(omar.id, true, ({ done }) => seen.push(done));
  assert.deepEqual(handed, { given: 2, unreadable: 0 });
  assert.deepEqual(seen, [0, 1]);
  assert.deepEqual((await site.recipient.reports(null)).rows, []);
  assert.deepEqual((await omar.agent.reports(null)).rows.map(({ title }) => title).toSorted(), [
    'Another',
    'Given',
  ]);

  const slot = database((opened) =>
    Number(opened.prepare('SELECT slot FROM users WHERE user_id = ?').get(ruth)?.['slot']),
  );
  const slotNow = async () =>
    (await readFile(`${site.server.home}/slots`)).subarray(slot * slotSize, (slot + 1) * slotSize);
  const before = Buffer.from(await slotNow());
  await site.administrator.setRecipients(site.channelId, [ruth, omar.id]);
  const { people, channels } = await site.administrator.removeUser(ruth, 'kept');
  assert.equal(
    people.some(({ id }) => id === ruth),
    false,
  );
  assert.deepEqual(
    channels[0]?.recipients.map(({ id }) => id),
    [omar.id],
  );
  await assert.rejects(site.recipient.reports(null), { code: 'SESSION_ENDED' });
  await assert.rejects(deskMember(site.server.origin).signIn('ruth', recipientPassword, quietly), {
    code: 'WRONG_CREDENTIAL',
  });
  // What her keys were boxed under is noise, and no row names her but those of the audit log.
  while ((await slotNow()).equals(before)) await new Promise((resolve) => setTimeout(resolve, 50));
  const left = database((opened) =>
    ['users', 'account_boxes', 'audit_heads', 'activations', 'resets', 'addresses'].map((table) =>
      Number(opened.prepare(`SELECT count(*) AS n FROM ${table} WHERE user_id = ?`).get(ruth)?.['n']),
    ),
  );
  assert.deepEqual(left, [0, 0, 0, 0, 0, 0]);
  const { entries } = await site.administrator.siteAudit();
  assert.ok(entries.some(({ act }) => act === 'user-deleted'));
});

test('deleted with what only they could read, those reports are forgotten and the channel is closed', async () => {
  const { agent, receipt } = await file('Only Omar');
  const { channels } = await site.administrator.removeUser(omar.id, 'deleted');
  assert.deepEqual(channels[0]?.recipients, []);
  await assert.rejects(agent.returnWith(receipt, quietly), { code: 'WRONG_CREDENTIAL' });
  assert.deepEqual(await channelOf(), []);
  const reports = database((opened) =>
    Number(opened.prepare('SELECT count(*) AS n FROM reports WHERE forgotten = 0').get()?.['n']),
  );
  assert.equal(reports, 0);
});

test('an administrator deletes neither themselves nor somebody nobody knows', async () => {
  const me = deskMember(site.server.origin);
  const ada = await me.signIn('ada', administratorPassword, quietly);
  const id = ada?.id ?? '';
  await assert.rejects(me.removeUser(id, 'kept'), { code: 'MALFORMED' });
  await assert.rejects(me.setDisabled(id, true, []), { code: 'MALFORMED' });
  await assert.rejects(me.removeUser(crypto.randomUUID(), 'kept'), { code: 'NOT_FOUND' });
});
