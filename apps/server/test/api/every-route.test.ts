/**
 * Every route of the contract: answers the right request with the right form, twice the same, and refuses whatever is not
 * in the contract, each in its own way. A route that is missing here does not compile.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Route } from '@sotto/contract/route';
import { type RouteName, routes } from '@sotto/contract/routes';
import * as v from 'valibot';
import { chunk, newId, random, submission } from '../support/made-up.ts';
import { type Received, runServer } from '../support/running.ts';
import { ok, refused, setupSecret, siteIdOf, startFiling } from '../support/site.ts';
import { fileSize, makeWorld } from '../support/world.ts';

// Object.keys gives strings; these are the keys of the contract's object.
const names = Object.keys(routes) as RouteName[];

/** What the contract says an answer is. */
function checkForm(name: RouteName, received: Received): void {
  const { response }: Route = routes[name];
  assert.equal(received.status, 200, `${name}: ${received.bytes.toString('utf8')}`);
  if (response === 'chunk') {
    assert.equal(received.headers['content-type'], 'application/octet-stream');
    assert.equal(received.bytes[0], 1);
  } else {
    assert.equal(received.headers['content-type'], 'application/json');
    v.parse(response, received.json);
  }
}

/** Routes whose answer differs each time by its very purpose: a new session. */
const newSession: ReadonlySet<RouteName> = new Set([
  'signIn',
  'startFiling',
  'returnWithReceipt',
  'resume',
  'resumeDraft',
]);
/** Used up by the first time. */
const onlyOnce: ReadonlySet<RouteName> = new Set(['endSession', 'endSessions']);

