/** Thresholds of an hour at the settings of a new site: who is refused, who works, and that a flooder keeps nobody out. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type SiteSettings, usualSettings } from '@sotto/contract/settings';
import { Refusal } from '../../src/http/refusal.ts';
import { makeClients } from '../../src/limits/clients.ts';
import { makeThresholds } from '../../src/limits/thresholds.ts';
import { newId } from '../support/temporary.ts';

const hour = 3_600_000;

function site(changed: Partial<SiteSettings> = {}) {
  let now = hour * 500_000;
  const clients = makeClients(() => now);
  const settings = { now: () => ({ ...usualSettings, ...changed }), change: async () => {} };
  const thresholds = makeThresholds(clients, settings);
  return {
    ...thresholds,
    clients,
    /** Whether the report of this client was let in. */
    files(client: string | null): boolean {
      try {
        thresholds.report(client);
        return true;
      } catch (refusal) {
        assert.ok(refusal instanceof Refusal && refusal.code === 'TOO_MANY');
        return false;
      }
    },
    pass(milliseconds: number) {
      now += milliseconds;
    },
  };
}

describe('thresholds', () => {
  it('refuse a client above its own at once, say when to come back, and no other client', () => {
    const one = site();
    const mallory = one.clients.name('client', '::1');
    for (let filed = 0; filed < 5; filed += 1) assert.ok(one.files(mallory));
    one.pass(20 * 60_000);
    assert.throws(() => one.report(mallory), { code: 'TOO_MANY', retryAfter: 40 * 60 });
    assert.ok(one.files(one.clients.name('client', '::2')));
    one.pass(40 * 60_000);
    assert.ok(one.files(one.clients.name('client', '::1')));
  });

  it('make a report cost twice the work with each further one above the site’s, and refuse beyond four times', () => {
    const one = site();
    const steps: number[] = [];
    for (let filed = 0; filed < 80; filed += 1) {
      steps.push(one.reportSteps());
      assert.ok(one.files(null), `report ${filed}`);
    }
    assert.deepEqual(
      steps.slice(0, 20),
      Array.from({ length: 20 }, () => 0),
    );
    assert.deepEqual(steps.slice(20, 24), [1, 2, 3, 4]);
    assert.ok(!one.files(null));
    one.pass(hour);
    assert.equal(one.reportSteps(), 0);
    assert.ok(one.files(null));
  });

  it('take back what was not filed after all', () => {
    const one = site({ threshold_reports_per_hour_per_ip: 1 });
    const client = one.clients.name('client', '::1');
    one.report(client)();
    assert.ok(one.files(client));
    assert.equal(one.reportSteps(), 0);
    assert.ok(!one.files(client));
  });

  it('keep none of 20 honest clients out, however much one flooder on 50 circuits gets in before them', () => {
    // The worst order and no bound to the flooder's machine: all it can file, from every circuit, before anybody else comes.
    const one = site();
    const circuits = Array.from({ length: 50 }, (_, circuit) =>
      one.clients.name('client', `fc00::${circuit}`),
    );
    let flooded = 0;
    for (let round = 0; round < 10; round += 1) {
      for (const circuit of circuits) if (one.files(circuit)) flooded += 1;
    }
    assert.equal(flooded, 80);
    const honest = Array.from({ length: 20 }, (_, person) => one.clients.name('client', `fd00::${person}`));
    assert.ok(honest.every((person) => one.files(person)));
    // And no second report of anybody's.
    assert.ok(![...honest, ...circuits].some((client) => one.files(client)));
    // Nor do clients without end: then the site has as many as it takes.
    let more = 0;
    while (one.files(one.clients.name('client', `fe00::${more}`))) more += 1;
    assert.equal(more, 10);
  });

  it('count an attachment once, by client and by report', () => {
    const one = site();
    const client = one.clients.name('client', '::1');
    const [report, file] = [newId(), newId()];
    for (let again = 0; again < 100; again += 1) one.attachment(client, report, file);
    for (let more = 1; more < 30; more += 1) one.attachment(client, report, newId());
    assert.throws(() => one.attachment(client, report, newId()), { code: 'TOO_MANY', retryAfter: 3600 });
    for (let more = 30; more < 120; more += 1) one.attachment(client, newId(), newId());
    assert.throws(() => one.attachment(client, newId(), newId()), { code: 'TOO_MANY' });
    one.attachment(one.clients.name('client', '::2'), newId(), newId());
  });

  it('forget who is who with the hour, and remember no more names than there is room for', () => {
    const one = site();
    const before = one.clients.name('client', '::1');
    assert.equal(one.clients.name('client', '::1'), before);
    assert.notEqual(one.clients.name('account', '::1'), before);
    const counts = one.clients.counts('failures');
    for (let name = 0; name < 20_001; name += 1) counts.add(String(name));
    assert.equal(counts.size(), 20_000);
    assert.equal(counts.of('0'), 0);
    one.pass(hour);
    assert.notEqual(one.clients.name('client', '::1'), before);
    assert.equal(one.clients.counts('failures').size(), 0);
  });
});
