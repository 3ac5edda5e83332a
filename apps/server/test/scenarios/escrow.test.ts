/** Escrow (S11), through the client, against a server as a process of its own: who lost everything comes back, and it is never silent. */
import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import type { MemberAgent } from '@sotto/client/agents';
import { deskMember, deskWhistleblower, quietly } from '@sotto/testkit/desk';
import {
  administratorPassword,
  type FoundedSite,
  foundSite,
  recipientPassword,
} from '@sotto/testkit/founded-site';
import { oathCode } from '@sotto/testkit/oathtool';
import { discard } from '@sotto/testkit/server-process';
import { keysInSlots, overwritten } from '../support/slots.ts';

let site: FoundedSite;
let ruthId: string;
const noorPassword = 'Eighth-Harbour-3-willow';
const thirdPassword = 'Third-Cellar-8-garden';

before(async () => {
  site = await foundSite({ escrow: true });
  ruthId = site.recipientView.id;
  const whistleblower = deskWhistleblower(site.server.origin);
  await whistleblower.openSite(site.siteKey);
  await whistleblower.submit(site.channelId, { title: 'Before', story: 'It was all there.' }, quietly);
});
after(() => discard(site.server));

const fragmentIn = (link: string) => link.split('#activate=')[1] ?? '';

/** Kinds of what has a slot of its own, with how many there are. */
function kept(): Record<string, number> {
  const database = new DatabaseSync(`${site.server.home}/sotto.sqlite`, { readOnly: true });
  const rows = database
    .prepare('SELECT kind, count(*) AS n FROM kept_alone GROUP BY kind ORDER BY kind')
    .all();
  database.close();
  return Object.fromEntries(rows.map((row) => [String(row['kind']), Number(row['n'])]));
}

async function signedIn(userName: string, password: string): Promise<MemberAgent> {
  const member = deskMember(site.server.origin);
  await member.signIn(userName, password, quietly);
  return member;
}

test('whistleblowers are told that escrow is on and who holds it, and every member has sealed a copy', async () => {
  const view = await deskWhistleblower(site.server.origin).openSite(site.siteKey);
  assert.deepEqual([view.escrow.on, view.escrow.holders.map(({ name }) => name)], [true, ['Ada Brook']]);
  assert.deepEqual(kept(), { 'escrow-copy': 2, 'escrow-seed': 1 });
});

test('who lost password and recovery key is let back in by a link, reads every report, and is told who did it', async () => {
  const link = await site.administrator.letBack(ruthId);
  const lost = deskMember(site.server.origin);
  const view = await lost.readActivation(fragmentIn(link));
  assert.deepEqual([view.name, view.isReturn], ['Ruth Lindqvist', true]);
  const { recoveryKey } = await lost.activate(fragmentIn(link), thirdPassword, quietly);
  assert.notEqual(recoveryKey, site.recoveryKey);
  const [row] = (await lost.reports(null)).rows;
  assert.equal((await lost.openReport(row?.id ?? '')).answers['story'], 'It was all there.');
  const { notices } = await lost.news();
  assert.deepEqual(
    notices.map(({ act, by }) => ({ act, by })),
    [{ act: 'escrow-used', by: 'Ada Brook' }],
  );
  await lost.seeNews(notices.at(-1)?.order ?? 0);
  assert.deepEqual((await lost.news()).notices, []);

  await assert.rejects(site.recipient.reports(null), { code: 'SESSION_ENDED' });
  const stranger = deskMember(site.server.origin);
  await assert.rejects(stranger.signIn('ruth', recipientPassword, quietly), { code: 'WRONG_CREDENTIAL' });
  await assert.rejects(stranger.activate(fragmentIn(link), 'Fourth-Cellar-8-garden', quietly), {
    code: 'LINK_ENDED',
  });
});

test('who is let back in with a second factor is shown the new recovery key, and asked for a code before anything opens', async () => {
  const { activationLink, overview } = await site.administrator.invite({
    userName: 'noor',
    name: 'Noor Haddad',
    roles: ['recipient'],
  });
  const noor = deskMember(site.server.origin);
  await noor.activate(fragmentIn(activationLink), noorPassword, quietly);
  const { secret } = await noor.newFactor();
  await noor.setFactor(noorPassword, oathCode(secret, Date.now()), null, quietly);
  const id = overview.people.find(({ userName }) => userName === 'noor')?.id ?? '';
  const lost = deskMember(site.server.origin);
  const link = await site.administrator.letBack(id);
  const { member, recoveryKey } = await lost.activate(fragmentIn(link), 'Seventh-Meadow-9-candle', quietly);
  assert.equal(member, null);
  assert.match(recoveryKey, /^(?:[A-Z2-7]{4} ?){14}$/);
  await assert.rejects(async () => lost.reports(null), { code: 'NOTHING_OPEN' });
  await assert.rejects(lost.enterCode(oathCode(secret, Date.now() + 3_600_000), quietly), {
    code: 'WRONG_CODE',
  });
  assert.equal((await lost.enterCode(oathCode(secret, Date.now() + 30_000), quietly)).userName, 'noor');
  assert.equal((await lost.news()).notices[0]?.act, 'escrow-used');
});

