/** onion list; onion backup FILE; onion restore FILE. The passphrase comes from standard input, one line. */
import { readFileSync, writeFileSync } from 'node:fs';
import { readConfiguration } from '../config/read-configuration.ts';
import { runningLayout } from '../engine/down.ts';
import { takeLock } from '../engine/lock.ts';
import { requireOneMachine, requireRoot } from '../engine/requirements.ts';
import { exitCode, IsolationError } from '../errors.ts';
import { backUpKeys, onionNames, restoreKeys } from '../onions/keys.ts';
import { layoutOf } from '../plan/layout.ts';
import type { Context } from './context.ts';

/** The onions' names and keys. */
export async function onionVerb({ report, words, configurationPath }: Context): Promise<number> {
  requireRoot('onion');
  const layout = layoutOf(readConfiguration(configurationPath));
  requireOneMachine(
    layout.configuration,
    'Names and keys are on the Gateway’s machine, in /var/lib/sotto-half/gateway/onions.',
  );
  const [what, path] = words;
  if (what === 'list') {
    report.table('onion', onionNames(layout));
    return exitCode.ok;
  }
  if ((what !== 'backup' && what !== 'restore') || path === undefined) {
    throw new IsolationError(
      'USAGE',
      'onion needs list, backup FILE or restore FILE',
      'sotto isolate onion backup FILE',
    );
  }
  const unlock = takeLock(layout.lock);
  try {
    if (what === 'backup') {
      const { file, onions } = backUpKeys(layout, passphrase());
      writeFileSync(path, file, { mode: 0o600, flag: 'wx' });
      report.result('backed up', { onions });
      return exitCode.ok;
    }
    if (runningLayout(layout) !== undefined) {
      throw new IsolationError('REFUSED', 'the Gateway is up', 'Run `sotto isolate down` first.');
    }
    const restored = restoreKeys(layout, readFileSync(path, 'utf8'), passphrase());
    report.result('restored', { onions: restored.length });
    return exitCode.ok;
  } finally {
    unlock();
  }
}

/** Arguments are seen by everybody on the machine; standard input is not. */
function passphrase(): string {
  return readFileSync(0, 'utf8').split('\n')[0] ?? '';
}
