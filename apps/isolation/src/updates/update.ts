/**
 * The update of one system: lists, what waits, packages, a snapshot, the installation, the health check; back on failure.
 *
 * The image is updated as a copy that becomes the current one at the end; the host in place, after a snapshot (saved.ts).
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { changeBase } from '../base/base.ts';
import { attempt } from '../engine/execute.ts';
import { IsolationError } from '../errors.ts';
import type { Layout } from '../plan/layout.ts';
import {
  aptGet,
  type Change,
  changesIn,
  everything,
  maybeInTheMiddle,
  type Refusal,
  refusalIn,
} from './apt.ts';
import { inRoot, type Offer, startDoor } from './compartment.ts';
import { keepDistributed } from './configuration-files.ts';
import { snapshotOf, undoInterrupted } from './interrupted.ts';
import { readEntry, writeEntry } from './ledger.ts';
import { listFaults, remembered, takenLists } from './lists.ts';
import { forget, goBack, save } from './saved.ts';
import { sourceServers } from './sources.ts';
import { archivesOf, complaint, type System, systemOf } from './systems.ts';

/** What every part needs: where we are, and how to say what happens. */
export type Scene = {
  layout: Layout;
  self: { node: string; main: string };
  progress: (what: string, detail?: string) => void;
};

/**
 * Fetches the lists and says what waits.
 *
 * @param wanted apt's words for what is to be installed; without: everything newer.
 * @throws IsolationError `DISTRUSTED` when the lists were refused twice, `COMMAND_FAILED` when no source was reached.
 */
export async function check(
  scene: Scene,
  system: System,
  wanted: readonly string[] = everything,
): Promise<readonly Change[]> {
  const { layout, progress } = scene;
  if (!system.apart) await undoInterrupted(layout, progress);
  for (const { from } of system.root.binds) {
    mkdirSync(from, { recursive: true });
    // apt fetches as an account of its own.
    chmodSync(from, 0o755);
  }
  progress(`${system.name}: fetching the lists`);
  const known = readEntry(layout, system.name);
  await throughDoor(scene, system, ['update'], (offered) => {
    const [fault] = listFaults(known.lists, offered, takenLists(system.lists));
    return fault?.fault;
  });
  const lists = remembered(known.lists, takenLists(system.lists));
  // What we have seen is remembered whatever comes next.
  writeEntry(layout, system.name, { ...known, lists });
  const changes = await announced(system, wanted);
  const waiting = wanted === everything ? changes.length : (await announced(system, everything)).length;
  const current = waiting === 0 ? { current: new Date().toISOString() } : {};
  writeEntry(layout, system.name, { ...known, ...current, waiting, lists });
  return changes;
}

/**
 * Takes what waits. Nothing waits: nothing is done.
 *
 * @throws IsolationError as `check` does; `ROLLED_BACK` when a package or the health check failed and all is as before.
 */
export async function apply(
  scene: Scene,
  system: System,
  wanted: readonly string[] = everything,
): Promise<readonly Change[]> {
  const changes = await check(scene, system, wanted);
  if (changes.length === 0) return changes;
  if (system.apart) {
    await changeBase(scene.layout, async (root) => {
      const copy = systemOf(scene.layout, 'base', root);
      await fetchPackages(scene, copy, wanted);
      await install(scene, copy, wanted);
      // When an image was updated is nobody's business inside it.
      for (const log of ['apt', 'dpkg.log', 'alternatives.log'])
        rmSync(join(root, 'var', 'log', log), { recursive: true, force: true });
    });
  } else await applyInPlace(scene, system, wanted, changes);
  const entry = readEntry(scene.layout, system.name);
  const waiting = wanted === everything ? 0 : entry.waiting;
  const current = waiting === 0 ? { current: new Date().toISOString() } : {};
  writeEntry(scene.layout, system.name, { ...entry, ...current, waiting });
  return changes;
}

