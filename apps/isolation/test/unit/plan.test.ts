/** The plan, exactly: whatever `up` would do differently shows here first. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseConfiguration } from '../../src/config/read-configuration.ts';
import { firewall } from '../../src/plan/firewall.ts';
import { layoutOf } from '../../src/plan/layout.ts';
import { type Machine, randomMac } from '../../src/plan/machine.ts';
import { planText } from '../../src/plan/print-plan.ts';
import { type Phase, phaseNames, type Step, stepText } from '../../src/plan/steps.ts';
import { upPlan } from '../../src/plan/up-plan.ts';

const here = join(import.meta.dirname, 'expected');
const text = readFileSync(join(here, 'small.toml'), 'utf8');
const machine: Machine = {
  architecture: 'x64',
  uptimeSeconds: 1000,
  controlGroups: 'v2',
  randomMac: '02:aa:bb:cc:dd:ee',
};

function planOf(configurationText: string): readonly Phase[] {
  const layout = layoutOf(parseConfiguration(configurationText, 'test'));
  const layers = new Map(
    layout.workstations.map(({ name }) => [
      name,
      { lower: ['/base'], upper: `/${name}/upper`, work: `/${name}/work` },
    ]),
  );
  return upPlan({ layout, machine, layers, configurationText, self: { node: '/node', main: '/main.ts' } });
}

function partsOf(configurationText: string) {
  return planOf(configurationText).map(({ name, why, steps }) => ({
    name,
    why,
    text: steps.map(stepText).join('\n'),
  }));
}

test('the plan of the small configuration is exactly the expected text', () => {
  assert.equal(planText(partsOf(text)), readFileSync(join(here, 'small-plan.txt'), 'utf8'));
});

test('the phases come in the order that fails closed: firewall before links, watchdog before programs', () => {
  assert.deepEqual(
    planOf(text).map(({ name }) => name),
    [...phaseNames],
  );
});

test('no device is set up before the firewall is loaded', () => {
  const steps = planOf(text).flatMap((phase) => phase.steps);
  const loaded = steps.findIndex((step) => step.kind === 'run' && step.args.includes('nft'));
  const firstUp = steps.findIndex((step) => step.kind === 'run' && / up$/m.test(step.input ?? ''));
  assert.ok(loaded > 0);
  assert.ok(firstUp > loaded);
});

test('the uplink is the last device that is set up', () => {
  const lines = planOf(text)
    .flatMap((phase) => phase.steps)
    .flatMap((step: Step) => (step.kind === 'run' ? (step.input ?? '').split('\n') : []))
    .filter((line) => /^link set \S+ up$/.test(line));
  assert.equal(lines.at(-1), 'link set up0 up');
});

test('a Workstation without a network appears in no rule', () => {
  const rules = firewall(layoutOf(parseConfiguration(text, 'test')));
  assert.match(rules, /"ws0"/);
  assert.doesNotMatch(rules, /"ws1"/);
});

test('a network card is moved into the Gateway with a new MAC', () => {
  const card = text.replace(
    /\[gateway\.uplink\][^[]*/,
    '[gateway.uplink]\nkind = "device"\ndevice = "enp3s0"\naddress = "203.0.113.5/24"\nrouter = "203.0.113.1"\n',
  );
  const steps = planText(partsOf(card));
  assert.match(steps, /^ip link set enp3s0 netns small-gateway name up0$/m);
  assert.match(steps, /^link set up0 address 02:aa:bb:cc:dd:ee$/m);
});

test('a random MAC is locally administered and unicast, whatever the bytes', () => {
  for (let first = 0; first < 256; first += 1) {
    const mac = randomMac(Uint8Array.of(first, 1, 2, 3, 4, 5));
    assert.match(mac, /^[0-9a-f][26ae]:01:02:03:04:05$/);
  }
});
