/** What the watchdog must notice. The first few run with every test, all of them in `npm run prove`. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertOk, type Instance, inside, isolate, until } from './rig.ts';

export type Drift = { what: string; change: (here: Instance) => { code: number } };

export const drifts: readonly Drift[] = [
  { what: 'a flushed firewall', change: ({ gateway }) => inside(gateway, 'nft', 'flush', 'ruleset') },
  { what: 'forwarding', change: ({ gateway }) => inside(gateway, 'sysctl', '-qw', 'net.ipv4.ip_forward=1') },
  {
    what: 'another address in the Workstation',
    change: ({ name }) => inside(`${name}-ws-desk`, 'ip', 'address', 'add', '10.77.0.9/30', 'dev', 'eth0'),
  },
  {
    what: 'one more rule',
    change: ({ gateway }) => inside(gateway, 'nft', 'insert rule inet sotto_gateway forward accept'),
  },
  {
    what: 'IPv6',
    change: ({ gateway }) => inside(gateway, 'sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=0'),
  },
  {
    what: 'a new device',
    change: ({ gateway }) => inside(gateway, 'ip', 'link', 'add', 'br0', 'type', 'bridge'),
  },
  {
    what: 'a new route',
    change: ({ gateway }) => inside(gateway, 'ip', 'route', 'add', '192.0.2.0/24', 'dev', 'up0'),
  },
];

/** Makes one drift and waits for the watchdog. */
export function driftClaim({ what, change }: Drift, instance: () => Instance): void {
  test(`the watchdog closes everything at ${what}`, async () => {
    const here = instance();
    assertOk(await isolate('up', '--config', here.config));
    assert.equal(change(here).code, 0);
    await until('the watchdog closes', 10, () => existsSync(join(here.run, 'closed')));
    assert.doesNotMatch(inside(here.gateway, 'ip', '-o', 'link').stdout, /[<,]UP[,>]/);
    assert.equal((await isolate('status', '--config', here.config)).code, 4);
  });
}
