/** Slowdown of guesses and the pace of a session, with time that the test passes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { usualSettings } from '@sotto/contract/settings';
import { makeClients } from '../../src/limits/clients.ts';
import { makePace } from '../../src/limits/pace.ts';
import { makeSlowdown, secondsFor } from '../../src/limits/slowdown.ts';

const never = new AbortController().signal;

function slow() {
  let now = 0;
  const waits: number[] = [];
  const slowdown = makeSlowdown(
    makeClients(() => now),
    async (milliseconds) => void waits.push(milliseconds / 1000),
  );
  return {
    waits,
    pass(milliseconds: number) {
      now += milliseconds;
    },
    begin: (account: string, client: string | null = null) => slowdown.begin({ account, client }, never),
    async fail(account: string, client: string | null = null, times = 1) {
      for (let time = 0; time < times; time += 1) (await slowdown.begin({ account, client }, never)).failed();
    },
  };
}

describe('slowdown', () => {
  it('waits random(min(x,42)…min(x²,42)) seconds for x failures', () => {
    for (const [failures, least, most] of [
      [5, 5, 25],
      [6, 6, 36],
      [7, 7, 42],
      [41, 41, 42],
      [42, 42, 42],
      [5000, 42, 42],
    ] as const) {
      const seen = Array.from({ length: 300 }, () => secondsFor(failures));
      assert.ok(
        seen.every((seconds) => seconds >= least && seconds <= most),
        String(failures),
      );
      assert.ok(most === least || new Set(seen).size > 1);
    }
  });

  it('begins after five failures of an account, and ends with its owner’s success', async () => {
    const site = slow();
    await site.fail('ruth', null, 5);
    assert.deepEqual(site.waits, []);
    (await site.begin('ruth')).succeeded();
    assert.equal(site.waits.length, 1);
    (await site.begin('ruth')).succeeded();
    assert.equal(site.waits.length, 1);
    (await site.begin('omar')).failed();
    assert.equal(site.waits.length, 1);
  });

  it('counts for a client whatever the names it tries, also after it knew one of them', async () => {
    const site = slow();
    for (const name of ['a', 'b', 'c', 'd', 'e']) await site.fail(name, 'mallory');
    (await site.begin('mallory', 'mallory')).succeeded();
    assert.equal(site.waits.length, 1);
    await site.fail('f', 'mallory');
    assert.equal(site.waits.length, 2);
    await site.fail('g', 'somebody else');
    assert.equal(site.waits.length, 2);
  });

  it('is no quicker for many at once: attempts under way count as failures', async () => {
    const site = slow();
    const attempts = await Promise.all(Array.from({ length: 20 }, () => site.begin('ruth')));
    assert.equal(site.waits.length, 15);
    for (const attempt of attempts) attempt.failed();
    await site.fail('ruth');
    assert.ok((site.waits.at(-1) ?? 0) >= 20);
  });

  it('locks nobody out: a failure more costs no more than 42 seconds, and the hour ends it', async () => {
    const site = slow();
    await site.fail('ruth', null, 200);
    assert.ok(site.waits.every((seconds) => seconds <= 42));
    const before = site.waits.length;
    site.pass(3_600_000);
    (await site.begin('ruth')).succeeded();
    assert.equal(site.waits.length, before);
  });

  it('keeps a thousand waiting and tells the next one to come back; who goes away waits no more', async () => {
    const clients = makeClients(() => 0);
    const gone: (() => void)[] = [];
    const slowdown = makeSlowdown(
      clients,
      () => new Promise((_, reject) => void gone.push(() => reject(new Error()))),
    );
    const name = clients.name('account', 'ruth');
    clients.counts('failures').add(name, 5);
    const waiting = Array.from({ length: 1000 }, () =>
      slowdown.begin({ account: 'ruth', client: null }, never),
    );
    const settled = Promise.allSettled(waiting);
    await assert.rejects(slowdown.begin({ account: 'ruth', client: null }, never), {
      code: 'TOO_MANY',
      retryAfter: 42,
    });
    for (const go of gone) go();
    for (const { status } of await settled) assert.equal(status, 'rejected');
    const again = slowdown.begin({ account: 'ruth', client: null }, never);
    gone.at(-1)?.();
    await assert.rejects(again, { code: 'MALFORMED' });
  });
});

describe('the pace of a session', () => {
  const settings = { now: () => usualSettings, change: async () => {} };

  it('is five requests a second; what comes faster waits longer and longer, and then is sent away for a while', async () => {
    const waits: number[] = [];
    let now = 1_000_000;
    const pace = makePace(
      () => now,
      settings,
      async (milliseconds) => void waits.push(milliseconds),
    );
    const session = {};
    for (let request = 0; request < 5; request += 1) await pace.step(session, never);
    assert.deepEqual(waits, []);
    for (let request = 0; request < 15; request += 1) await pace.step(session, never);
    assert.equal(waits.length, 15);
    for (const [at, wait] of waits.entries())
      assert.ok(at === 0 || wait - (waits[at - 1] ?? 0) >= 200, String(at));
    await pace.step({}, never);
    assert.equal(waits.length, 15);
    await assert.rejects(
      async () => {
        for (let request = 0; request < 100; request += 1) await pace.step(session, never);
      },
      { code: 'TOO_MANY' },
    );
    assert.ok(waits.every((wait) => wait <= 10_000));
    now += 20_000;
    const before = waits.length;
    await pace.step(session, never);
    assert.equal(waits.length, before);
  });
});
