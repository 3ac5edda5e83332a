/** Mail to a true server: encrypted or not at all, queued on the disk, tried again, forgotten once it is sent. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { fragmentOf, makeAuthority, startMailServer } from '@sotto/testkit/mail-server';
import { random } from '../support/made-up.ts';
import { mailLogin, mailSettings, runMail } from '../support/mail.ts';
import { runServer, type TestServer } from '../support/running.ts';
import { makeSite, ok, refused, signIn, type TestSite } from '../support/site.ts';
import { filesHolding } from '../support/temporary.ts';

const address = 'ruth.lindqvist@example.org';

/** A site with a mail server, where Ruth has an address. */
async function siteWithMail(test: TestContext) {
  const mail = await runMail(test);
  const running = await runServer(test, { mailTransport: mail.transport });
  const site = await makeSite(running);
  const session = await signIn(running, site.administrator);
  const settings = mailSettings(mail.server);
  ok(await running.call('setMail', { session, body: settings }));
  await giveAddress(running, site, session);
  return { mail, running, site, session, settings };
}

async function giveAddress(running: TestServer, site: TestSite, session: string) {
  const path = { user: site.recipient.id };
  ok(await running.call('setAddress', { session, path, body: { mail: address } }));
}

/** What waits, as the administrator is told. */
async function waiting(running: TestServer, session: string) {
  const { waiting: count, lastFailure } = ok(await running.call('mail', { session }));
  return { count, lastFailure };
}

describe('a mail server', () => {
  it('is tested with one mail, and its password is never given back', async (test) => {
    const { mail, running, session, settings } = await siteWithMail(test);
    ok(await running.call('testMail', { session, body: { to: 'ada@example.org' } }));
    assert.deepEqual(mail.server.taken[0]?.to, ['ada@example.org']);
    assert.equal(mail.server.taken[0]?.from, settings.sender);
    assert.doesNotMatch(mail.server.taken[0]?.raw ?? '', /X-Mailer|nodemailer|Received/i);
    const shown = ok(await running.call('mail', { session }))['settings'];
    const { password: _, ...rest } = settings;
    assert.deepEqual(shown, { ...rest, hasPassword: true });
    ok(await running.call('setMail', { session, body: { ...settings, password: null } }));
    ok(await running.call('testMail', { session, body: { to: 'ada@example.org' } }));
  });

  it('whose certificate does not hold, or that offers no encryption, is told neither password nor mail', async (test) => {
    const { mail, running, session, settings } = await siteWithMail(test);
    const stranger = await makeAuthority();
    test.after(() => stranger.discard());
    const attempts = [
      [{ authority: stranger, security: 'starttls' }, 'starttls', 'MAIL_CERTIFICATE'],
      [{ authority: stranger, security: 'tls' }, 'tls', 'MAIL_CERTIFICATE'],
      [
        { authority: mail.authority, security: 'tls', certificateFor: 'mail.example.org' },
        'tls',
        'MAIL_CERTIFICATE',
      ],
      [{ authority: mail.authority, security: 'plain' }, 'starttls', 'MAIL_NOT_ENCRYPTED'],
      [{ authority: mail.authority, security: 'starttls' }, 'tls', 'MAIL_NOT_ENCRYPTED'],
    ] as const;
    for (const [options, security, code] of attempts) {
      const server = await startMailServer({ ...options, login: mailLogin });
      const body = { ...settings, port: server.port, security };
      ok(await running.call('setMail', { session, body }));
      refused(await running.call('testMail', { session, body: { to: 'ada@example.org' } }), 502, code);
      await server.stop();
      assert.deepEqual([server.taken, server.shown], [[], []], `${security} to ${options.security}`);
    }
  });

  it('that refuses the login, or is not there, is named as such', async (test) => {
    const { mail, running, session, settings } = await siteWithMail(test);
    const attempt = async (changed: object) => {
      ok(await running.call('setMail', { session, body: { ...settings, ...changed } }));
      return running.call('testMail', { session, body: { to: 'ada@example.org' } });
    };
    refused(await attempt({ password: 'not this one' }), 502, 'MAIL_LOGIN');
    await mail.server.stop();
    refused(await attempt({}), 502, 'MAIL_UNREACHABLE');
  });

  it('that was never set is said to be missing', async (test) => {
    const running = await runServer(test);
    const session = await signIn(running, (await makeSite(running)).administrator);
    refused(await running.call('testMail', { session, body: { to: 'a@example.org' } }), 409, 'MAIL_NOT_SET');
  });
});