describe('every route', () => {
  it('answers a right request in the form of the contract, and a repeated one the same', async (test) => {
    const { running, right } = await makeWorld(test);
    for (const name of names) {
      const first = await running.call(name, right[name]);
      checkForm(name, first);
      if (onlyOnce.has(name)) continue;
      const second = await running.call(name, right[name]);
      checkForm(name, second);
      if (!newSession.has(name)) assert.ok(first.bytes.equals(second.bytes), name);
    }
  });

  it('refuses malformed JSON, an unknown field, a missing field, another type and a body that is too large', async (test) => {
    const { running, right } = await makeWorld(test);
    for (const name of names) {
      const { request }: Route = routes[name];
      const sent = right[name];
      if (request === null) {
        refused(await running.call(name, { ...sent, body: '{}' }), 400, 'MALFORMED');
        continue;
      }
      const other = { 'Content-Type': 'text/plain' };
      refused(await running.call(name, { ...sent, headers: other }), 415, 'WRONG_TYPE');
      if (request === 'chunk') {
        const long = new Uint8Array(524_288 + 42);
        refused(await running.call(name, { ...sent, body: long }), 413, 'TOO_LARGE');
        refused(await running.call(name, { ...sent, body: chunk(fileSize - 1) }), 400, 'MALFORMED');
        const unknownVersion = chunk(fileSize);
        unknownVersion[0] = 2;
        refused(await running.call(name, { ...sent, body: unknownVersion }), 400, 'MALFORMED');
        continue;
      }
      // why: every JSON body of this world is an object
      const body = sent.body as Record<string, unknown>;
      const [firstField] = Object.keys(body);
      assert.ok(firstField);
      const { [firstField]: _, ...missing } = body;
      for (const wrong of [
        '{"',
        'null',
        '[]',
        '"text"',
        Buffer.from([0x7b, 0xff, 0x7d]),
        { ...body, more: 1 },
        { ...body, toString: 1 },
        JSON.stringify(body).replace('{', '{"__proto__":{},'),
        missing,
        // No field takes a number below zero.
        { ...body, [firstField]: -17 },
      ]) {
        refused(await running.call(name, { ...sent, body: wrong }), 400, 'MALFORMED');
      }
      const long = Buffer.alloc(1_048_577, 0x20);
      refused(await running.call(name, { ...sent, body: long }), 413, 'TOO_LARGE');
    }
  });

  it('refuses ids that are none, an index beyond the file, a query it does not take, other methods', async (test) => {
    const { running, right } = await makeWorld(test);
    for (const name of names) {
      const route: Route = routes[name];
      for (const parameter of Object.keys(right[name].path ?? {})) {
        const wrongs =
          parameter === 'index'
            ? ['-1', '01', '1.5', 'x', '999999999', '%30']
            : ['x', '00000000-0000-0000-0000-000000000000', newId().toUpperCase(), `${newId()}0`, '%00'];
        for (const wrong of wrongs) {
          const path = { ...right[name].path, [parameter]: wrong };
          refused(await running.call(name, { ...right[name], path }), 400, 'MALFORMED');
        }
      }
      for (const query of ['?more=1', '?after=-1', '?before=x', '?after=1&after=2']) {
        refused(await running.call(name, { ...right[name], query }), 400, 'MALFORMED');
      }
      const path = route.path.replaceAll(/:(\w+)/g, (_, part: string) => String(right[name].path?.[part]));
      // OPTIONS is what a browser asks before it sends X-Session from another site.
      for (const method of ['PATCH', 'TRACE', 'OPTIONS']) {
        const received = await running.send(method, path);
        refused(received, 405, 'WRONG_METHOD');
        assert.ok(String(received.headers['allow']).split(', ').includes(route.method));
      }
    }
    refused(await running.send('GET', '/api/nothing'), 404, 'NOT_FOUND');
    refused(await running.send('GET', '/nothing'), 404, 'NOT_FOUND');
  });

  it('wants a living session of its own kind: 401 without one, 403 and no word for another kind', async (test) => {
    const { running, right, sessions } = await makeWorld(test);
    const mayUse: Readonly<Record<string, readonly string[]>> = {
      any: ['administrator', 'recipient', 'filing', 'whistleblower'],
      member: ['administrator', 'recipient'],
      administrator: ['administrator'],
      // The administrator of this world is a recipient as well.
      recipient: ['administrator', 'recipient'],
      filing: ['filing'],
      whistleblower: ['whistleblower'],
    };
    for (const name of names) {
      const kinds: readonly string[] = routes[name].session;
      if (kinds.includes('none')) continue;
      for (const session of [undefined, '', random(32), random(31), `${random(32)}=`]) {
        refused(await running.call(name, { ...right[name], session }), 401, 'SESSION_ENDED');
      }
      const allowed = new Set(kinds.flatMap((kind) => mayUse[kind] ?? []));
      for (const [kind, session] of Object.entries(sessions)) {
        if (allowed.has(kind)) continue;
        const received = await running.call(name, { ...right[name], session });
        assert.equal(received.status, 403, `${name} with a session of kind ${kind}`);
        assert.equal(received.bytes.length, 0);
        assert.equal(received.headers['content-type'], undefined);
      }
    }
  });

  it('ends a session after thirty minutes', async (test) => {
    const { running, right } = await makeWorld(test);
    running.pass(30 * 60 * 1000);
    for (const name of names) {
      if ((routes[name].session as readonly string[]).includes('none')) continue; // why: compared with any kind
      refused(await running.call(name, right[name]), 401, 'SESSION_ENDED');
    }
  });

  it('before setup lets nobody sign in, file or return, and says the site is unclaimed', async (test) => {
    const running = await runServer(test);
    const siteId = await siteIdOf(running);
    assert.deepEqual(ok(await running.call('site')), {
      site: siteId,
      connection: 'unknown',
      state: 'unclaimed',
    });
    assert.equal(setupSecret(running).length, 43);
    const authKey = random(32);
    refused(await running.call('signIn', { body: { userName: 'ada', authKey } }), 401, 'WRONG_CREDENTIAL');
    refused(await running.call('returnWithReceipt', { body: { authKey } }), 401, 'WRONG_CREDENTIAL');
    refused(await running.call('activation', { body: { authKey } }), 410, 'LINK_ENDED');
    const session = await startFiling(running, newId());
    const body = submission(newId(), [newId()], random(32));
    const received = await running.call('submit', { session, body });
    assert.ok(received.status === 404 || received.status === 409, String(received.code));
  });
});
