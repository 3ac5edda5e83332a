/** The second factor over HTTP (S3), with oathtool in the place of the telephone: what a code opens, what it does not, and how it goes. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Route } from '@sotto/contract/route';
import { type RouteName, routes } from '@sotto/contract/routes';
import { toBase32 } from '@sotto/protocol/bytes';
import { oathCode } from '@sotto/testkit/oathtool';
import { accountKeys, random, text } from '../support/made-up.ts';
import { testNow } from '../support/rows.ts';
import { runServer, type TestServer } from '../support/running.ts';
import { type Member, makeSite, ok, refused, signIn } from '../support/site.ts';
import { addReset, makeWorld } from '../support/world.ts';

const stepLength = 30_000;

/** A telephone with a secret: its code is that of the server's clock, some steps on. */
function telephone(secret = Uint8Array.from(randomBytes(20))) {
  let now = testNow;
  return {
    secret,
    code: (steps = 0) => oathCode(toBase32(secret), now + steps * stepLength),
    pass(running: TestServer, milliseconds: number) {
      running.pass(milliseconds);
      now += milliseconds;
    },
  };
}

type Telephone = ReturnType<typeof telephone>;

function factorBody({ authKey }: Member, phone: Telephone, present: string | null = null) {
  return { authKey, secret: text(phone.secret), code: phone.code(), present };
}

/** A site whose recipient has a second factor; the code of the step it was set in is used up. */
async function withFactor(running: TestServer) {
  const site = await makeSite(running);
  const phone = telephone();
  const session = await signIn(running, site.recipient);
  ok(await running.call('setFactor', { session, body: factorBody(site.recipient, phone) }));
  phone.pass(running, 2 * stepLength);
  const { userName, authKey } = site.recipient;
  const attempt = (code?: string) => running.call('signIn', { body: { userName, authKey, code } });
  return { ...site, phone, session, attempt };
}

