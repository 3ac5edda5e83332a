/** Every protection of a plan has its explanation, and no explanation is of something that is not there. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseConfiguration } from '../../src/config/read-configuration.ts';
import { ConfigurationSchema } from '../../src/config/schema.ts';
import { checklist } from '../../src/explain/checklist.ts';
import { engineCosts } from '../../src/explain/engines.ts';
import { protections } from '../../src/explain/protections.ts';
import { layoutOf } from '../../src/plan/layout.ts';
import { phaseNames, type Step } from '../../src/plan/steps.ts';
import { upPlan } from '../../src/plan/up-plan.ts';

/** The small configuration with everything switched on that it leaves out. */
const text = readFileSync(join(import.meta.dirname, 'expected', 'small.toml'), 'utf8').replace(
  '[gateway.uplink]',
  '[gateway]\nbridges = ["obfs4 198.51.100.1:443"]\ntransport = { program = "/usr/bin/obfs4proxy", names = ["obfs4"] }\n\n[gateway.uplink]',
);

function steps(controlGroups: 'v1' | 'v2'): readonly Step[] {
  const layout = layoutOf(parseConfiguration(text, 'test'));
  const layers = new Map(
    layout.workstations.map(({ name }) => [name, { lower: ['/base'], upper: '/upper', work: '/work' }]),
  );
  const machine = { architecture: 'x64', uptimeSeconds: 1, controlGroups, randomMac: '02:aa:bb:cc:dd:ee' };
  const self = { node: '/node', main: '/main.ts' };
  return upPlan({ layout, machine, layers, configurationText: text, self }).flatMap((phase) => phase.steps);
}

/** The options of each program on a line of programs: `bwrap --dev`. */
function options(args: readonly string[]): readonly string[] {
  let program = '';
  return args.flatMap((word) => {
    if (['nsenter', 'prlimit', 'unshare', 'setpriv', 'bwrap'].includes(word)) program = word;
    const option = /^--[a-z][a-z-]*/.exec(word)?.[0];
    return option === undefined || program === '' ? [] : [`option ${program} ${option}`];
  });
}

/** What a plan sets, in the words of `covers`. */
function found(step: Step): readonly string[] {
  if (step.kind === 'run' && step.args.includes('nft'))
    return [...(step.input ?? '').matchAll(/^\tchain (\w+?)\d* \{/gm)].map(([, chain]) => `nft ${chain}`);
  if (step.kind === 'run' && step.args.includes('sysctl')) {
    const keys = step.args.filter((word) => word.startsWith('net.'));
    return keys.map((key) => `sysctl ${key.replace(/=.*/, '').replace(/\.(?:all|default)\./, '.')}`);
  }
  if (step.kind === 'write' && step.path.endsWith('/torrc'))
    return String(step.content)
      .trim()
      .split('\n')
      .map((line) => `torrc ${line.split(' ')[0]}`);
  if (step.kind === 'start' && step.name.startsWith('workstation')) return options(step.args);
  const limit = /\/(memory|pids)\.(?:max|(swap)\.max|limit_in_bytes)$/.exec(
    step.kind === 'set' ? step.path : '',
  );
  if (limit !== null) return [`limit ${limit[2] ?? (limit[1] === 'pids' ? 'processes' : 'memory')}`];
  return [];
}

const mechanics = new Set([
  'gateway.bootstrap_seconds',
  'workstation.name',
  'workstation.command',
  'onion.name',
  'link.name',
  'link.to',
]);

/** `gateway.sandbox` and so on: each setting of each part of the configuration. */
function settings(): readonly string[] {
  const { gateway, workstation, onion, link, base, updates, watchdog } = ConfigurationSchema.entries;
  const parts = {
    gateway: gateway.entries,
    workstation: workstation.pipe[0].item.entries,
    onion: onion.wrapped.item.entries,
    link: link.wrapped.item.entries,
    base: base.wrapped.entries,
    updates: updates.wrapped.entries,
    watchdog: watchdog.wrapped.entries,
  };
  return Object.entries(parts)
    .flatMap(([part, entries]) => Object.keys(entries).map((key) => `${part}.${key}`))
    .filter((name) => !mechanics.has(name))
    .map((name) => `setting ${name}`);
}

test('every protection of a plan and of the configuration is explained, and nothing else is', () => {
  const set = new Set([
    ...[...steps('v1'), ...steps('v2')].flatMap(found),
    ...phaseNames.map((name) => `phase ${name}`),
    ...settings(),
  ]);
  const explained = protections.flatMap(({ covers }) => covers);
  assert.deepEqual(
    [...set].sort(),
    [...explained].sort(),
    'src/explain/protections.ts says what each is for',
  );
});

test('explain needs no configuration and no rights, and knows what it does not know', () => {
  const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
  const explain = (...words: readonly string[]) =>
    spawnSync(process.execPath, [main, 'explain', ...words], { encoding: 'utf8' });
  const all = explain();
  assert.equal(all.status, 0);
  for (const { id } of protections) assert.match(all.stdout, new RegExp(`^${id} `, 'm'));
  assert.match(explain('engines').stdout, /two machines[\s\S]*An escape costs: .*Not the address/);
  const nothing = explain('nothing');
  assert.equal(nothing.status, 2);
  assert.match(nothing.stderr, /there is no explanation nothing/);
});

test('plan shows the units of the daily look for updates', () => {
  const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
  const config = join(import.meta.dirname, 'expected', 'small.toml');
  const { stdout, status } = spawnSync(process.execPath, [main, 'plan', '--config', config], {
    encoding: 'utf8',
  });
  assert.equal(status, 0);
  assert.match(stdout, /^# sotto-isolation-updates\.timer, which `update timer` writes$/m);
  assert.match(stdout, /^OnCalendar=daily$/m);
});

test('no two explanations have one name, and none is a word of the verb itself', () => {
  const names = [...protections, ...engineCosts, ...checklist].map(({ id }) => id);
  assert.equal(new Set(names).size, names.length);
  assert.ok(!names.includes('engines') && !names.includes('checklist'));
});

test('every explanation says something in each of its parts', () => {
  for (const one of [...protections, ...engineCosts, ...checklist]) {
    for (const [part, words] of Object.entries(one)) assert.ok(words.length > 0, `${one.id}: ${part}`);
  }
});
