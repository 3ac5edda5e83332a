/** Settings of a site: usual until an administrator changes them, bounded, and kept over a restart. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { usualSettings } from '@sotto/contract/settings';
import { runServer } from '../support/running.ts';
import { makeSite, ok, refused, signIn } from '../support/site.ts';

describe('settings', () => {
  it('change by name alone, and are in force after a restart', async (test) => {
    const running = await runServer(test);
    const site = await makeSite(running);
    const session = await signIn(running, site.administrator);
    const before = Object(ok(await running.call('settings', { session })));
    assert.deepEqual(before.usual, usualSettings);
    const body = { settings: { tokens_per_second: 33 } };
    const after = Object(ok(await running.call('changeSettings', { session, body })));
    assert.deepEqual(after.settings, { ...before.settings, tokens_per_second: 33 });
    await running.server.stop();
    const again = await runServer(test, { homePath: running.home });
    const later = await signIn(again, site.administrator);
    assert.equal(Object(ok(await again.call('settings', { session: later }))).settings.tokens_per_second, 33);
  });

  it('of the colour are shown to anybody at once', async (test) => {
    const running = await runServer(test);
    const session = await signIn(running, (await makeSite(running)).administrator);
    assert.equal(Object(ok(await running.call('site'))).accent, usualSettings.accent);
    ok(await running.call('changeSettings', { session, body: { settings: { accent: 20 } } }));
    assert.equal(Object(ok(await running.call('site'))).accent, 20);
  });

  it('out of bounds, of another type or of no name are refused, and nothing of the request is changed', async (test) => {
    const running = await runServer(test);
    const session = await signIn(running, (await makeSite(running)).administrator);
    const before = ok(await running.call('settings', { session }));
    for (const wrong of [
      { requests_per_second: 0 },
      { proof_of_work: 'no' },
      { more: 1 },
      { tokens_per_second: 1.5 },
      { accent: 360 },
    ]) {
      const settings = { threshold_reports_per_hour: 34, ...wrong };
      refused(await running.call('changeSettings', { session, body: { settings } }), 400, 'MALFORMED');
    }
    assert.deepEqual(ok(await running.call('settings', { session })), before);
  });
});
