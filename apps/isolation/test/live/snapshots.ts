/** Clean states, use, and the way back, with real overlays. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  assertOk,
  type Ended,
  type Instance,
  instance,
  isolate,
  state,
  verdict,
  workstation,
} from './rig.ts';

/** The limit for a rollback. */
const rollbackWithinMilliseconds = 100;

export function snapshotClaims(): void {
  let here: Instance;
  const snapshot = async (...words: readonly string[]) =>
    await isolate('snapshot', ...words, '--config', here.config);
  const inDesk = async (script: string) =>
    await isolate('run', 'desk', '--config', here.config, '--', 'sh', '-c', script);
  const label = ({ lines }: Ended) => lines.at(-1)?.['label'];
  const labels = async (name = 'desk') =>
    Object.fromEntries(
      (await snapshot('list', name)).lines.map((line) => [line['name'] ?? line['layer'], line['label']]),
    );

  before(() => {
    here = instance('lt-snap', `${workstation('desk')}\n${workstation('second')}`);
  });
  after(async () => {
    assertOk(await isolate('down', '--config', here.config));
  });

  test('a Workstation that was never up is clean, and so is a snapshot of it', async () => {
    assert.deepEqual(await labels(), { '(now)': 'clean' });
    assert.equal(label(assertOk(await snapshot('create', 'desk', 'master'))), 'clean');
  });

  test('while it is up, no snapshot is taken or gone back to', async () => {
    assertOk(await isolate('up', '--config', here.config));
    assertOk(await inDesk('echo draft > /home/user/work'));
    for (const verb of ['create', 'rollback', 'suspect'])
      assert.equal((await snapshot(verb, 'desk', 'x')).code, 3);
    assertOk(await isolate('down', '--config', here.config));
  });

  test('what was up is in use, and a snapshot of it is never clean', async () => {
    assert.deepEqual(await labels(), { master: 'clean', '(now)': 'in use' });
    assert.equal(label(assertOk(await snapshot('create', 'desk', 'halfway'))), 'in use');
  });

  test('the way back to the clean snapshot takes less than 100 ms and leaves nothing of the work', async () => {
    const back = assertOk(await snapshot('rollback', 'desk', 'master'));
    assert.equal(label(back), 'clean');
    assert.ok(Number(back.lines.at(-1)?.['milliseconds']) < rollbackWithinMilliseconds);
    assertOk(await isolate('up', '--config', here.config));
    assert.equal((await inDesk('ls /home/user')).stdout, '');
    assertOk(await isolate('down', '--config', here.config));
  });

  test('a clone of the clean snapshot is clean and can be used', async () => {
    const clone = assertOk(await snapshot('clone', 'desk', 'master', 'second'));
    assert.equal(verdict(clone), 'cloned');
    assert.deepEqual(await labels('second'), { master: 'clean', '(now)': 'in use' }, 'its own work stays');
    assert.equal(label(assertOk(await snapshot('rollback', 'second', 'master'))), 'clean');
    assert.equal(verdict(assertOk(await snapshot('verify', 'second', 'master'))), 'as taken');
  });

  test('a clone of what was in use is evidence and nothing else', async () => {
    const clone = assertOk(await snapshot('clone', 'desk', 'halfway', 'second'));
    assert.equal(verdict(clone), 'cloned as evidence');
    const now = Object.entries(await labels('second'));
    assert.deepEqual(now.slice(0, 2), [
      ['master', 'clean'],
      ['(now)', 'clean'],
    ]);
    const copies = now.slice(2);
    assert.ok(copies.length > 0 && copies.every(([, label]) => label === 'unclean'));
    const evidence = join(state, here.name, 'workstations', 'second', 'evidence');
    assert.ok(copies.some(([layer]) => existsSync(join(evidence, layer, 'upper', 'home', 'user', 'work'))));
    for (const [layer] of copies)
      assert.equal((await snapshot('rollback', 'second', layer)).code, 3, 'nothing goes back to evidence');
  });

  test('the way back to the other snapshot brings the work back', async () => {
    assert.equal(label(assertOk(await snapshot('rollback', 'desk', 'halfway'))), 'in use');
    assertOk(await isolate('up', '--config', here.config));
    assert.equal(assertOk(await inDesk('cat /home/user/work')).stdout, 'draft\n');
    assertOk(await isolate('down', '--config', here.config));
  });

  test('suspect sets everything since the clean snapshot aside as evidence', async () => {
    assert.equal(label(assertOk(await snapshot('suspect', 'desk'))), 'clean');
    const now = await labels();
    assert.equal(now['halfway'], undefined);
    assert.equal(now['master'], 'clean');
    assert.equal(now['(now)'], 'clean');
    const evidence = join(state, here.name, 'workstations', 'desk', 'evidence');
    assert.ok(
      readdirSync(evidence).some((layer) =>
        existsSync(join(evidence, layer, 'upper', 'home', 'user', 'work')),
      ),
    );
  });

  test('a changed layer of a snapshot is a finding', async () => {
    assert.equal(verdict(assertOk(await snapshot('verify', 'desk', 'master'))), 'as taken');
    writeFileSync(join(state, here.name, 'workstations', 'desk', 'layers', 'first', 'upper', 'planted'), '');
    const result = await snapshot('verify', 'desk', 'master');
    assert.equal(result.code, 1);
    assert.deepEqual(result.lines[0], { kind: 'difference', difference: 'new planted' });
  });
}
