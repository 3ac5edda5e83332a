/** base build|verify|rollback. */
import { buildBase, previousBase, verifyBase } from '../base/base.ts';
import { readConfiguration } from '../config/read-configuration.ts';
import { takeLock } from '../engine/lock.ts';
import { requireOneMachine, requirePrograms, requireRoot } from '../engine/requirements.ts';
import { exitCode, IsolationError } from '../errors.ts';
import { layoutOf } from '../plan/layout.ts';
import { readEntry, writeEntry } from '../updates/ledger.ts';
import type { Context } from './context.ts';

/** As many differences as a person reads. */
const mostShown = 50;

/** The Workstations' image. */
export async function baseVerb({ report, words, configurationPath }: Context): Promise<number> {
  requireRoot('base');
  const layout = layoutOf(readConfiguration(configurationPath));
  requireOneMachine(layout.configuration, 'A Workstation on a machine of its own has that machine’s system.');
  const unlock = takeLock(layout.lock);
  try {
    if (words[0] === 'build') {
      requirePrograms({ mmdebstrap: 'mmdebstrap' });
      report.progress('building the image');
      const files = await buildBase(layout);
      // Its packages have just come from the sources.
      writeEntry(layout, 'base', { current: new Date().toISOString(), waiting: 0, lists: {} });
      report.result('built', { files });
      return exitCode.ok;
    }
    if (words[0] === 'rollback') {
      const image = previousBase(layout);
      const { waiting, lists } = readEntry(layout, 'base');
      // An older image is not known to be current.
      writeEntry(layout, 'base', { waiting, lists });
      report.result('rolled back', { image, takenAt: 'the next up' });
      return exitCode.ok;
    }
    if (words[0] !== 'verify')
      throw new IsolationError('USAGE', 'base needs build, verify or rollback', 'sotto isolate base build');
    const changed = await verifyBase(layout);
    report.table(
      'difference',
      changed.slice(0, mostShown).map((difference) => ({ difference })),
    );
    report.result(changed.length === 0 ? 'as built' : 'differs', { differences: changed.length });
    return changed.length === 0 ? exitCode.ok : exitCode.finding;
  } finally {
    unlock();
  }
}
