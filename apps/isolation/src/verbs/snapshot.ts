/** snapshot create|list|rollback|suspect|verify WORKSTATION [NAME]; snapshot clone WORKSTATION NAME OTHER-WORKSTATION. */
import { readConfiguration } from '../config/read-configuration.ts';
import { runningLayout } from '../engine/down.ts';
import { engineOf } from '../engine/engines.ts';
import { takeLock } from '../engine/lock.ts';
import { requireOneMachine, requireRoot } from '../engine/requirements.ts';
import { exitCode, IsolationError } from '../errors.ts';
import { layoutOf } from '../plan/layout.ts';
import { currentLayers, labelOf } from '../snapshots/book.ts';
import { cloneState, readBook, setAside, sweep, verifySnapshot } from '../snapshots/shelf.ts';
import type { Context } from './context.ts';

/** Master copies and the way back to them. */
export async function snapshotVerb({ report, words, configurationPath }: Context): Promise<number> {
  requireRoot('snapshot');
  const layout = layoutOf(readConfiguration(configurationPath));
  requireOneMachine(
    layout.configuration,
    'Keep copies of the disk of a Workstation’s machine, and go back to one of them.',
  );
  const engine = engineOf(layout.configuration);
  const [what, where, name, other] = words;
  const workstation = layout.workstations.find((one) => one.name === where);
  if (workstation === undefined) throw usage('snapshot needs a Workstation of the configuration');
  const unlock = takeLock(layout.lock);
  try {
    const book = readBook(workstation);
    if (what === 'list') {
      report.table('snapshot', [
        ...book.snapshots.map((one) => ({
          name: one.name,
          label: labelOf(book, one.layers),
          layers: one.layers.length,
        })),
        { name: '(now)', label: labelOf(book, currentLayers(book)), layers: currentLayers(book).length },
      ]);
      report.table(
        'evidence',
        book.unclean.map((layer) => ({ layer, label: 'unclean' })),
      );
      return exitCode.ok;
    }
    if (what === 'verify' && name !== undefined) {
      const changed = await verifySnapshot(layout, workstation, name);
      report.table(
        'difference',
        changed.map((difference) => ({ difference })),
      );
      report.result(changed.length === 0 ? 'as taken' : 'differs', { differences: changed.length });
      return changed.length === 0 ? exitCode.ok : exitCode.finding;
    }
    if (runningLayout(layout) !== undefined) {
      throw new IsolationError('REFUSED', 'the Workstation is up', 'Run `sotto isolate down` first.');
    }
    const started = performance.now();
    const milliseconds = () => Math.round(performance.now() - started);
    if (what === 'create' && name !== undefined) {
      const label = await engine.snapshot(layout, workstation, name);
      report.result('taken', { label, milliseconds: milliseconds() });
    } else if (what === 'rollback') {
      const label = engine.rollback(layout, workstation, name);
      report.result('rolled back', { label, milliseconds: milliseconds() });
      sweep(workstation, [book.current.upper]);
    } else if (what === 'suspect') {
      const { label, evidence } = setAside(workstation);
      report.result('set aside', { label, evidence: evidence.length, milliseconds: milliseconds() });
    } else if (what === 'clone' && name !== undefined) {
      const to = layout.workstations.find((one) => one.name === other && one !== workstation);
      if (to === undefined) throw usage('snapshot clone needs another Workstation of the configuration');
      const label = await cloneState(layout, workstation, name, to);
      report.result(label === 'clean' ? 'cloned' : 'cloned as evidence', {
        label,
        milliseconds: milliseconds(),
      });
    } else throw usage('snapshot needs create, list, rollback, suspect, verify or clone');
    return exitCode.ok;
  } finally {
    unlock();
  }
}

function usage(message: string): IsolationError {
  return new IsolationError(
    'USAGE',
    message,
    'sotto isolate snapshot create|list|rollback|suspect|verify WORKSTATION [NAME], or clone WORKSTATION NAME OTHER',
  );
}
