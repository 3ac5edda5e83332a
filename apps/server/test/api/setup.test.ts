/** Making the site over HTTP, by its one-time link (S2, S14). */
import assert from 'node:assert/strict';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { SetupRequest } from '@sotto/contract/account';
import {
  channelBody,
  credential,
  newId,
  peopleBody,
  person,
  random,
  signingKey,
  statement,
} from '../support/made-up.ts';
import { runServer } from '../support/running.ts';
import { ok, refused, setupRequest, setupSecret, siteIdOf } from '../support/site.ts';

describe('setup', () => {
  it('needs the secret of the setup link, lands whole, and happens once', async (test) => {
    const running = await runServer(test);
    const siteId = await siteIdOf(running);
    const right = setupRequest(siteId, setupSecret(running), signingKey(), credential());
    refused(await running.call('setup', { body: { ...right, secret: random(32) } }), 401, 'WRONG_CREDENTIAL');
    assert.equal(ok(await running.call('site'))['state'], 'unclaimed');
    ok(await running.call('setup', { body: right }));
    ok(await running.call('setup', { body: right }));
    const other = setupRequest(siteId, right.secret, signingKey(), credential());
    refused(await running.call('setup', { body: other }), 409, 'ALREADY_SET_UP');
    assert.equal(ok(await running.call('site'))['publicKey'], right.site.publicKey);
  });

  it('of several requests at once makes one site', async (test) => {
    const running = await runServer(test);
    const siteId = await siteIdOf(running);
    const secret = setupSecret(running);
    const requests = [1, 2, 3].map(() => setupRequest(siteId, secret, signingKey(), credential()));
    const received = await Promise.all(requests.map((body) => running.call('setup', { body })));
    const made = requests.filter((_, index) => received[index]?.status === 200);
    assert.equal(made.length, 1);
    assert.equal(ok(await running.call('site'))['publicKey'], made[0]?.site.publicKey);
  });

  it('refuses statements that the site has not signed, or that name others than the request', async (test) => {
    const running = await runServer(test);
    const siteId = await siteIdOf(running);
    const siteKey = signingKey();
    const right = setupRequest(siteId, setupSecret(running), siteKey, credential());
    const { id, keys } = right.administrator;
    const key = { kind: 'public', publicKey: keys.publicKey } as const;
    const ada = person(id, 'Ada', ['administrator', 'recipient'], key);
    const stranger = person(newId(), 'Eve', ['recipient'], { kind: 'enrolment', enrolmentKey: random(32) });
    const people = (...users: (typeof ada)[]) => statement(siteKey, peopleBody(siteId, 1, users));
    const channel = (recipients: (typeof id)[]) =>
      statement(siteKey, channelBody(siteId, newId(), 1, recipients));
    const wrongs: [Partial<SetupRequest>, number, string][] = [
      [{ people: statement(signingKey(), peopleBody(siteId, 1, [ada])) }, 422, 'WRONG_SIGNATURE'],
      [{ people: statement(siteKey, peopleBody(newId(), 1, [ada])) }, 400, 'MALFORMED'],
      [{ people: statement(siteKey, { kind: 'people' }) }, 400, 'MALFORMED'],
      [{ people: people(ada, stranger) }, 400, 'MALFORMED'],
      [{ people: people({ ...ada, name: 'Eve' }) }, 400, 'MALFORMED'],
      [{ people: people({ ...ada, roles: ['recipient'] }) }, 400, 'MALFORMED'],
      [{ people: people({ ...ada, key: { kind: 'public', publicKey: random(32) } }) }, 400, 'MALFORMED'],
      [{ people: right.channel }, 400, 'MALFORMED'],
      [{ channel: channel([newId()]) }, 422, 'WRONG_HOLDERS'],
      [{ channel: channel([id, id]) }, 422, 'WRONG_HOLDERS'],
      [{ siteSeed: `Ag${right.siteSeed.slice(2)}` }, 400, 'MALFORMED'],
    ];
    for (const [change, status, code] of wrongs) {
      refused(await running.call('setup', { body: { ...right, ...change } }), status, code);
    }
    assert.equal(ok(await running.call('site'))['state'], 'unclaimed');
    ok(await running.call('setup', { body: right }));
  });

  it('keeps its link in a file of its owner until it is used, and only a hash in the database', async (test) => {
    const running = await runServer(test);
    const path = join(running.home, 'setup-link');
    const secret = setupSecret(running);
    assert.equal(await readFile(path, 'utf8'), `${running.server.setupLink}\n`);
    for (const name of ['sotto.sqlite', 'sotto.sqlite-wal']) {
      const bytes = await readFile(join(running.home, name));
      assert.ok(!bytes.includes(secret));
      assert.ok(!bytes.includes(Buffer.from(secret, 'base64url')));
    }
    const siteId = await siteIdOf(running);
    ok(await running.call('setup', { body: setupRequest(siteId, secret, signingKey(), credential()) }));
    await running.server.backend.home.forget.finish();
    await assert.rejects(access(path), { code: 'ENOENT' });
  });

  it('keeps the same link over a restart, and makes a new one when the file is gone', async (test) => {
    const running = await runServer(test);
    const secret = setupSecret(running);
    await running.server.stop();
    const again = await runServer(test, { homePath: running.home });
    assert.equal(setupSecret(again), secret);
    await again.server.backend.home.attachments.forget('setup-link');
    await again.server.stop();
    const third = await runServer(test, { homePath: running.home });
    assert.notEqual(setupSecret(third), secret);
    const body = setupRequest(await siteIdOf(third), secret, signingKey(), credential());
    refused(await third.call('setup', { body }), 401, 'WRONG_CREDENTIAL');
    ok(await third.call('setup', { body: { ...body, secret: setupSecret(third) } }));
  });
});
