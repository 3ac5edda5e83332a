/** update check|apply [host|base]; update install PACKAGE…; update files|merge; update timer; and `door`, which they start. */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changeBase } from '../base/base.ts';
import { readConfiguration } from '../config/read-configuration.ts';
import { takeLock } from '../engine/lock.ts';
import { requireOneMachine, requirePrograms, requireRoot } from '../engine/requirements.ts';
import { exitCode, IsolationError } from '../errors.ts';
import { type Layout, layoutOf } from '../plan/layout.ts';
import type { Change } from '../updates/apt.ts';
import { conflicts, difference, merge, type Take } from '../updates/configuration-files.ts';
import { openDoor } from '../updates/door.ts';
import type { SystemName } from '../updates/ledger.ts';
import { aptWords } from '../updates/package-files.ts';
import { systemOf } from '../updates/systems.ts';
import { timerUnits } from '../updates/timer.ts';
import { apply, check, type Scene } from '../updates/update.ts';
import type { Context } from './context.ts';
import { mustBeUp } from './lifecycle.ts';

const help =
  'sotto isolate update check|apply [host|base], install PACKAGE…, files, merge host|base FILE, timer';

/** Where systemd looks for units of the administrator. */
const unitFolder = '/etc/systemd/system';

/** Updates: what waits, taking it, and what becomes of one's own configuration files. */
export async function updateVerb(context: Context): Promise<number> {
  const { words, report, configurationPath, self, flags } = context;
  const [what, ...rest] = words;
  if (what === 'door') return await door(rest);
  const layout = layoutOf(readConfiguration(configurationPath));
  requireOneMachine(
    layout.configuration,
    'Update each machine there: with its own apt, through the Gateway’s Tor.',
  );
  if (what === 'timer') return timer(layout);
  requireRoot('update');
  requirePrograms({ 'dpkg-deb': 'dpkg', gpgv: 'gpgv', diff3: 'diffutils', tar: 'tar' });
  const unlock = takeLock(layout.lock);
  try {
    if (what === 'files') return await files(context, layout, systemNames(rest));
    if (what === 'merge') return await mergeOne(context, layout, rest);
    if (what !== 'check' && what !== 'apply' && what !== 'install')
      throw new IsolationError('USAGE', 'update needs a word more', help);
    // The way to Tor is the one of what is up; the rest is the file's.
    const { updatesSocket } = mustBeUp(context);
    const scene: Scene = { layout: { ...layout, updatesSocket }, self, progress: report.progress };
    if (what === 'install') {
      const system = systemOf(layout, 'base');
      if (rest.length === 0) throw new IsolationError('USAGE', 'install needs a package', help);
      const wanted = await aptWords(system, layout.configuration.updates.keyring, rest);
      const changes = await apply(scene, system, wanted);
      show(context, 'base', changes);
      report.result('installed', { packages: changes.length, takenAt: 'the next up' });
      return exitCode.ok;
    }
    return await each(context, scene, what, systemNames(rest));
  } finally {
    unlock();
  }

  function systemNames(named: readonly string[]): readonly SystemName[] {
    const [name] = named;
    if (name === undefined) return ['host', 'base'];
    if ((name !== 'host' && name !== 'base') || named.length > 1)
      throw new IsolationError('USAGE', 'an update is of host or base', help);
    return [name];
  }

  /** `door SOCKET ISOLATION HOST:PORT…`: the proxy that the other words start. */
  async function door([socket = '', isolation = '', ...allowed]: readonly string[]): Promise<number> {
    await openDoor(socket, isolation, new Set(allowed), (line) =>
      process.stdout.write(`${JSON.stringify(line)}\n`),
    );
    return exitCode.ok;
  }

  function timer({ configuration }: Layout): number {
    const { daily } = configuration.updates;
    const units = timerUnits(daily, configurationPath, self);
    const folder = flags.folder ?? unitFolder;
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(units)) {
      writeFileSync(join(folder, name), text);
      chmodSync(join(folder, name), 0o644);
    }
    report.say('systemctl daemon-reload && systemctl enable --now sotto-isolation-updates.timer');
    report.result('written', { folder });
    return exitCode.ok;
  }
}

/** One system after another; the refusal of one does not keep the other from its update. */
async function each(
  context: Context,
  scene: Scene,
  what: 'check' | 'apply',
  names: readonly SystemName[],
): Promise<number> {
  const { report } = context;
  let changed = 0;
  let failure: unknown;
  for (const name of names) {
    try {
      const system = systemOf(scene.layout, name);
      const changes = what === 'check' ? await check(scene, system) : await apply(scene, system);
      changed += changes.length;
      show(context, name, changes);
    } catch (cause) {
      if (!(cause instanceof IsolationError)) throw cause;
      report.progress(`${name}: ${cause.message}`);
      failure ??= cause;
    }
  }
  const own = names.flatMap((name) => conflicts(systemOf(scene.layout, name)));
  if (own.length > 0)
    report.say('Configuration files with a newer version beside them: sotto isolate update files');
  if (failure !== undefined) throw failure;
  if (what === 'check') {
    report.result(changed === 0 ? 'current' : 'updates wait', { packages: changed });
    return changed === 0 ? exitCode.ok : exitCode.finding;
  }
  report.result(changed === 0 ? 'current' : 'updated', { packages: changed, configurationFiles: own.length });
  return exitCode.ok;
}

function show({ report }: Context, system: SystemName, changes: readonly Change[]): void {
  report.table(
    'package',
    changes.map(({ package: name, from, to }) => ({ system, package: name, from: from || 'new', to })),
  );
}

/** Lists the configuration files of which there are two versions, and what differs. */
async function files({ report }: Context, layout: Layout, names: readonly SystemName[]): Promise<number> {
  let found = 0;
  for (const name of names) {
    const system = systemOf(layout, name);
    for (const file of conflicts(system)) {
      found += 1;
      const text = await difference(system, file);
      report.text('configuration', { system: name, file }, text);
      report.say(`sotto isolate update merge ${name} ${file} --take mine|theirs|both|FILE\n`);
    }
  }
  report.result(found === 0 ? 'nothing to merge' : 'to merge', { files: found });
  return found === 0 ? exitCode.ok : exitCode.finding;
}

/** Makes one file of two; in the image as a new generation, as every change of it. */
async function mergeOne(
  { report, flags }: Context,
  layout: Layout,
  [name, file = '']: readonly string[],
): Promise<number> {
  if ((name !== 'host' && name !== 'base') || file === '')
    throw new IsolationError('USAGE', 'merge needs host or base, and a file', help);
  const { take } = flags;
  if (take === undefined) {
    const text = await difference(systemOf(layout, name), file);
    if (text === '') throw new IsolationError('REFUSED', `${file} has no newer version beside it`, help);
    report.text('configuration', { system: name, file }, text);
    report.say('--take mine, theirs, both, or the FILE that you made of them');
    return exitCode.finding;
  }
  const choice: Take = take === 'mine' || take === 'theirs' || take === 'both' ? take : { file: take };
  if (name === 'host') await merge(systemOf(layout, 'host'), file, choice);
  else await changeBase(layout, async (root) => await merge(systemOf(layout, 'base', root), file, choice));
  report.result('merged', { file, take });
  return exitCode.ok;
}