describe('a second factor', () => {
  it('is asked for once it is set, and nothing is handed out before its code', async (test) => {
    const running = await runServer(test);
    const { attempt, phone } = await withFactor(running);
    const wanted = await attempt();
    refused(wanted, 401, 'SECOND_FACTOR');
    assert.deepEqual(wanted.json, { error: { code: 'SECOND_FACTOR' } });
    const wrong = await attempt(phone.code(5));
    refused(wrong, 401, 'WRONG_CODE');
    assert.deepEqual(wrong.json, { error: { code: 'WRONG_CODE' } });
    assert.equal(ok(await attempt(phone.code()))['siteSeed'], null);
  });

  it('tells nobody without the password who has one: a wrong password answers alike, code or not', async (test) => {
    const running = await runServer(test);
    const { phone } = await withFactor(running);
    const answers = [];
    for (const userName of ['ruth', 'omar', 'nobody']) {
      for (const code of [undefined, phone.code(), '000000']) {
        const received = await running.call('signIn', { body: { userName, authKey: random(32), code } });
        refused(received, 401, 'WRONG_CREDENTIAL');
        answers.push([received.headers, received.bytes]);
      }
    }
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
  });

  it('lets a code work once, and after it no older one', async (test) => {
    const running = await runServer(test);
    const { attempt, phone } = await withFactor(running);
    const [before, now] = [phone.code(-1), phone.code()];
    ok(await attempt(now));
    refused(await attempt(now), 401, 'WRONG_CODE');
    refused(await attempt(before), 401, 'WRONG_CODE');
    ok(await attempt(phone.code(1)));
  });

  it('lets a code work once for twelve who send it in the same moment', async (test) => {
    const running = await runServer(test);
    const { attempt, phone } = await withFactor(running);
    const code = phone.code();
    const received = await Promise.all(Array.from({ length: 12 }, () => attempt(code)));
    assert.equal(received.filter(({ status }) => status === 200).length, 1);
  });

  it('is guessed no faster than a password: a wrong code counts, and the right password without one neither counts nor clears', async (test) => {
    const running = await runServer(test);
    const { attempt, phone } = await withFactor(running);
    for (let failure = 0; failure < 5; failure += 1) refused(await attempt(phone.code(5)), 401, 'WRONG_CODE');
    assert.equal(running.waits.length, 0);
    refused(await attempt(), 401, 'SECOND_FACTOR');
    refused(await attempt(phone.code(5)), 401, 'WRONG_CODE');
    assert.equal(running.waits.length, 2);
    ok(await attempt(phone.code()));
    assert.equal(running.waits.length, 3);
    ok(await attempt(phone.code(1)));
    assert.equal(running.waits.length, 3);
  });

  it('takes a code one step early or late, and none beyond', async (test) => {
    const running = await runServer(test);
    const { attempt, phone } = await withFactor(running);
    for (const steps of [-2, 2]) refused(await attempt(phone.code(steps)), 401, 'WRONG_CODE');
    for (const steps of [-1, 0, 1]) ok(await attempt(phone.code(steps)));
  });

  it('does not forget after a restart which codes were used', async (test) => {
    const running = await runServer(test);
    const { attempt, phone, recipient } = await withFactor(running);
    const code = phone.code();
    ok(await attempt(code));
    await running.server.stop();
    const again = await runServer(test, { homePath: running.home });
    again.pass(2 * stepLength);
    const { userName, authKey } = recipient;
    refused(await again.call('signIn', { body: { userName, authKey, code } }), 401, 'WRONG_CODE');
    ok(await again.call('signIn', { body: { userName, authKey, code: phone.code(1) } }));
  });

  it('is set by the password and a code of its own, and not without', async (test) => {
    const running = await runServer(test);
    const { recipient, other } = await makeSite(running);
    const session = await signIn(running, recipient);
    const phone = telephone();
    const right = factorBody(recipient, phone);
    const set = (changed: object) => running.call('setFactor', { session, body: { ...right, ...changed } });
    refused(await set({ authKey: other.authKey }), 401, 'WRONG_CREDENTIAL');
    refused(await set({ code: phone.code(2) }), 401, 'WRONG_CODE');
    refused(await set({ secret: random(20) }), 401, 'WRONG_CODE');
    refused(await set({ secret: random(19) }), 400, 'MALFORMED');
    const { userName, authKey } = recipient;
    assert.equal(
      (await running.call('signIn', { body: { userName, authKey } })).status,
      200,
      'none of them set it',
    );
    assert.equal(ok(await set({}))['factor'], true);
    refused(
      await running.call('signIn', { body: { userName, authKey, code: right.code } }),
      401,
      'WRONG_CODE',
    );
  });

  it('is replaced and taken away by its own code alone, and what was kept of it is noise', async (test) => {
    const running = await runServer(test);
    const { recipient, session, phone, attempt } = await withFactor(running);
    const { slotFile, store, forget } = running.server.backend.home;
    const elsewhere = String(ok(await attempt(phone.code(-1)))['session']);
    const slotOf = async () => {
      const { siteId } = running.server.backend;
      const user = await store.transaction((transaction) =>
        store.users.find(transaction, siteId, recipient.id),
      );
      return user?.slot ?? 0;
    };
    const slot = await slotOf();
    const key = await slotFile.read(slot);
    const next = telephone();
    next.pass({ pass() {} } as unknown as TestServer, 2 * stepLength); // why: only its own clock moves
    const replace = (present: string | null) =>
      running.call('setFactor', { session, body: factorBody(recipient, next, present) });
    refused(await replace(null), 401, 'SECOND_FACTOR');
    refused(await replace('000000'), 401, 'WRONG_CODE');
    ok(await replace(phone.code()));
    refused(await running.call('reports', { session: elsewhere }), 401, 'SESSION_ENDED');
    await forget.finish();
    assert.notEqual(await slotOf(), slot);
    assert.notDeepEqual(await slotFile.read(slot), key);
    refused(await attempt(phone.code(1)), 401, 'WRONG_CODE');
    const { authKey } = recipient;
    const end = (code: string, shown = authKey) =>
      running.call('endFactor', { session, body: { authKey: shown, code } });
    refused(await end(next.code()), 401, 'WRONG_CODE');
    refused(await end(next.code(1), random(32)), 401, 'WRONG_CREDENTIAL');
    assert.equal(ok(await end(next.code(1)))['factor'], false);
    ok(await attempt());
  });

  it('is wanted on the way back as well: link and recovery key do not stand in for it', async (test) => {
    const running = await runServer(test);
    const { recipient, phone } = await withFactor(running);
    const link = await addReset(running, recipient.id);
    const keys = { ...accountKeys(random(32)), publicKey: recipient.publicKey };
    const complete = (code?: string) =>
      running.call('completeReset', { body: { link, authKey: recipient.recovery, keys, code } });
    refused(await complete(), 401, 'SECOND_FACTOR');
    refused(await complete(phone.code(5)), 401, 'WRONG_CODE');
    const { userName, authKey } = recipient;
    ok(await running.call('signIn', { body: { userName, authKey, code: phone.code(-1) } }));
    ok(await complete(phone.code()));
    refused(await running.call('signIn', { body: { userName, authKey } }), 401, 'WRONG_CREDENTIAL');
  });

  it('has a secret that neither the database alone nor any answer holds', async (test) => {
    const running = await runServer(test);
    const { phone, administrator, attempt } = await withFactor(running);
    const answers = [
      await attempt(phone.code()),
      await running.call('overview', { session: await signIn(running, administrator) }),
    ];
    await running.server.stop();
    const kept = await readFile(join(running.home, 'sotto.sqlite'));
    const secret = Buffer.from(phone.secret);
    for (const form of [secret, Buffer.from(text(secret)), Buffer.from(toBase32(phone.secret))]) {
      assert.equal(kept.indexOf(form), -1);
      for (const { bytes } of answers) assert.equal(bytes.indexOf(form), -1);
    }
    // The same search finds what is there.
    assert.notEqual(kept.indexOf(Buffer.from('folded_name')), -1);
  });
});

