/** The watchdog: lives in the Gateway's namespace, compares what is with what `up` remembered, closes on drift. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Layout } from '../plan/layout.ts';
import { attempt } from './execute.ts';
import { differences, measure } from './measure.ts';
import { statOf } from './processes.ts';
import { readExpected } from './up.ts';

/**
 * Watches until something differs, then takes every link of this namespace down and ends. Its own namespace needs
 * no name: it closes the Gateway even when somebody deleted that.
 *
 * @returns what differed.
 */
export async function watch(layout: Layout): Promise<readonly string[]> {
  const expected = readExpected(layout);
  writeFileSync(join(layout.run, 'watchdog.ready'), '', { mode: 0o600 });
  for (;;) {
    const drift = await look(layout, expected);
    if (drift.length > 0) {
      await closeHere();
      writeFileSync(layout.closed, `${drift.join('\n')}\n`, { mode: 0o600 });
      return drift;
    }
    await sleep(layout.configuration.watchdog.seconds * 1000);
  }
}

/** A question that fails once is asked again: a machine out of memory for a moment is no drift, twice is. */
async function look(layout: Layout, expected: ReturnType<typeof readExpected>): Promise<readonly string[]> {
  const drift = await difference(layout, expected);
  return drift.length === 0 ? drift : await difference(layout, expected);
}

async function difference(
  layout: Layout,
  expected: ReturnType<typeof readExpected>,
): Promise<readonly string[]> {
  const drift = differences(expected, await measure(layout));
  if (!leakTestRuns(layout)) return drift;
  // The leak test attacks from a Workstation's namespace and changes it; the Gateway must hold all the same.
  return drift.filter((name) => name.startsWith(`${layout.gatewayNamespace} `));
}

/** The marker that the leak test leaves while it runs: its process id and start time. */
export function leakTestPath(layout: Layout): string {
  return join(layout.run, 'leaktest');
}

function leakTestRuns(layout: Layout): boolean {
  const path = leakTestPath(layout);
  if (!existsSync(path)) return false;
  const [pid = '', started = ''] = readFileSync(path, 'utf8').trim().split(' ');
  return started !== '' && statOf(pid)?.started === started;
}

async function closeHere(): Promise<void> {
  const { stdout } = await attempt({ program: 'ip', args: ['-json', 'link', 'show'] });
  // why: iproute2's own JSON.
  for (const { ifname } of JSON.parse(stdout) as { ifname: string }[]) {
    await attempt({ program: 'ip', args: ['link', 'set', ifname, 'down'] });
  }
}
