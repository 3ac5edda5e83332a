/** Slowdown, thresholds and pace over HTTP, with clients told apart by their circuits as Tor names them. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { usualSettings } from '@sotto/contract/settings';
import { boxedIdentityBytes } from '@sotto/protocol/sizes';
import { box, credential, newId, random, submission } from '../support/made-up.ts';
import { callerBy, proxyLine, runServer, type TestServer } from '../support/running.ts';
import { fileReport, makeSite, ok, refused, signIn, startFiling } from '../support/site.ts';
import { temporaryFolder } from '../support/temporary.ts';

const wrong = (userName: string) => ({ body: { userName, authKey: random(32) } });

/** What a caller can tell about an attempt but its time: the answer, and how often the server made them wait. */
async function attempts(running: TestServer, userName: string, times: number): Promise<string[]> {
  const seen: string[] = [];
  for (let time = 0; time < times; time += 1) {
    const before = running.waits.length;
    const { status, headers, bytes } = await running.call('signIn', wrong(userName));
    seen.push(JSON.stringify([status, headers, bytes.toString('utf8'), running.waits.length - before]));
  }
  return seen;
}

describe('slowdown', () => {
  it('is the same for a name that nobody has and a known one, answer by answer', async (test) => {
    const running = await runServer(test);
    await makeSite(running);
    const known = await attempts(running, 'ruth', 9);
    assert.deepEqual(await attempts(running, 'nobody', 9), known);
    // The fifth failure was the last that cost nothing.
    assert.deepEqual(
      known.map((answer) => JSON.parse(answer)[3]),
      [0, 0, 0, 0, 0, 1, 1, 1, 1],
    );
    assert.ok(running.waits.every((wait) => wait >= 5000 && wait <= 42_000));
  });

  it('keeps the right password waiting too, lets it in, and begins anew then', async (test) => {
    const running = await runServer(test);
    const { recipient } = await makeSite(running);
    const { userName, authKey } = recipient;
    await attempts(running, userName, 6);
    const before = running.waits.length;
    ok(await running.call('signIn', { body: { userName: 'RUTH', authKey } }));
    assert.equal(running.waits.length, before + 1);
    ok(await running.call('signIn', { body: { userName, authKey } }));
    assert.equal(running.waits.length, before + 1);
  });
});

describe('a session', () => {
  it('guesses the password of its person no faster than a sign-in does, by whatever route asks for it', async (test) => {
    const running = await runServer(test);
    const { recipient } = await makeSite(running);
    const session = await signIn(running, recipient);
    const guess = async () =>
      refused(
        await running.call('recoveryKey', { session, body: { authKey: random(32) } }),
        401,
        'WRONG_CREDENTIAL',
      );
    for (let failure = 0; failure < 5; failure += 1) await guess();
    assert.equal(running.waits.length, 0);
    await guess();
    assert.equal(running.waits.length, 1);
    const change = { authKey: random(32), credential: random(32), identity: box(boxedIdentityBytes) };
    refused(await running.call('changePassword', { session, body: change }), 401, 'WRONG_CREDENTIAL');
    const factor = { authKey: random(32), secret: random(20), code: '123456', present: null };
    refused(await running.call('setFactor', { session, body: factor }), 401, 'WRONG_CREDENTIAL');
    refused(
      await running.call('endFactor', { session, body: { authKey: random(32), code: '123456' } }),
      401,
      'WRONG_CREDENTIAL',
    );
    assert.equal(running.waits.length, 4);
    await signIn(running, recipient);
    assert.equal(running.waits.length, 5);
  });
});

describe('a client', () => {
  it('is a circuit of the onion service: wrong receipts slow it down and nobody else', async (test) => {
    const { running, path } = await onionService(test);
    const attempt = async (circuit: string) => {
      const wrongReceipt = { body: { authKey: random(32) } };
      refused(await callerBy(circuit, path).call('returnWithReceipt', wrongReceipt), 401, 'WRONG_CREDENTIAL');
    };
    for (let time = 0; time < 5; time += 1) await attempt('fc00::1');
    assert.equal(running.waits.length, 0);
    await attempt('fc00::1');
    assert.equal(running.waits.length, 1);
    await attempt('fc00::2');
    assert.equal(running.waits.length, 1);
  });

  it('cannot speak without the line of its circuit, or name another one after it', async (test) => {
    const { raw } = await onionService(test);
    const get = 'GET /api/site HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    assert.match(await raw(proxyLine('fc00::1') + get), /^HTTP\/1\.1 200 /);
    assert.equal(await raw(get), '');
    assert.equal(await raw(`PROXY UNKNOWN\r\n${get}`), '');
    assert.equal(await raw(`PROXY TCP6 ${'f'.repeat(200)}`), '');
    assert.match(await raw(proxyLine('fc00::1') + proxyLine('fc00::2') + get), /^HTTP\/1\.1 400 /);
  });
});