async function applyInPlace(
  scene: Scene,
  system: System,
  wanted: readonly string[],
  changes: readonly Change[],
): Promise<void> {
  const { root } = system;
  await fetchPackages(scene, system, wanted);
  const snapshot = snapshotOf(system);
  const names = changes.map(({ package: name }) => name.split(':')[0] ?? '');
  scene.progress(`${system.name}: snapshot`);
  await save(root.path, snapshot, names, archivesOf(system, names));
  try {
    await install(scene, system, wanted);
  } catch (cause) {
    await goBack(root.path, snapshot);
    throw cause;
  }
  forget(snapshot);
}

async function fetchPackages(scene: Scene, system: System, wanted: readonly string[]): Promise<void> {
  scene.progress(`${system.name}: fetching the packages`);
  await throughDoor(scene, system, ['--download-only', ...wanted], () => undefined);
}

async function install(scene: Scene, system: System, wanted: readonly string[]): Promise<void> {
  scene.progress(`${system.name}: installing`);
  keepDistributed(system);
  // Everything is here, and apt looks at the hashes once more. The image has no network now; on the host apt is told to use none.
  const words = system.apart ? wanted : ['--no-download', ...wanted];
  const { status, stderr } = await attempt(inRoot(system.root, undefined, aptGet(words, undefined)));
  if (status !== 0) {
    const said = /^E: (.*)$/m.exec(stderr)?.[1] ?? `apt ended with ${status}`;
    throw rolledBack(system, `a package cannot be installed: ${said}`);
  }
  scene.progress(`${system.name}: asking for its health`);
  const wrong = await complaint(system);
  if (wrong !== undefined) throw rolledBack(system, wrong);
  keepDistributed(system);
}

/** What apt would change, without changing anything. */
async function announced(system: System, wanted: readonly string[]): Promise<readonly Change[]> {
  const { status, stdout, stderr } = await attempt(
    inRoot(system.root, undefined, aptGet(['--simulate', ...wanted], undefined), system.apart),
  );
  if (status === 0) return changesIn(stdout);
  const words = /^E: (.*)$/m.exec(stderr)?.[1] ?? 'apt cannot say what would change';
  throw new IsolationError('REFUSED', words, 'Is the name right? Only packages of the sources can be taken.');
}

/** Asks through the door; once more, on another path through Tor, when the answer may be of somebody in the middle. */
async function throughDoor(
  { layout, self, progress }: Scene,
  system: System,
  words: readonly string[],
  judge: (offered: readonly Offer[]) => Refusal | undefined,
): Promise<void> {
  const servers = sourceServers(system.root.path);
  for (let again = false; ; again = true) {
    const door = await startDoor(layout, self, `update-${randomBytes(8).toString('hex')}`, servers);
    const readOnly = system.apart && words[0] === 'update';
    const { status, stdout, stderr } = await attempt(
      inRoot(system.root, door.pid, aptGet(words, door.port), readOnly),
    );
    const offered = await door.close();
    const refusal = status === 0 ? judge(offered) : refusalIn(`${stdout}\n${stderr}`);
    if (refusal === undefined) {
      if (again)
        progress(`${system.name}: the second answer is good; the first came over a path that may lie`);
      return;
    }
    if (again) throw twice(system, refusal);
    progress(`${system.name}: refused (${refusal})`, 'asking once more, on another path through Tor');
  }
}

function twice({ name }: System, refusal: Refusal): IsolationError {
  if (!maybeInTheMiddle(refusal)) {
    return new IsolationError(
      'COMMAND_FAILED',
      `the packages of ${name} were not fetched (${refusal}); nothing was changed`,
      'Is the Gateway’s Tor well (`status`)? Try again later.',
    );
  }
  return new IsolationError(
    'DISTRUSTED',
    `what the sources of ${name} sent was refused, twice: ${refusal}; nothing was changed`,
    'Somebody may be in the middle. Take no package by hand. Try again later, or over another network; if it stays, ask the source.',
  );
}

function rolledBack({ name }: System, wrong: string): IsolationError {
  return new IsolationError(
    'ROLLED_BACK',
    `the update of ${name} failed (${wrong}); everything is as it was before`,
    'Wait for a newer package, or leave this one out.',
  );
}
