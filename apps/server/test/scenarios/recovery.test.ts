/** A forgotten password (S10), from the question to the new one: the client, a server as a process of its own, a true mail server. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { MemberAgent } from '@sotto/client/agents';
import { deskMember, deskWhistleblower, quietly } from '@sotto/testkit/desk';
import { type FoundedSite, foundSite, recipientPassword } from '@sotto/testkit/founded-site';
import {
  type Authority,
  fragmentOf,
  type MailServer,
  makeAuthority,
  startMailServer,
} from '@sotto/testkit/mail-server';
import { discard, startServer } from '@sotto/testkit/server-process';

const address = 'ruth@example.org';
const newPassword = 'Other-Harbour-4-window';

let authority: Authority;
let mail: MailServer;
let site: FoundedSite;
/** Of the recipient, as it was shown last. */
let recoveryKey: string;

/** The same settings whatever the port. */
const settings = (siteAddress: string) => ({
  host: '127.0.0.1',
  port: mail.port,
  security: 'starttls' as const,
  userName: '',
  password: null,
  sender: 'no-reply@example.org',
  siteAddress,
});

before(async () => {
  authority = await makeAuthority();
  mail = await startMailServer({ authority, security: 'starttls' });
  site = await foundSite({ environment: { NODE_EXTRA_CA_CERTS: authority.path } });
  ({ recoveryKey } = site);
  await site.administrator.setMail(settings(site.server.origin));
  await site.recipient.setOwnAddress(recipientPassword, address, quietly);
  const whistleblower = deskWhistleblower(site.server.origin);
  await whistleblower.openSite(site.siteKey);
  await whistleblower.submit(site.channelId, { title: 'Before', story: 'It was all there.' }, quietly);
});
after(async () => {
  await discard(site.server);
  await mail.stop();
  await authority.discard();
});

/** Asks for a link and waits for it. @returns its secret, as it stands in the address. */
async function linkByMail(name: string): Promise<string> {
  const before = mail.taken.length;
  await deskMember(site.server.origin).askReset(name, quietly);
  const taken = await mail.waitFor(before + 1);
  const last = taken.at(-1);
  assert.ok(last);
  return fragmentOf(last).replace('reset=', '');
}

test('link and recovery key together set a new password: every report opens, and all that was before is refused', async () => {
  const link = await linkByMail('RUTH');
  const forgetful = deskMember(site.server.origin);
  await forgetful.checkReset(link);
  assert.equal((await forgetful.openReset(link, recoveryKey, quietly)).name, 'Ruth Lindqvist');
  // Until here nothing has changed.
  assert.equal((await site.recipient.reports(null)).rows.length, 1);
  const { member, recoveryKey: next } = await forgetful.finishReset(newPassword, null, quietly);
  assert.equal(member?.userName, 'ruth');
  assert.notEqual(next, recoveryKey);
  const [row] = (await forgetful.reports(null)).rows;
  assert.equal((await forgetful.openReport(row?.id ?? '')).answers['story'], 'It was all there.');

  await assert.rejects(site.recipient.reports(null), { code: 'SESSION_ENDED' });
  const stranger = deskMember(site.server.origin);
  await assert.rejects(stranger.signIn('ruth', recipientPassword, quietly), { code: 'WRONG_CREDENTIAL' });
  await assert.rejects(stranger.checkReset(link), { code: 'LINK_ENDED' });
  await assert.rejects(stranger.openReset(link, recoveryKey, quietly), { code: 'WRONG_CREDENTIAL' });
  const second = await linkByMail(address);
  await assert.rejects(stranger.openReset(second, recoveryKey, quietly), { code: 'WRONG_CREDENTIAL' });
  await stranger.openReset(second, next, quietly);
  await deskMember(site.server.origin).signIn('ruth', newPassword, quietly);
  recoveryKey = next;
});

test('the link alone opens nothing and changes nothing, nor does the recovery key', async () => {
  const stranger = deskMember(site.server.origin);
  const link = await linkByMail('ruth');
  const otherKey = 'ABCD'.repeat(14);
  await assert.rejects(stranger.openReset(link, otherKey, quietly), { code: 'RECOVERY_KEY_MALFORMED' });
  await assert.rejects(stranger.openReset(link, site.administratorRecoveryKey, quietly), {
    code: 'WRONG_CREDENTIAL',
  });
  await assert.rejects(stranger.openReset('A'.repeat(43), recoveryKey, quietly), { code: 'LINK_ENDED' });
  await assert.rejects(stranger.openReset('reset', recoveryKey, quietly), { code: 'LINK_MALFORMED' });
  await assert.rejects(stranger.finishReset(newPassword, null, quietly), { code: 'NOTHING_OPEN' });
  await deskMember(site.server.origin).signIn('ruth', newPassword, quietly);
});

test('an answer that is lost on the way is asked for again: one password holds, and the recovery key shown is its own', async () => {
  const link = await linkByMail('ruth');
  let lost = 0;
  const losing: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (!String(input).endsWith('/recovery/complete') || lost > 0) return response;
    lost += 1;
    throw new TypeError('the line broke after the server had taken it');
  };
  const unlucky = deskMember(site.server.origin, losing);
  await unlucky.openReset(link, recoveryKey, quietly);
  const { recoveryKey: next } = await unlucky.finishReset('Third-Cellar-8-garden', null, quietly);
  assert.equal(lost, 1);
  await deskMember(site.server.origin).signIn('ruth', 'Third-Cellar-8-garden', quietly);
  recoveryKey = next;
});

test('a mail that waits outlives kill -9 of the server, and is sent once the mail server is back', async () => {
  await mail.stop();
  await deskMember(site.server.origin).askReset('ruth', quietly);
  await until(site.administrator, ({ waiting, lastFailure }) => waiting === 1 && lastFailure !== null);
  await site.server.kill();
  const environment = { NODE_EXTRA_CA_CERTS: authority.path };
  const server = await startServer({ home: site.server.home, environment });
  site = { ...site, server };
  const administrator = deskMember(server.origin);
  await administrator.signIn('ada', 'Correct-Horse-7-battery', quietly);
  assert.equal((await administrator.mail()).waiting, 1);
  mail = await startMailServer({ authority, security: 'starttls' });
  // Saving the settings has everything that waits tried at once.
  await administrator.setMail(settings(server.origin));
  const [taken] = await mail.waitFor(1);
  assert.ok(taken);
  await deskMember(server.origin).openReset(fragmentOf(taken).replace('reset=', ''), recoveryKey, quietly);
  await until(administrator, ({ waiting }) => waiting === 0);
});

/** Waits until the queue is as wanted. */
async function until(
  administrator: MemberAgent,
  wanted: (mail: Awaited<ReturnType<MemberAgent['mail']>>) => boolean,
): Promise<void> {
  while (!wanted(await administrator.mail())) await new Promise((resolve) => setTimeout(resolve, 50));
}
