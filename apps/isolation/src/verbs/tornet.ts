/** tornet start|stop, and `serve`, which start runs inside. */

import { requirePrograms, requireRoot } from '../engine/requirements.ts';
import { exitCode, IsolationError } from '../errors.ts';
import { serve } from '../tornet/servers.ts';
import { startTornet, stopTornet, tornetOf } from '../tornet/tornet.ts';
import type { Context } from './context.ts';

/** Keys of the nodes when `--folder` does not say otherwise. */
const defaultKeys = '/var/lib/sotto-isolation/tornet-keys';

/** The private Tor network. */
export async function tornetVerb({ report, words, flags, self }: Context): Promise<number> {
  const [what] = words;
  if (what === 'serve' && flags.folder !== undefined) return await serve(flags.folder);
  requireRoot('tornet');
  requirePrograms({ 'tor-gencert': 'tor' });
  const tornet = tornetOf(flags.name ?? 'tornet', flags.folder ?? defaultKeys);
  if (what === 'stop') {
    await stopTornet(tornet);
    report.result('stopped', {});
    return exitCode.ok;
  }
  if (what !== 'start')
    throw new IsolationError('USAGE', 'tornet needs start or stop', 'sotto isolate tornet start');
  const started = performance.now();
  const authorities = await startTornet(tornet, self);
  report.say('# For the configuration of a Gateway in this network:');
  report.say(`[testing]\nauthorities = [\n${authorities.map((line) => `  "${line}",`).join('\n')}\n]`);
  report.table(
    'authority',
    authorities.map((line) => ({ line })),
  );
  report.result('started', {
    namespace: tornet.namespace,
    milliseconds: Math.round(performance.now() - started),
  });
  return exitCode.ok;
}