describe('thresholds', () => {
  it('let a report above the site’s cost work of its own, and answer one that was filed before as the first time', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    await running.server.backend.settings.change({ ...usualSettings, threshold_reports_per_hour: 1 });
    await running.server.backend.settings.change({ proof_of_work: false });
    const first = await fileReport(running, site);
    const filing = await startFiling(running, newId());
    await running.server.backend.settings.change({ proof_of_work: true });
    const body = submission(site.channelId, [site.recipient.id], credential().hash);
    refused(await running.call('submit', { session: filing, body }), 428, 'WORK_NEEDED');
    // What was refused was not counted, and nothing of it is lost.
    await running.server.backend.settings.change({ proof_of_work: false });
    ok(await running.call('submit', { session: filing, body }));
    for (let more = 2; more < 4; more += 1) await fileReport(running, site);
    const late = await startFiling(running, newId());
    const another = submission(site.channelId, [site.recipient.id], credential().hash);
    const beyond = await running.call('submit', { session: late, body: another });
    refused(beyond, 429, 'TOO_MANY');
    // 13:37:42 (running.ts) until the full hour.
    assert.equal(beyond.headers['retry-after'], String(22 * 60 + 18));
    ok(await running.call('submit', { session: filing, body }));
    ok(await running.call('ownReport', { session: first.session }));
    running.pass(23 * 60_000);
    ok(await running.call('submit', { session: late, body: another }));
  });

  it('bound the attachments of a report, and count one that is announced again once', async (test) => {
    const running = await runServer(test);
    await makeSite(running);
    await running.server.backend.settings.change({ threshold_attachments_per_hour_per_report: 2 });
    const session = await startFiling(running, newId());
    const files = [newId(), newId(), newId()];
    const announce = (file: string | undefined) =>
      running.call('announceFile', { session, body: { file, size: 4096 } });
    for (const file of [files[0], files[0], files[1]]) ok(await announce(file));
    refused(await announce(files[2]), 429, 'TOO_MANY');
    ok(await announce(files[1]));
  });
});

describe('the pace', () => {
  it('of one session is five requests a second, chunks aside, and no other session waits for it', async (test) => {
    const running = await runServer(test);
    const [mine, other] = [await startFiling(running, newId()), await startFiling(running, newId())];
    const file = newId();
    ok(await running.call('announceFile', { session: mine, body: { file, size: 4096 } }));
    await running.server.backend.settings.change({ requests_per_second: 5 });
    running.pass(1000);
    const ask = (session: string) => running.call('ownFile', { session, path: { file } });
    for (let request = 0; request < 5; request += 1) ok(await ask(mine));
    assert.equal(running.waits.length, 0);
    for (let request = 0; request < 20; request += 1) {
      await running.call('getOwnChunk', { session: mine, path: { file, index: 0 } });
    }
    assert.equal(running.waits.length, 0);
    ok(await ask(mine));
    assert.equal(running.waits.length, 1);
    refused(await ask(other), 404, 'NOT_FOUND');
    assert.equal(running.waits.length, 1);
  });
});

/** A server on a unix socket, as the Gateway's Tor speaks to it. */
async function onionService(test: TestContext) {
  const path = join(await temporaryFolder(test), 'http');
  const running = await runServer(test, { listen: { kind: 'unix-socket', path, proxyLine: true } });
  const raw = (sent: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect({ path });
      let got = '';
      socket.setEncoding('latin1');
      socket.on('data', (part) => {
        got += String(part);
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(got));
      // In two pieces: a line does not always come whole.
      socket.write(sent.slice(0, 9));
      setImmediate(() => socket.write(sent.slice(9)));
    });
  return { running, path, raw };
}
