/** Sign-in, the vault of a session, and activation links over HTTP (S1–S3). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { boxedIdentityBytes } from '@sotto/protocol/sizes';
import {
  accountKeys,
  box,
  credential,
  enrolment,
  newId,
  peopleBody,
  person,
  random,
  signingKey,
  statement,
} from '../support/made-up.ts';
import { runServer, type TestServer } from '../support/running.ts';
import { makeSite, ok, refused, signIn, type TestSite } from '../support/site.ts';

/** Invites one more recipient. */
async function inviteInes(running: TestServer, site: TestSite) {
  const session = await signIn(running, site.administrator);
  const [enrolmentKey, activation] = [signingKey(), credential()];
  const key = { kind: 'enrolment', enrolmentKey: enrolmentKey.publicKey } as const;
  const ines = person(newId(), 'Ines', ['recipient'], key);
  const body = peopleBody(site.siteId, site.version + 1, [...site.people, ines]);
  const invitation = {
    id: ines.id,
    userName: 'ines',
    name: 'Ines',
    roles: ['recipient'],
    activation: activation.hash,
  };
  const people = statement(site.siteKey, body);
  ok(await running.call('invite', { session, body: { invitation, people } }));
  return { id: ines.id, authKey: activation.authKey, enrolmentKey };
}

describe('sign-in', () => {
  it('answers an unknown name and an invited person like a wrong password', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    await inviteInes(running, site);
    const attempt = (userName: string) => running.call('signIn', { body: { userName, authKey: random(32) } });
    const wrong = await attempt('ruth');
    refused(wrong, 401, 'WRONG_CREDENTIAL');
    for (const received of [await attempt('nobody'), await attempt('ines')]) {
      assert.deepEqual(
        [received.status, received.headers, received.bytes],
        [wrong.status, wrong.headers, wrong.bytes],
      );
    }
  });

  it('gives every name a salt, whether somebody has it or not, and the same before and after', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const salt = async (userName: string) => ok(await running.call('salt', { body: { userName } }))['salt'];
    assert.equal(await salt('nobody'), await salt('NoBody'));
    assert.equal(await salt('ruth'), await salt('RUTH'));
    assert.notEqual(await salt('nobody'), await salt('ruth'));
    const before = await salt('ines');
    await inviteInes(running, site);
    assert.equal(await salt('ines'), before);
  });

  it('gives the boxes of the account and of no other, and the site seed to the administrator alone', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const attempt = (userName: string, authKey: string) =>
      running.call('signIn', { body: { userName, authKey } });
    const ada = ok(await attempt('ada', site.administrator.authKey));
    assert.equal(ada['identity'], site.setup.administrator.keys.identity);
    assert.equal(ada['own'], site.setup.administrator.keys.own);
    assert.equal(ada['siteSeed'], site.setup.siteSeed);
    const ruth = ok(await attempt('ruth', site.recipient.authKey));
    assert.equal(ruth['siteSeed'], null);
    assert.notEqual(ruth['identity'], ada['identity']);
    refused(await attempt('ada', site.recipient.authKey), 401, 'WRONG_CREDENTIAL');
  });

  it('goes on after a reload by the name of the vault alone, and not once the session has ended', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const session = await signIn(running, site.recipient);
    const [name, identity] = [random(32), box(boxedIdentityBytes)];
    refused(await running.call('resume', { session, body: { name } }), 404, 'NOT_FOUND');
    const unknownVersion = { name, identity: `Ag${identity.slice(2)}` };
    refused(await running.call('keepVault', { session, body: unknownVersion }), 400, 'MALFORMED');
    ok(await running.call('keepVault', { session, body: { name, identity } }));
    assert.equal(ok(await running.call('resume', { session, body: { name } }))['identity'], identity);
    refused(await running.call('resume', { session, body: { name: random(32) } }), 404, 'NOT_FOUND');
    const other = await signIn(running, site.recipient);
    refused(await running.call('resume', { session: other, body: { name } }), 404, 'NOT_FOUND');
    ok(await running.call('endSession', { session }));
    refused(await running.call('resume', { session, body: { name } }), 401, 'SESSION_ENDED');
    refused(await running.call('endSession', { session }), 401, 'SESSION_ENDED');
  });

  it('is wanted again after a restart of the server', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const session = await signIn(running, site.recipient);
    await running.server.stop();
    const again = await runServer(test, { homePath: running.home });
    refused(await again.call('reports', { session }), 401, 'SESSION_ENDED');
    ok(await again.call('reports', { session: await signIn(again, site.recipient) }));
  });
});

describe('an activation link', () => {
  it('is of one use, and only its own enrolment key signs', async (test) => {
    const running = await runServer(test);
    const { id, authKey, enrolmentKey } = await inviteInes(running, await makeSite(running));
    const view = ok(await running.call('activation', { body: { authKey } }));
    assert.deepEqual([view['user'], view['name'], view['siteName']], [id, 'Ines', 'A site']);
    const keys = accountKeys(random(32));
    const activate = (signature: string, changed = keys) =>
      running.call('activate', { body: { authKey, keys: changed, signature } });
    for (const wrong of [
      enrolment(signingKey(), id, keys.publicKey),
      enrolment(enrolmentKey, newId(), keys.publicKey),
      enrolment(enrolmentKey, id, random(32)),
    ]) {
      refused(await activate(wrong), 422, 'WRONG_SIGNATURE');
    }
    const signature = enrolment(enrolmentKey, id, keys.publicKey);
    ok(await activate(signature));
    ok(await activate(signature));
    refused(await activate(signature, { ...keys, own: box(120) }), 410, 'LINK_ENDED');
    refused(await running.call('activation', { body: { authKey } }), 410, 'LINK_ENDED');
    refused(await running.call('activation', { body: { authKey: random(32) } }), 410, 'LINK_ENDED');
  });

  it('ends after 72 hours', async (test) => {
    const running = await runServer(test);
    const { authKey } = await inviteInes(running, await makeSite(running));
    running.pass(72 * 60 * 60 * 1000 - 1000);
    ok(await running.call('activation', { body: { authKey } }));
    running.pass(1000);
    refused(await running.call('activation', { body: { authKey } }), 410, 'LINK_ENDED');
  });
});
