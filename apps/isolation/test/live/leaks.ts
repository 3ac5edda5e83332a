/** The leak test and its control; each wall taken away alone is in test/prove/. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { PcapReader } from '../../src/leaktest/pcap.ts';
import {
  assertOk,
  ended,
  type Instance,
  instance,
  isolate,
  startIsolate,
  state,
  until,
  verdict,
  workstation,
} from './rig.ts';

/** The limit for the fast test. */
const fastWithinSeconds = 90;

export function leakClaims(): void {
  let here: Instance;
  before(async () => {
    here = instance('lt-leak', workstation('desk'));
    assertOk(await isolate('up', '--config', here.config));
  });
  after(async () => {
    assertOk(await isolate('down', '--config', here.config));
  });

  test('nothing gets out: not one packet to anything but a relay', async () => {
    const file = join(state, 'leaktest.pcap');
    const result = await isolate('leaktest', '--fast', '--capture', file, '--config', here.config);
    const failed = result.lines.filter(({ kind, outcome }) => kind === 'attempt' && outcome !== 'ok');
    assert.deepEqual(failed, [], result.stderr);
    assert.equal(result.code, 0);
    assert.equal(verdict(result), 'nothing got out');
    assert.equal(result.lines.filter(({ kind }) => kind === 'attempt').length, 63);
    const last = result.lines.at(-1);
    assert.ok(Number(last?.['seconds']) < fastWithinSeconds);
    const frames = new PcapReader().push(readFileSync(file)).length;
    assert.ok(frames > 0 && Number(last?.['frames']) > 0, 'a capture that saw nothing proves nothing');
  });

  test('after the leak test everything is as up left it', async () => {
    // What the attacks started in there ends by itself, within moments of the last one.
    let findings: unknown;
    const asItWas = async () => {
      const { code, lines } = await isolate('status', '--config', here.config);
      findings = lines.filter(({ ok }) => ok === false);
      return code === 0;
    };
    await until('status finds nothing', 10, asItWas).catch((failure: unknown) => {
      throw new Error(`status finds ${JSON.stringify(findings)}`, { cause: failure });
    });
  });

  test('the control: a careless router is caught', async () => {
    const result = await isolate('leaktest', '--control', '--config', here.config);
    assert.equal(verdict(result), 'the careless router is caught', result.stdout);
    assert.equal(result.code, 0);
    assert.ok(Number(result.lines.at(-1)?.['caught']) >= 25);
  });

  test('a Workstation without a network cannot be tested', async () => {
    const none = await ended(startIsolate(['leaktest', 'nobody', '--config', here.config]));
    assert.equal(none.code, 2);
  });
}
