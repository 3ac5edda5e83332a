/** The Workstations' image. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { imageConfiguration, imageKey, imageRoot, isolate, verdict } from './rig.ts';

export function imageClaims(): void {
  test('the image is what was built', async () => {
    const result = await isolate('base', 'verify', '--config', imageConfiguration);
    assert.equal(verdict(result), 'as built');
    assert.equal(result.code, 0);
  });

  test('one new file in the image is a finding', async () => {
    const stranger = join(imageRoot, 'etc', 'stranger');
    writeFileSync(stranger, '');
    const result = await isolate('base', 'verify', '--config', imageConfiguration).finally(() =>
      rmSync(stranger),
    );
    assert.equal(result.code, 1);
    assert.deepEqual(result.lines[0], { kind: 'difference', difference: 'new etc/stranger' });
  });

  test('a manifest that this machine did not sign is refused', async () => {
    const kept = readFileSync(imageKey);
    rmSync(imageKey);
    const result = await isolate('base', 'verify', '--config', imageConfiguration).finally(() =>
      writeFileSync(imageKey, kept),
    );
    assert.equal(result.code, 3);
    assert.match(result.stdout, /not signed by this machine/);
  });

  test('a second build over an image is refused', async () => {
    const result = await isolate('base', 'build', '--config', imageConfiguration);
    assert.equal(result.code, 3);
    assert.match(result.stdout, /there is an image already/);
  });
}
