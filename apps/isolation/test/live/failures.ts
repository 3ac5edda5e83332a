/** Whatever fails in `up`, and in whatever phase: it ends with 4 and every link is down. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  assertOk,
  type Ended,
  ended,
  type Instance,
  inside,
  instance,
  isolate,
  processIn,
  remains,
  startIsolate,
  until,
  workstation,
} from './rig.ts';

/** A fault of the machine or the configuration, the phase that meets it, and what is said. */
type Fault = { what: string; phase: string; says: RegExp; more?: string; change?: (text: string) => string };

const faults: readonly Fault[] = [
  {
    what: 'an account that is not there',
    phase: 'folders',
    says: /there is no user nobody-here/,
    change: (text) => text.replace('[gateway]\n', '[gateway]\nuser = "nobody-here"\n'),
  },
  {
    what: 'an uplink into a namespace that is gone',
    phase: 'devices',
    says: /ip -netns \S+-gateway/,
    change: (text) => text.replace(/^namespace = .*$/m, 'namespace = "lt-nowhere"'),
  },
  {
    what: 'a router that is not on the uplink',
    phase: 'links',
    says: /ip -netns \S+-gateway/,
    change: (text) => text.replace(/^router = .*$/m, 'router = "203.0.113.1"'),
  },
  {
    what: 'a bind of something that is gone',
    phase: 'workstations',
    says: /ENOENT/,
    more: '[[workstation]]\nname = "second"\nbinds = [{ from = "/gone", to = "/opt/gone" }]\n',
  },
  {
    what: 'a Tor that ends at once',
    phase: 'ready',
    says: /Tor finds no path through the network within 5 s/,
    change: (text) => text.replace('bootstrap_seconds = 60', 'bootstrap_seconds = 5\ntor = "/bin/false"'),
  },
  {
    what: 'a program of a Workstation that ends at once',
    phase: 'ready',
    says: /the program of the Workstation second has ended/,
    more: '[[workstation]]\nname = "second"\ncommand = ["/bin/false"]\n',
  },
];

export function failureClaims(): void {
  for (const [index, { what, phase, says, more = '', change }] of faults.entries()) {
    test(`${what}: up fails in the phase ${phase}, takes the links down and ends with 4`, async () => {
      const here = instance(`lt-fail${index}`, `${workstation('desk')}${more}`, change);
      assertClosed(here, await isolate('up', '--config', here.config), phase, says);
      await cleared(here);
    });
  }

  test('Ctrl-C while up waits for Tor takes the links down and ends with 4', async () => {
    const here = instance('lt-fail-c', workstation('desk'), (text) =>
      text.replace('bootstrap_seconds = 60', 'bootstrap_seconds = 600\ntor = "/bin/false"'),
    );
    const { child, done } = await waiting(here);
    child.kill('SIGINT');
    assertClosed(here, await done, 'ready', /interrupted/);
    await cleared(here);
  });

  test('rules that change while up waits for Tor: the watchdog closes, and up ends with 4', async () => {
    const here = instance('lt-fail-w', workstation('desk'), (text) =>
      text.replace('bootstrap_seconds = 60', 'bootstrap_seconds = 600\ntor = "/bin/false"'),
    );
    const { done } = await waiting(here);
    assert.ok(processIn(here.gateway, 'watch') > 0);
    assert.equal(inside(here.gateway, 'nft', 'flush', 'ruleset').code, 0);
    assertClosed(here, await done, 'ready', /the watchdog found something changed/);
    await cleared(here);
  });
}

/** Starts `up` and returns when it waits for Tor. */
async function waiting(here: Instance) {
  const child = startIsolate(['up', '--config', here.config]);
  const done = ended(child);
  let said = '';
  child.stdout?.on('data', (piece: string) => {
    said += piece;
  });
  await until('up waits for Tor', 60, () => said.includes('"what":"ready"'));
  await until('the watchdog watches', 60, () => existsSync(join(here.run, 'watchdog.ready')));
  return { child, done };
}

function assertClosed({ name }: Instance, result: Ended, phase: string, says: RegExp): void {
  assert.equal(result.code, 4, result.stdout);
  const progress = result.lines.filter(({ kind }) => kind === 'progress');
  assert.equal(progress.at(-1)?.['what'], phase);
  assert.equal(progress.at(-1)?.['detail'], undefined, 'the last phase did not end');
  assert.match(String(result.lines.at(-1)?.['message']), says);
  assert.match(String(result.lines.at(-1)?.['message']), /every link is down$/);
  const namespaces = readdirSync('/run/netns').filter((one) => one.startsWith(`${name}-`));
  assert.equal(namespaces.length > 0, phase !== 'folders');
  for (const namespace of namespaces)
    assert.doesNotMatch(inside(namespace, 'ip', '-o', 'link').stdout, /[<,]UP[,>]/, namespace);
}

async function cleared(here: Instance): Promise<void> {
  assertOk(await isolate('down', '--config', here.config));
  assert.deepEqual(remains(here), []);
}
