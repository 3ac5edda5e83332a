/** Every setting of the kernel that `up` makes, changed alone in every namespace: the audit names it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { everywhere } from '../../src/plan/up-plan.ts';
import { assertOk, type Instance, inside, instance, isolate, processIn, workstation } from '../live/rig.ts';

export function settingClaims(): void {
  let here: Instance;
  before(async () => {
    here = instance('lt-set', workstation('desk'));
    assertOk(await isolate('up', '--config', here.config));
    process.kill(processIn(here.gateway, 'watch'), 'SIGSTOP');
  });
  after(async () => {
    assertOk(await isolate('down', '--config', here.config));
  });
  const set = (namespace: string, ...lines: readonly string[]) =>
    inside(namespace, 'sysctl', '-qw', ...lines).code;

  for (const line of everywhere) {
    const [key = '', value = ''] = line.split('=');
    test(`another ${key}: the audit names it, in the Gateway and in a Workstation`, async () => {
      const namespaces = { 'the Gateway': here.gateway, desk: `${here.name}-ws-desk` };
      try {
        for (const namespace of Object.values(namespaces))
          assert.equal(set(namespace, `${key}=${value === '0' ? 1 : 0}`), 0);
        const { code, lines } = await isolate('audit', '--config', here.config);
        assert.equal(code, 1);
        for (const name of Object.keys(namespaces)) {
          const found = lines.find(({ list }) => list === `settings of ${name}`);
          assert.match(String(found?.['differences']), new RegExp(`missing: ${key} = ${value}(?:;|$)`));
        }
      } finally {
        // All of them: forwarding takes others with it.
        for (const namespace of Object.values(namespaces)) set(namespace, ...everywhere);
      }
    });
  }
}