test('a second administrator is given the right and uses it; without it they are turned away', async () => {
  const { activationLink } = await site.administrator.invite({
    userName: 'pia',
    name: 'Pia Okafor',
    roles: ['administrator'],
  });
  const pia = deskMember(site.server.origin);
  const { member } = await pia.activate(fragmentIn(activationLink), 'Fifth-Meadow-2-bridge', quietly);
  assert.ok(member);
  await site.administrator.giveSiteKey(member.id);
  await assert.rejects(pia.letBack(ruthId), { code: 'NOT_ALLOWED' });
  const overview = await site.administrator.setEscrowRight(member.id, true);
  assert.deepEqual(
    overview.escrow.holders.map(({ name }) => name),
    ['Ada Brook', 'Pia Okafor'],
  );
  assert.match(await pia.letBack(ruthId), /#activate=/);
});

test('whoever may open what others can read, every member is told of it once', async () => {
  const ruth = await signedIn('ruth', thirdPassword);
  const told = (await ruth.news()).notices.map(({ act, by, whom }) => ({ act, by, whom }));
  assert.deepEqual(told, [
    { act: 'escrow-given', by: 'Ada Brook', whom: 'Pia Okafor' },
    { act: 'escrow-used', by: 'Pia Okafor', whom: 'Ruth Lindqvist' },
  ]);
  assert.deepEqual((await site.administrator.news()).notices, [], 'what one did oneself is no news');
  const [first] = (await ruth.news()).notices;
  await ruth.seeNews(first?.order ?? 0);
  assert.deepEqual(
    (await ruth.news()).notices.map(({ act }) => act),
    ['escrow-used'],
  );
});

test('when the right is lost the key changes: every copy is sealed anew, and the one before opens nothing', async () => {
  const before = (await site.administrator.overview()).escrow.holders;
  const pia = await signedIn('pia', 'Fifth-Meadow-2-bridge');
  const ada = before.find(({ name }) => name === 'Ada Brook');
  const overview = await pia.setEscrowRight(ada?.id ?? '', false);
  assert.deepEqual(
    overview.escrow.holders.map(({ name }) => name),
    ['Pia Okafor'],
  );
  assert.deepEqual(kept(), { 'escrow-copy': 4, 'escrow-seed': 1 });
  await assert.rejects(site.administrator.letBack(ruthId), { code: 'NOT_ALLOWED' });
  const link = await pia.letBack(ruthId);
  const lost = deskMember(site.server.origin);
  await lost.activate(fragmentIn(link), 'Sixth-Orchard-5-candle', quietly);
  const [row] = (await lost.reports(null)).rows;
  assert.equal((await lost.openReport(row?.id ?? '')).answers['story'], 'It was all there.');
  assert.ok(
    (await lost.news()).notices.some(({ act, by }) => act === 'escrow-resealed' && by === 'Pia Okafor'),
  );
});

test('a server that gives one person’s copy for another’s is found out before anything is boxed', async () => {
  const pia = await signedIn('pia', 'Fifth-Meadow-2-bridge');
  const { people } = await pia.overview();
  const ada = people.find(({ userName }) => userName === 'ada')?.id ?? '';
  const swapping: typeof fetch = (input, init) =>
    fetch(String(input).replace(`/users/${ruthId}/escrow`, `/users/${ada}/escrow`), init);
  const deceived = deskMember(site.server.origin, swapping);
  await deceived.signIn('pia', 'Fifth-Meadow-2-bridge', quietly);
  await assert.rejects(deceived.letBack(ruthId), { code: 'WRONG_OWNER' });
});

test('turned off, no copy, no seed and no way back is left, and it is said so; turned on again, agents seal anew', async () => {
  const pia = await signedIn('pia', 'Fifth-Meadow-2-bridge');
  await pia.letBack(ruthId);
  const before = await keysInSlots(site.server.home, 'SELECT slot FROM kept_alone');
  assert.ok(before.length >= 4, 'copies, a seed and a way back');
  const off = await pia.setEscrow(false);
  assert.deepEqual(off.escrow, { on: false, holders: [] });
  assert.deepEqual(kept(), {});
  await overwritten(site.server.home, before);
  await assert.rejects(pia.letBack(ruthId), { code: 'NOT_ALLOWED' });
  assert.equal((await deskWhistleblower(site.server.origin).openSite(site.siteKey)).escrow.on, false);
  await pia.setEscrow(true);
  assert.deepEqual(kept(), { 'escrow-copy': 1, 'escrow-seed': 1 });
  await signedIn('ada', administratorPassword);
  assert.deepEqual(kept(), { 'escrow-copy': 2, 'escrow-seed': 1 });
});