describe('an address', () => {
  it("of one's own changes by the password alone", async (test) => {
    const running = await runServer(test);
    const { recipient } = await makeSite(running);
    const session = await signIn(running, recipient);
    const set = (authKey: string, mail: string | null) =>
      running.call('setOwnAddress', { session, body: { authKey, mail } });
    refused(await set(random(32), address), 401, 'WRONG_CREDENTIAL');
    assert.equal(ok(await running.call('ownAddress', { session }))['mail'], null);
    ok(await set(recipient.authKey, address));
    refused(await set(recipient.recovery, null), 401, 'WRONG_CREDENTIAL');
    assert.equal(ok(await running.call('ownAddress', { session }))['mail'], address);
    ok(await set(recipient.authKey, null));
    assert.equal(ok(await running.call('ownAddress', { session }))['mail'], null);
  });
});

describe('a mail that waits', () => {
  it('is sent by name or by address, with a link of its own, and forgotten then', async (test) => {
    const { mail, running } = await siteWithMail(test);
    for (const name of ['RUTH', address.toUpperCase()])
      ok(await running.call('askReset', { body: { name } }));
    const taken = await mail.server.waitFor(2);
    for (const { to, raw } of taken) {
      assert.deepEqual(to, [address]);
      assert.match(raw, /https:\/\/site\.example\.org\/login#reset=/);
      assert.doesNotMatch(raw, /ruth lindqvist|ada/i);
    }
    assert.notEqual(fragmentOf(taken[0] ?? never()), fragmentOf(taken[1] ?? never()));
    await running.server.stop();
    assert.equal(await waitingOnDisk(running), 0);
  });

  it('holds neither address nor secret on the disk, nor in the log', async (test) => {
    const { mail, running, session } = await siteWithMail(test);
    await mail.server.stop();
    ok(await running.call('askReset', { body: { name: 'ruth' } }));
    while ((await waiting(running, session)).lastFailure !== 'MAIL_UNREACHABLE') await nextTurn();
    assert.equal((await waiting(running, session)).count, 1);
    await running.server.stop();
    for (const secret of [address, 'ruth.lindqvist', mailLogin.password]) {
      assert.deepEqual(await filesHolding(running.home, Buffer.from(secret)), [], secret);
    }
    assert.doesNotMatch(running.lines.join(''), /ruth|example|reset/i);
  });

  it('is tried again with growing waits until a server takes it', async (test) => {
    const { mail, running, session, settings } = await siteWithMail(test);
    await mail.server.stop();
    ok(await running.call('askReset', { body: { name: 'ruth' } }));
    const tries = () => running.lines.filter((line) => line.includes('mail-not-taken')).length;
    // The first try is made at once.
    while (tries() < 1) await nextTurn();
    for (const [before, seconds] of [30, 60, 120].entries()) {
      running.pass(seconds * 1000 - 1000);
      running.server.backend.postSoon();
      await nextTurn(200);
      assert.equal(tries(), before + 1, 'not before its time');
      running.pass(1000);
      running.server.backend.postSoon();
      while (tries() < before + 2) await nextTurn();
    }
    const again = await startMailServer({
      authority: mail.authority,
      security: 'starttls',
      login: mailLogin,
      port: settings.port,
    });
    test.after(() => again.stop());
    running.pass(240 * 1000);
    running.server.backend.postSoon();
    const [taken] = await again.waitFor(1);
    const link = fragmentOf(taken ?? never()).replace('reset=', '');
    ok(await running.call('resetLink', { body: { link } }));
    while ((await waiting(running, session)).count !== 0) await nextTurn();
  });

  it('to nobody, to somebody without an address and the fourth within half an hour is dropped in silence', async (test) => {
    const { mail, running, session } = await siteWithMail(test);
    const answers = [];
    for (const name of ['nobody-here', 'omar', 'ines@example.org', 'ruth', 'ruth', 'ruth', 'ruth', 'ruth']) {
      answers.push(await running.call('askReset', { body: { name } }));
    }
    for (const { status, bytes, headers } of answers) {
      assert.deepEqual(
        [status, bytes, headers],
        [answers[0]?.status, answers[0]?.bytes, answers[0]?.headers],
      );
    }
    await mail.server.waitFor(3);
    while ((await waiting(running, session)).count !== 0) await nextTurn();
    assert.equal(mail.server.taken.length, 3);
  });
});

async function waitingOnDisk(running: TestServer): Promise<number> {
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(`${running.home}/sotto.sqlite`);
  const row = database
    .prepare(
      "SELECT (SELECT count(*) FROM mail_queue) + (SELECT count(*) FROM kept_alone WHERE kind = 'mail') AS n",
    )
    .get();
  database.close();
  return Number(row?.['n']);
}

/** Lets the server's own work go on. */
function nextTurn(milliseconds = 10): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function never(): never {
  throw new Error('no mail');
}