describe('an administrator', () => {
  it('takes a lost second factor away, never their own, and never sees its secret', async (test) => {
    const running = await runServer(test);
    const { administrator, recipient, session, attempt } = await withFactor(running);
    const asking = await signIn(running, administrator);
    const reset = (user: string) => running.call('resetFactor', { session: asking, path: { user } });
    assert.equal((await reset(administrator.id)).status, 403);
    refused(await reset('00000000-0000-4000-8000-000000000000'), 404, 'NOT_FOUND');
    const answer = await reset(recipient.id);
    assert.deepEqual(ok(answer), {});
    ok(await reset(recipient.id));
    refused(await running.call('reports', { session }), 401, 'SESSION_ENDED');
    const { security } = ok(await attempt()) as { security: Record<string, unknown> }; // why: the schema has checked it
    assert.equal(security['factor'], false);
    assert.equal(security['factorResetDay'], new Date(testNow).toISOString().slice(0, 10));
  });

  it('requires a second factor of one person or of all: it is set right after sign-in, and cannot be taken away', async (test) => {
    for (const who of ['person', 'site'] as const) {
      const running = await runServer(test);
      const { administrator, recipient, other } = await makeSite(running);
      const session = await signIn(running, administrator);
      const body = { passwordDue: false, factorRequired: true };
      const settings = { second_factor_required: true };
      if (who === 'site') ok(await running.call('changeSettings', { session, body: { settings } }));
      else ok(await running.call('setPersonRules', { session, path: { user: recipient.id }, body }));
      const entering = await signIn(running, recipient);
      assert.equal((await running.call('reports', { session: entering })).status, 403);
      const phone = telephone();
      const set = await running.call('setFactor', { session: entering, body: factorBody(recipient, phone) });
      assert.deepEqual(ok(set)['due'], []);
      ok(await running.call('reports', { session: entering }));
      const end = { authKey: recipient.authKey, code: phone.code(1) };
      refused(await running.call('endFactor', { session: entering, body: end }), 409, 'FACTOR_REQUIRED');
      const theirs = await running.call('reports', { session: await signIn(running, other) });
      assert.equal(theirs.status, who === 'site' ? 403 : 200);
    }
  });
});

describe('a session of whom something is wanted first', () => {
  it('may do what is wanted, look at it and leave, and nothing else of all routes', async (test) => {
    const { running, site, right, sessions } = await makeWorld(test);
    const session = sessions.administrator;
    const body = { passwordDue: true, factorRequired: false };
    ok(await running.call('setPersonRules', { session, path: { user: site.recipient.id }, body }));
    const entering = await signIn(running, site.recipient);
    // Object.keys gives strings; these are the keys of the contract's object.
    for (const name of Object.keys(routes) as RouteName[]) {
      const { session: kinds }: Route = routes[name];
      if (kinds.some((kind) => kind === 'none' || kind === 'any' || kind === 'entering')) continue;
      const received = await running.call(name, { ...right[name], session: entering });
      assert.equal(received.status, 403, name);
      assert.equal(received.bytes.length, 0);
    }
    ok(await running.call('security', { session: entering }));
    ok(await running.call('endSession', { session: entering }));
  });
});
