/** Updates of the Workstations' image: a new generation that is signed, and the way back to the one before. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { currentGeneration, currentRoot } from '../../src/base/base.ts';
import { assertOk, type Ended, isolate, verdict } from './rig.ts';
import { greeter, greets, settings, type UpdateRig } from './update-rig.ts';

/** Claims about the image of a rig whose daily unit has run: the image has version 2, and what is up stands on version 1. */
export function imageUpdateClaims(rigOf: () => UpdateRig): void {
  const run = async (...command: readonly string[]) =>
    (await isolate('run', 'desk', '--config', rigOf().here.config, '--', ...command)).stdout;
  const base = async (word: string) => await isolate('base', word, '--config', rigOf().here.config);
  const message = ({ lines }: Ended) => String(lines.at(-1)?.['message']);
  const inImage = (path: string) => join(currentRoot(rigOf().layout), path);
  const rowOf = async (thing: string) =>
    (await isolate('status', '--config', rigOf().here.config)).lines.find((line) => line['thing'] === thing);

  test('the update of the image is signed, and what is up stays on its own until the next up', async () => {
    assert.equal(greets(currentRoot(rigOf().layout)), '2');
    assert.equal(verdict(assertOk(await base('verify'))), 'as built');
    assert.equal(await run('greeter'), '1\n');
    assert.equal((await rowOf('image'))?.['ok'], false);
    assert.equal(verdict(assertOk(await isolate('up', '--config', rigOf().here.config))), 'up');
    assert.equal(await run('greeter'), '2\n');
    assert.equal((await rowOf('image'))?.['ok'], true);
  });

  test('a configuration file in the image is merged in a generation of its own, which is signed', async () => {
    const { update, layout } = rigOf();
    const before = currentGeneration(layout);
    const listed = await update('files', 'base');
    assert.deepEqual([listed.code, listed.lines[0]?.['file']], [1, settings]);
    assertOk(await update('merge', 'base', settings, '--take', 'theirs'));
    assert.notEqual(currentGeneration(layout), before);
    assert.match(readFileSync(inImage(settings), 'utf8'), /word = 2\n(?![\s\S]*mine)/);
    assert.match(readFileSync(inImage(`${settings}.dpkg-old`), 'utf8'), /word = 1\n[\s\S]*mine = kept/);
    assert.equal(verdict(await update('files', 'base')), 'nothing to merge');
    assert.equal(verdict(assertOk(await base('verify'))), 'as built');
  });

  test('base rollback goes to the image before, a second one goes forth, and the next up stands on what is current', async () => {
    const { here, layout } = rigOf();
    const newer = currentGeneration(layout);
    assertOk(await base('rollback'));
    assert.notEqual(currentGeneration(layout), newer);
    assert.equal(verdict(assertOk(await base('verify'))), 'as built');
    assert.match(readFileSync(inImage(settings), 'utf8'), /word = 1\n/);
    // Nobody looked whether the older one is current: status says so, where it was silent before.
    assert.equal((await rowOf('updates of base'))?.['ok'], false);
    assertOk(await base('rollback'));
    assert.equal(currentGeneration(layout), newer);
    assert.equal((await rowOf('image'))?.['ok'], false);
    assert.equal(verdict(assertOk(await isolate('up', '--config', here.config))), 'up');
    assert.match(await run('cat', settings), /word = 2\n/);
  });

  test('a package file without a signature is refused, and one that is signed enters the image', async () => {
    const { update, repository, deb } = rigOf();
    const file = deb['stray'] ?? '';
    assert.match(message(await update('install', file)), /is not signed;/);
    repository.sign(file, 'stranger');
    assert.match(message(await update('install', file)), /not signed by a key that is trusted here/);
    repository.sign(file, 'trusted');
    assert.equal(verdict(assertOk(await update('install', file))), 'installed');
    assert.ok(existsSync(inImage('usr/bin/stray')));
  });

  test('no update enters an image that is not what was signed', async () => {
    const { update, repository, deb, offer } = rigOf();
    deb['6'] = repository.build(greeter('6'));
    offer('6');
    const stranger = inImage('etc/stranger');
    writeFileSync(stranger, '');
    const result = await update('apply', 'base').finally(() => rmSync(stranger));
    assert.equal(result.code, 3);
    assert.match(message(result), /not what was signed/);
  });
}
