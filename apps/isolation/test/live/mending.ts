/** `up` killed with SIGKILL in every phase: the next `down` leaves nothing, the next `up` works. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { before, test } from 'node:test';
import { phaseNames } from '../../src/plan/steps.ts';
import {
  assertOk,
  type Instance,
  instance,
  isolate,
  remains,
  startIsolate,
  verdict,
  workstation,
} from './rig.ts';

export function mendingClaims(): void {
  let here: Instance;
  before(() => {
    here = instance('lt-mend', workstation('desk', 'command = ["/bin/sleep", "1000"]\n'));
  });

  for (const phase of phaseNames) {
    test(`up killed in the phase ${phase}: down leaves nothing`, async () => {
      await killedIn(phase, here);
      assertOk(await isolate('down', '--config', here.config));
      assert.deepEqual(remains(here), []);
    });
  }

  for (const phase of ['devices', 'workstations'] as const) {
    test(`up killed in the phase ${phase}: the next up works`, async () => {
      await killedIn(phase, here);
      assert.equal(verdict(assertOk(await isolate('up', '--config', here.config))), 'up');
      assertOk(await isolate('status', '--config', here.config));
      assertOk(await isolate('down', '--config', here.config));
    });
  }

  test('up killed while it wrote its first file: down leaves nothing', async () => {
    mkdirSync(here.run, { recursive: true });
    writeFileSync(join(here.run, 'configuration.toml'), 'name = "lt-m');
    assertOk(await isolate('down', '--config', here.config));
    assert.deepEqual(remains(here), []);
  });

  test('down killed half-way: the next down leaves nothing', async () => {
    assertOk(await isolate('up', '--config', here.config));
    const child = startIsolate(['down', '--config', here.config]);
    setTimeout(() => child.kill('SIGKILL'), 300);
    await once(child, 'exit');
    assertOk(await isolate('down', '--config', here.config));
    assert.deepEqual(remains(here), []);
  });
}

/** Starts `up` and kills it as soon as it says that it has begun a phase. */
async function killedIn(phase: string, here: Instance): Promise<void> {
  const child = startIsolate(['up', '--config', here.config]);
  const exited = once(child, 'exit');
  assert.ok(child.stdout);
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === JSON.stringify({ kind: 'progress', what: phase })) child.kill('SIGKILL');
  }
  const [, signal] = await exited;
  assert.equal(signal, 'SIGKILL', `up never came to ${phase}`);
}
