/** Configuration files: what is taken, and that every mistake is refused with its place. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseConfiguration } from '../../src/config/read-configuration.ts';
import { IsolationError } from '../../src/errors.ts';

const text = readFileSync(join(import.meta.dirname, 'expected', 'small.toml'), 'utf8');

test('the small configuration is taken, with its defaults', () => {
  const { run, gateway, workstation, watchdog } = parseConfiguration(text, 'test');
  assert.equal(run, '/run/sotto-isolation');
  assert.equal(gateway.sandbox, true);
  assert.equal(workstation[0]?.limits.processes, 512);
  assert.equal(watchdog.seconds, 5);
});

const mistakes: readonly [claim: string, wrong: string, right: string, says: RegExp][] = [
  ['no TOML', 'name = "small"', 'name = ', /is not TOML/],
  ['an unknown setting', 'name = "small"', 'name = "small"\nfirewall = false', /firewall/],
  ['an instance name that makes a device name too long', '"small"', '"small-but-too-long"', /name/],
  ['a path with ..', '"/usr/lib/node"', '"/usr/lib/../../etc"', /binds\.0\.from: must not hold \.\./],
  ['a relative path', '"/usr/lib/node"', '"node"', /binds\.0\.from: must be an absolute path/],
  ['a path that would end an overlay option', '"/usr/lib/node"', '"/usr,upperdir=/etc"', /binds\.0\.from/],
  ['an address without a prefix', '198.18.5.2/30', '198.18.5.2', /uplink\.address/],
  ['an address that is none', '198.18.5.2/30', '198.18.5.256/30', /uplink\.address/],
  ['a command over two lines', '"/opt/app/main.js"', '"a\\nb"', /command\.1: must be one line/],
  ['two workstations of one name', 'name = "vault"', 'name = "server"', /are named server/],
  [
    'an onion of nobody',
    'workstation = "server"',
    'workstation = "nobody"',
    /there is no workstation nobody/,
  ],
  ['a link to nobody', 'to = "vault"', 'to = "nobody"', /there is no workstation nobody/],
  ['a link with one end', 'to = "vault"', 'to = "server"', /has one end/],
  ['a key that is not base32', 'AAAAAAAAAAAA"]', 'AAAAAAAAAAA1"]', /authorised\.0/],
  ['an ordinary account for a Workstation', 'network = "none"', 'network = "none"\nuid = 1000', /uid/],
  [
    'a torrc line in a torrc line',
    'name = "small"',
    'name = "small"\ntesting = { authorities = ["a\\nExitRelay 1"] }',
    /authorities\.0/,
  ],
];

for (const [claim, right, wrong, says] of mistakes) {
  test(`refuses ${claim}`, () => {
    assert.ok(text.includes(right));
    assert.throws(
      () => parseConfiguration(text.replace(right, wrong), 'test'),
      (error) =>
        error instanceof IsolationError && error.code === 'CONFIGURATION' && says.test(error.message),
    );
  });
}
