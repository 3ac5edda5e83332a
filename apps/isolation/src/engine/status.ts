/** `status`: one row per thing that should be so. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { standsOnCurrent } from '../base/base.ts';
import type { Layout } from '../plan/layout.ts';
import { freshness } from '../updates/ledger.ts';
import { mountsUnder } from './down.ts';
import type { Status } from './engine.ts';
import { differences, measure } from './measure.ts';
import { presentNamespaces, processesIn } from './processes.ts';
import { bootstrapPercent } from './tor-control.ts';
import { readExpected } from './up.ts';

/** Looks at everything; changes nothing. */
export async function status(layout: Layout): Promise<Status> {
  const closed = existsSync(layout.closed);
  const rows: { thing: string; state: string; ok: boolean }[] = [];
  const add = (thing: string, ok: boolean, state: string) => rows.push({ thing, state, ok });
  if (closed)
    add('links', false, `closed: ${readFileSync(layout.closed, 'utf8').trim().replaceAll('\n', ', ')}`);
  const present = await presentNamespaces(layout);
  const wanted = [layout.gatewayNamespace, ...layout.workstations.map(({ namespace }) => namespace)];
  for (const namespace of wanted) {
    add(
      `namespace ${namespace}`,
      present.includes(namespace),
      present.includes(namespace) ? 'there' : 'gone',
    );
  }
  const drift = existsSync(layout.expected)
    ? differences(readExpected(layout), await measure(layout))
    : ['never came up'];
  add(
    'rules, settings, devices, routes',
    drift.length === 0,
    drift.length === 0 ? 'as up left them' : drift.join(', '),
  );
  const programs = (await processesIn(layout, layout.gatewayNamespace)).map(({ program }) => program);
  const { tor: torProgram, transport } = layout.configuration.gateway;
  const count = (wanted: string | undefined) => programs.filter((program) => program === wanted).length;
  // The kernel's word for a running program whose file was replaced (proc(5), exe).
  const old = count(`${torProgram} (deleted)`);
  const tor = count(torProgram) + old;
  const watchdog = count(process.execPath);
  const speakers = count(transport?.program);
  const others = programs.length - tor - watchdog - speakers;
  add('watchdog', watchdog === 1, watchdog === 1 ? 'watches' : 'not there');
  const torState = old > 0 ? 'runs, but a newer one is installed: down, then up' : 'runs';
  add('tor', tor === 1 && old === 0, tor === 1 ? torState : 'not there');
  if (transport !== undefined)
    add('transport of the bridges', speakers === 1, speakers === 1 ? 'runs' : 'not there');
  add('other programs in the Gateway', others === 0, String(others));
  const percent = await bootstrapPercent(layout.control, layout.cookie).catch(() => 0);
  add('path through Tor', percent === 100, `${percent} %`);
  const mounts = mountsUnder(layout.run);
  for (const { name, root, namespace, configuration } of layout.workstations) {
    add(`root of ${name}`, mounts.includes(root), mounts.includes(root) ? 'mounted' : 'not there');
    if (configuration.command === undefined) continue;
    const running = (await processesIn(layout, namespace)).length > 0;
    add(`program of ${name}`, running, running ? 'runs' : 'not there');
  }
  for (const { name, keys } of layout.onions) {
    const file = join(keys, 'hostname');
    add(
      `onion ${name}`,
      existsSync(file),
      existsSync(file) ? readFileSync(file, 'utf8').trim() : 'no name yet',
    );
  }
  const newest = standsOnCurrent(layout);
  add('image', newest, newest ? 'the newest' : 'an older one: down, then up');
  for (const { system, ok, state } of freshness(layout)) add(`updates of ${system}`, ok, state);
  if (closed) return { verdict: 'closed', rows };
  return { verdict: rows.every(({ ok }) => ok) ? 'up' : 'finding', rows };
}
