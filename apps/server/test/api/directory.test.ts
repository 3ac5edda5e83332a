/** The signed directory over HTTP: versions, rights, names, channels (S14). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { channelBody, newId, peopleBody, person, random, signingKey, statement } from '../support/made-up.ts';
import { runServer } from '../support/running.ts';
import { makeSite, ok, refused, signIn } from '../support/site.ts';

describe('the directory', () => {
  it('takes the next version signed by the site and no other', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const session = await signIn(running, site.administrator);
    const users = [...site.people];
    const signed = (version: number, people = users, key = site.siteKey) =>
      statement(key, peopleBody(site.siteId, version, people));
    const publish = (people: string) =>
      running.call('publishPeople', { session, body: { people, unread: [] } });
    refused(await publish(signed(4, users, signingKey())), 422, 'WRONG_SIGNATURE');
    for (const version of [0, 3, 5]) {
      refused(await publish(signed(version, users.toReversed())), 409, 'STATEMENT_OUTDATED');
    }
    const [ada, ...others] = users;
    assert.ok(ada);
    const stolen = { ...ada, key: { kind: 'public', publicKey: random(32) } } as const;
    const powerless = { ...ada, roles: ['recipient' as const] };
    for (const people of [others, [stolen, ...others], [powerless, ...others], [...users, ada]]) {
      refused(await publish(signed(4, people)), 400, 'MALFORMED');
    }
    ok(await publish(signed(4)));
    ok(await publish(signed(4)));
    assert.equal(ok(await running.call('site'))['people'], signed(4));
  });

  it('takes away a right together with the sessions that had it', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const [ada, ruth, ...others] = site.people;
    assert.ok(ada && ruth);
    const session = await signIn(running, site.administrator);
    const ruths = await signIn(running, site.recipient);
    const changed = [ada, { ...ruth, roles: ['administrator' as const] }, ...others];
    const people = statement(site.siteKey, peopleBody(site.siteId, 4, changed));
    // Refused with the people alone, for somebody else, for oneself, for nobody, and while a channel still names them; then it ends nothing.
    refused(
      await running.call('publishPeople', { session, body: { people, unread: [site.channelId] } }),
      400,
      'MALFORMED',
    );
    const change = (user: string, statements: readonly string[]) =>
      running.call('changeRoles', {
        session,
        path: { user },
        body: { people, channels: statements.map((text) => ({ channel: site.channelId, statement: text })) },
      });
    const without = channelBody(site.siteId, site.channelId, 3, [site.other.id]);
    const left = [statement(site.siteKey, without)];
    refused(await change(site.other.id, []), 400, 'MALFORMED');
    refused(await change(site.administrator.id, []), 400, 'MALFORMED');
    refused(await change(newId(), left), 404, 'NOT_FOUND');
    refused(await change(ruth.id, []), 422, 'WRONG_HOLDERS');
    ok(await running.call('reports', { session: ruths }));
    ok(await change(ruth.id, left));
    ok(await change(ruth.id, left));
    refused(await running.call('reports', { session: ruths }), 401, 'SESSION_ENDED');
    const again = await signIn(running, site.recipient);
    assert.equal((await running.call('reports', { session: again })).status, 403);
    ok(await running.call('overview', { session: again }));
  });

  it('refuses a user name that somebody has, in whatever case, and an id that somebody has', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const session = await signIn(running, site.administrator);
    const invite = (id: typeof site.siteId, userName: string) => {
      const ines = person(id, 'Ines', ['recipient'], { kind: 'enrolment', enrolmentKey: random(32) });
      const people = statement(site.siteKey, peopleBody(site.siteId, 4, [...site.people, ines]));
      const invitation = { id, userName, name: 'Ines', roles: ['recipient'], activation: random(32) };
      return running.call('invite', { session, body: { invitation, people } });
    };
    refused(await invite(newId(), 'RUTH'), 409, 'NAME_TAKEN');
    refused(await invite(site.recipient.id, 'ines'), 409, 'ID_IN_USE');
    assert.equal(Object(ok(await running.call('overview', { session })))['people'].length, 3);
    ok(await invite(newId(), 'ines'));
    assert.equal(Object(ok(await running.call('overview', { session })))['people'].length, 4);
  });

  it('refuses a channel whose recipients may not receive, or that is another than the address says', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const session = await signIn(running, site.administrator);
    const { siteId, channelId, recipient, other } = site;
    const publish = (id: string, body: ReturnType<typeof channelBody>) => {
      const channel = statement(site.siteKey, body);
      return running.call('publishChannel', { session, path: { channel: id }, body: { channel } });
    };
    const id = newId();
    refused(await publish(id, channelBody(siteId, newId(), 1, [recipient.id])), 400, 'MALFORMED');
    refused(await publish(id, channelBody(siteId, id, 1, [newId()])), 422, 'WRONG_HOLDERS');
    refused(await publish(siteId, channelBody(siteId, siteId, 4, [recipient.id])), 400, 'MALFORMED');
    const outdated = channelBody(siteId, channelId, 2, [other.id]);
    refused(await publish(channelId, outdated), 409, 'STATEMENT_OUTDATED');
    ok(await publish(id, channelBody(siteId, id, 1, [recipient.id])));
    assert.equal(Object(ok(await running.call('site')))['channels'].length, 2);
  });
});
