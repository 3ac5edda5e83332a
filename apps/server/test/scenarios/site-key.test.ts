/** The key that signs the directory (S14), through the client, against a server as a process of its own. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { MemberAgent } from '@sotto/client/agents';
import { fromBase64url, toBase64url } from '@sotto/protocol/bytes';
import { signStatement } from '@sotto/protocol/directory';
import { createSodiumLibrary } from '@sotto/protocol/library-sodium';
import { deskMember, deskWhistleblower, quietly } from '@sotto/testkit/desk';
import { type FoundedSite, foundSite, recipientPassword } from '@sotto/testkit/founded-site';
import { type Answer, type Lie, lyingFetch } from '@sotto/testkit/lying-server';
import { discard } from '@sotto/testkit/server-process';
import { keysInSlots, overwritten } from '../support/slots.ts';

const piaPassword = 'Fifth-Meadow-2-bridge';
const quinn = { userName: 'quinn', name: 'Quinn Adeyemi', roles: ['recipient'] } as const;
const library = createSodiumLibrary((length) => Uint8Array.from(randomBytes(length)));

let site: FoundedSite;
let piaId: string;

before(async () => {
  site = await foundSite();
  const { activationLink } = await site.administrator.invite({
    userName: 'pia',
    name: 'Pia Okafor',
    roles: ['administrator'],
  });
  const pia = deskMember(site.server.origin);
  const fragment = activationLink.split('#activate=')[1] ?? '';
  const { member } = await pia.activate(fragment, piaPassword, quietly);
  assert.ok(member);
  piaId = member.id;
});
after(() => discard(site.server));

async function signedInPia(): Promise<MemberAgent> {
  const pia = deskMember(site.server.origin);
  await pia.signIn('pia', piaPassword, quietly);
  return pia;
}

test('an administrator signs nothing before the key was given to them, and everything afterwards', async () => {
  const before = await signedInPia();
  const omar = { userName: 'omar', name: 'Omar Haddad', roles: ['recipient'] } as const;
  await assert.rejects(before.invite(omar), { code: 'NOT_ALLOWED' });
  await assert.rejects(before.giveSiteKey(piaId), { code: 'NOT_ALLOWED' });
  const { people } = await site.administrator.giveSiteKey(piaId);
  assert.deepEqual(
    people.filter(({ signs }) => signs).map(({ name }) => name),
    ['Ada Brook', 'Pia Okafor'],
  );
  const { activationLink } = await (await signedInPia()).invite(omar);
  const omars = deskMember(site.server.origin);
  const fragment = activationLink.split('#activate=')[1] ?? '';
  await omars.activate(fragment, 'Sixth-Orchard-5-candle', quietly);
  const [entry] = (await site.administrator.siteAudit()).entries.filter(
    ({ act }) => act === 'site-key-given',
  );
  assert.deepEqual({ from: entry?.from, what: entry?.what }, { from: 'self', what: 'Pia Okafor' });
});

test('the key is given to administrators alone', async () => {
  await assert.rejects(site.administrator.giveSiteKey(site.recipientView.id), { code: 'NOT_FOUND' });
});

test('when the key changes everything goes on, the old one signs nothing more, and its secret half is noise', async () => {
  const receipt = await file('Before');
  const pia = await signedInPia();
  const old = await keysInSlots(
    site.server.home,
    "SELECT slot FROM users JOIN account_boxes USING (site_id, user_id) WHERE kind = 'site-seed'",
  );
  assert.equal(old.length, 2);
  const { fingerprint } = await site.administrator.overview();
  const changed = await site.administrator.changeSiteKey();
  assert.notEqual(changed.fingerprint, fingerprint);
  assert.deepEqual(
    changed.people.filter(({ signs }) => signs).map(({ name }) => name),
    ['Ada Brook'],
  );
  await overwritten(site.server.home, old);
  await assert.rejects(pia.invite(quinn), { code: 'SESSION_ENDED' });
  await assert.rejects((await signedInPia()).invite(quinn), { code: 'NOT_ALLOWED' });
  await site.administrator.giveSiteKey(piaId);
  await (await signedInPia()).invite(quinn);
  await site.administrator.setDays(site.channelId, 60);
  // The report from before, and one more by the old link.
  const [row] = (await site.recipient.reports(null)).rows;
  assert.equal((await site.recipient.openReport(row?.id ?? '')).answers['title'], 'Before');
  await file('After');
  const returning = deskWhistleblower(site.server.origin);
  const view = await returning.returnWith(receipt, quietly);
  assert.deepEqual(view.warnings, ['site-key-changed']);
});

test('members are told of another key until they have read it, with both fingerprints; who changed it is not', async () => {
  const { fingerprint } = await site.administrator.overview();
  assert.equal((await site.administrator.news()).newKey, null);
  const ruth = deskMember(site.server.origin);
  await ruth.signIn('ruth', recipientPassword, quietly);
  const { newKey } = await ruth.news();
  assert.equal(newKey?.now, fingerprint);
  assert.notEqual(newKey?.before, fingerprint);
  const again = deskMember(site.server.origin);
  await again.signIn('ruth', recipientPassword, quietly);
  assert.deepEqual((await again.news()).newKey, newKey);
  await again.seeNews(0);
  assert.equal((await again.news()).newKey, null);
  const later = deskMember(site.server.origin);
  await later.signIn('ruth', recipientPassword, quietly);
  assert.equal((await later.news()).newKey, null);
});

test('whoever comes with the link from before is told that it names the key before; the new link matches', async () => {
  const visitor = deskWhistleblower(site.server.origin);
  assert.equal((await visitor.openSite(site.siteKey)).keyCheck, 'succeeded');
  const { publicLink } = await site.administrator.overview();
  const other = deskWhistleblower(site.server.origin);
  assert.equal((await other.openSite(publicLink.replace('/#', ''))).keyCheck, 'matched');
});

test('a second change leads from the first key to the last', async () => {
  await site.administrator.changeSiteKey();
  const visitor = deskWhistleblower(site.server.origin);
  assert.equal((await visitor.openSite(site.siteKey)).keyCheck, 'succeeded');
  const ruth = deskMember(site.server.origin);
  await ruth.signIn('ruth', recipientPassword, quietly);
  assert.notEqual((await ruth.news()).newKey, null);
});

test('who administers no more has no signing key any more, and what held it is noise; nobody changes their own roles', async () => {
  await site.administrator.giveSiteKey(piaId);
  const pia = await signedInPia();
  const old = await keysInSlots(site.server.home, `SELECT slot FROM users WHERE user_id = '${piaId}'`);
  const { people } = await site.administrator.setRoles(piaId, ['recipient']);
  const { roles, signs } = people.find(({ id }) => id === piaId) ?? {};
  assert.deepEqual({ roles, signs }, { roles: ['recipient'], signs: false });
  await overwritten(site.server.home, old);
  await assert.rejects(pia.overview(), { code: 'SESSION_ENDED' });
  const recipient = await signedInPia();
  await recipient.reports(null);
  await assert.rejects(recipient.invite(quinn), { code: 'NOT_ALLOWED' });
  await site.administrator.setRoles(piaId, ['administrator', 'recipient']);
  const again = await signedInPia();
  await assert.rejects(again.setRoles(site.recipientView.id, ['administrator']), { code: 'NOT_ALLOWED' });
  const ada = (await site.administrator.overview()).people.find(({ userName }) => userName === 'ada');
  await assert.rejects(site.administrator.setRoles(ada?.id ?? '', ['recipient']), { code: 'MALFORMED' });
});

const attackerSeed = library.random(32);
const attackerKey = toBase64url(library.ed25519PublicKey(attackerSeed));
/** All statements signed by the attacker, and how the attacker says to have come by the key. */
const takenOver = (successions: (answer: Answer) => unknown): Lie => ({
  on: '/api/site',
  json: (answer) => {
    answer.successions = successions(answer);
    answer.publicKey = attackerKey;
    answer.people = forged(answer.people);
    answer.channels = answer.channels.map(forged);
  },
});
const claim = (before: string, site: unknown) => ({
  before,
  statement: toBase64url(
    signStatement(library, attackerSeed, { kind: 'successor', site, publicKey: attackerKey }),
  ),
});
const lies: readonly [string, Lie, string][] = [
  ['that leaves the change out', takenOver(() => []), 'SITE_KEY_DIFFERS'],
  [
    'by a change that the key before did not sign',
    takenOver((answer) => [claim(answer.publicKey, answer.site)]),
    'WRONG_SIGNATURE',
  ],
  [
    'by a change of a key that nobody knew',
    takenOver((answer) => [claim(attackerKey, answer.site)]),
    'SITE_KEY_DIFFERS',
  ],
  ['by the changes of before and no more', takenOver((answer) => answer.successions), 'DIRECTORY_WRONG'],
];
for (const [name, lie, code] of lies)
  test(`another key ${name} is refused by members and by whoever has a link`, async () => {
    const liar = lyingFetch(lie);
    const member = deskMember(site.server.origin, liar.fetch);
    await assert.rejects(member.signIn('ruth', recipientPassword, quietly), { code });
    const visitor = deskWhistleblower(site.server.origin, liar.fetch);
    await assert.rejects(visitor.openSite(site.siteKey), { code });
    assert.equal(liar.told(), 2);
  });

test('the directory of before a change is not believed again', async () => {
  const response: unknown = await (await fetch(`${site.server.origin}/api/site`)).json();
  await site.administrator.changeSiteKey();
  const ruth = deskMember(site.server.origin);
  await ruth.signIn('ruth', recipientPassword, quietly);
  const back: Lie = { on: '/api/site', json: (answer) => void Object.assign(answer, response) };
  const deceived = deskMember(site.server.origin, lyingFetch(back).fetch);
  await assert.rejects(deceived.signIn('ruth', recipientPassword, quietly), { code: 'SITE_KEY_DIFFERS' });
});

/** @returns the receipt. */
async function file(title: string): Promise<string> {
  const whistleblower = deskWhistleblower(site.server.origin);
  await whistleblower.openSite(site.siteKey);
  return (await whistleblower.submit(site.channelId, { title, story: title }, quietly)).receipt;
}

/** The statement as the attacker would sign it. */
function forged(statement: string): string {
  const body: Answer = JSON.parse(new TextDecoder().decode(fromBase64url(statement).subarray(65)));
  return toBase64url(signStatement(library, attackerSeed, body));
}
