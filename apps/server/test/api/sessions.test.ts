/** What a session is good for, how it goes on and how it ends (S3). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Role } from '@sotto/contract/forms';
import { boxedIdentityBytes } from '@sotto/protocol/sizes';
import { box, peopleBody, random, statement } from '../support/made-up.ts';
import { runServer } from '../support/running.ts';
import { fileReport, makeSite, ok, refused, signIn } from '../support/site.ts';
import { makeWorld } from '../support/world.ts';

const minute = 60_000;

describe('a session', () => {
  it('is renewed by work alone: acts do not make it longer', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const [renewed, used] = [await signIn(running, site.recipient), await signIn(running, site.recipient)];
    running.pass(29 * minute);
    ok(await running.call('reports', { session: used }));
    assert.deepEqual(ok(await running.call('renewSession', { session: renewed })), { left: 1800 });
    running.pass(minute);
    refused(await running.call('reports', { session: used }), 401, 'SESSION_ENDED');
    refused(await running.call('renewSession', { session: used }), 401, 'SESSION_ENDED');
    ok(await running.call('reports', { session: renewed }));
    await running.server.backend.settings.change({ proof_of_work: true });
    refused(await running.call('renewSession', { session: renewed }), 428, 'WORK_NEEDED');
  });

  it('lists one’s own and nobody else’s, with nothing that would open one', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    await signIn(running, site.recipient);
    running.pass(10 * minute);
    const session = await signIn(running, site.recipient);
    await signIn(running, site.other);
    assert.deepEqual(ok(await running.call('sessions', { session })), {
      sessions: [
        { age: 600, left: 1200, current: false },
        { age: 0, left: 1800, current: true },
      ],
    });
  });

  it('ends with all others of the same person, and tells the browser to forget the site', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const [one, two] = [await signIn(running, site.recipient), await signIn(running, site.recipient)];
    const others = await signIn(running, site.other);
    const ended = await running.call('endSessions', { session: one });
    ok(ended);
    assert.equal(ended.headers['clear-site-data'], '"cache", "cookies", "storage"');
    for (const session of [one, two])
      refused(await running.call('reports', { session }), 401, 'SESSION_ENDED');
    ok(await running.call('reports', { session: others }));
    const signedOut = await running.call('endSession', { session: others });
    assert.equal(signedOut.headers['clear-site-data'], '"cache", "cookies", "storage"');
    refused(await running.call('endSession', { session: others }), 401, 'SESSION_ENDED');
  });

  it('ends when a role changes, and only that person’s', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const session = await signIn(running, site.administrator);
    const [changed, other] = [await signIn(running, site.recipient), await signIn(running, site.other)];
    const both: Role[] = ['administrator', 'recipient'];
    const people = site.people.map((one) => (one.name === 'ruth' ? { ...one, roles: both } : one));
    const body = peopleBody(site.siteId, site.version + 1, people);
    ok(
      await running.call('changeRoles', {
        session,
        path: { user: site.recipient.id },
        body: { people: statement(site.siteKey, body), channels: [] },
      }),
    );
    refused(await running.call('reports', { session: changed }), 401, 'SESSION_ENDED');
    ok(await running.call('reports', { session: other }));
    ok(await running.call('overview', { session: await signIn(running, site.recipient) }));
  });

  it('cannot be fixed beforehand: an id that somebody brings to the sign-in is not the one they get', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const { userName, authKey } = site.recipient;
    const old = await signIn(running, site.other);
    for (const brought of [random(32), old]) {
      const answer = ok(await running.call('signIn', { session: brought, body: { userName, authKey } }));
      assert.notEqual(answer['session'], brought);
      if (brought === old) {
        // It stays whose it was.
        const listed = Object(ok(await running.call('sessions', { session: old }))).sessions;
        assert.equal(listed.length, 1);
      } else refused(await running.call('reports', { session: brought }), 401, 'SESSION_ENDED');
    }
  });

  it('goes on in one tab: after a reload the id before opens nothing any more', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const session = await signIn(running, site.recipient);
    const [name, identity] = [random(32), box(boxedIdentityBytes)];
    ok(await running.call('keepVault', { session, body: { name, identity } }));
    const reloaded = ok(await running.call('resume', { session, body: { name } }));
    assert.equal(reloaded['left'], 1800);
    const next = String(reloaded['session']);
    ok(await running.call('reports', { session: next }));
    refused(await running.call('reports', { session }), 401, 'SESSION_ENDED');
    refused(await running.call('resume', { session, body: { name } }), 401, 'SESSION_ENDED');
    assert.equal(ok(await running.call('resume', { session: next, body: { name } }))['identity'], identity);
  });

  it('that was stolen without the key of its tab gets no identity, so it opens no report', async (test) => {
    const { running, right, site } = await makeWorld(test);
    const session = String(right.resume.session);
    const report = await fileReport(running, site);
    const answers = [
      await running.call('resume', { session, body: { name: random(32) } }),
      await running.call('reports', { session }),
      await running.call('report', { session, path: { report: report.reportId } }),
      await running.call('items', { session, path: { report: report.reportId }, query: '?after=0' }),
      await running.call('sessions', { session }),
    ];
    refused(answers[0] ?? assert.fail(), 404, 'NOT_FOUND');
    const vault = ok(await running.call('resume', right.resume))['identity'];
    const signedIn = ok(await running.call('signIn', right.signIn))['identity'];
    // The box under the password and the vault are all there is of an identity: neither is in what the thief was given.
    for (const { bytes } of answers) {
      for (const identity of [vault, signedIn]) assert.ok(!bytes.includes(String(identity)));
    }
    refused(await running.call('resume', { session, body: { name: '' } }), 400, 'MALFORMED');
  });
});
