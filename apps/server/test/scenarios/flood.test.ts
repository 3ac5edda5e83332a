/** A flood at the settings of a new site, over the onion service's socket; honest people work for their reports as their agents do. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { usualSettings } from '@sotto/contract/settings';
import { credential, newId, random, submission } from '../support/made-up.ts';
import { testNow } from '../support/rows.ts';
import { callerBy, type Received, runServer, working } from '../support/running.ts';
import { makeSiteWith, refused, setupSecret } from '../support/site.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** Reports that the site takes in an hour before it keeps the rest of its room for those who have filed none. */
const full = 4 * usualSettings.threshold_reports_per_hour;

it('one flooder on 50 circuits fills the hour, and all 20 honest people get through, whatever the flooder goes on trying', async (test) => {
  const { files, settings, left } = await newSite(test);
  let flooded = 0;
  const flood = async (circuit: number) => {
    const answer = await files(`fc00::${circuit}`);
    if (answer.status === 200) flooded += 1;
    else refused(answer, 429, 'TOO_MANY');
    return answer;
  };
  // No bound to the flooder's machine: to it all work is as nothing. And the worst order: it is there before anybody else.
  await settings.change({ proof_of_work: false });
  for (let filed = 0; filed < full; filed += 1) await flood(filed % 50);
  assert.equal(flooded, full);
  await settings.change(usualSettings);
  for (let person = 0; person < 20; person += 1) {
    const [honest, more] = await Promise.all([files(`fd00::${person}`), flood(person)]);
    assert.equal(honest.status, 200, `person ${person}: ${honest.bytes.toString('utf8')}`);
    // Who is sent away is told when to come back: at the full hour.
    const seconds = Number(more.headers['retry-after']);
    assert.ok(seconds > 0 && seconds <= left() + 1, `to come back after ${seconds} s`);
  }
  assert.equal(flooded, full);
});

/** A new site on the socket of an onion service, and filing there by a circuit, one a second. */
async function newSite(test: TestContext) {
  const path = join(await temporaryFolder(test), 'http');
  const running = await runServer(test, { listen: { kind: 'unix-socket', path, proxyLine: true } }, 'usual');
  const site = await makeSiteWith(working(callerBy('fb00::1', path)), setupSecret(running));
  let now = testNow;
  const files = async (circuit: string): Promise<Received> => {
    running.pass(1000);
    now += 1000;
    const caller = working(callerBy(circuit, path));
    const begun = await caller.call('startFiling', { body: { report: newId(), check: random(32) } });
    if (begun.status !== 200) return begun;
    const body = submission(site.channelId, [site.recipient.id], credential().hash);
    return caller.call('submit', { session: String(begun.json?.['session']), body });
  };
  /** Seconds until the full hour. */
  const left = () => 3600 - (Math.floor(now / 1000) % 3600);
  return { files, left, settings: running.server.backend.settings };
}
