/** `up`: carries out the plan; any failure takes the links down again. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { standsOnCurrent } from '../base/base.ts';
import { IsolationError } from '../errors.ts';
import type { Layout } from '../plan/layout.ts';
import type { Phase } from '../plan/steps.ts';
import { carryOut, interrupted } from './carry-out.ts';
import { closeLinks, down } from './down.ts';
import type { Progress } from './engine.ts';
import { differences, type Measure, measure } from './measure.ts';
import { presentNamespaces } from './processes.ts';

/**
 * Puts an instance up. Up already, with this configuration and image, and unchanged: nothing is done. Anything else that is
 * there, half or whole, is taken down first.
 *
 * @param progress is told of each phase when it begins (without a time) and when it has ended.
 * @param stop is looked at between steps, and while one waits.
 * @returns whether anything was done.
 * @throws IsolationError `CLOSED`: a step failed or `stop` was asked for, and every link is down.
 */
export async function up(
  layout: Layout,
  phases: readonly Phase[],
  configurationText: string,
  progress: Progress,
  stop: AbortSignal,
): Promise<boolean> {
  if (await isUp(layout, configurationText)) return false;
  await down(layout);
  try {
    for (const { name, steps } of phases) {
      progress(name, undefined);
      const started = performance.now();
      for (const step of steps) {
        if (stop.aborted) throw interrupted();
        await carryOut(step, stop);
      }
      progress(name, performance.now() - started);
    }
    return true;
  } catch (cause) {
    for (const namespace of await presentNamespaces(layout)) await closeLinks(namespace);
    const reason = cause instanceof Error ? cause.message : 'unknown failure';
    throw new IsolationError(
      'CLOSED',
      `${reason}; every link is down`,
      `Logs are in ${layout.run}; \`down\` clears all.`,
    );
  }
}

async function isUp(layout: Layout, configurationText: string): Promise<boolean> {
  const copy = join(layout.run, 'configuration.toml');
  return (
    existsSync(join(layout.run, 'up')) &&
    !existsSync(layout.closed) &&
    readFileSync(copy, 'utf8') === configurationText &&
    standsOnCurrent(layout) &&
    differences(readExpected(layout), await measure(layout)).length === 0
  );
}

/** The measure that `up` remembered. */
export function readExpected(layout: Layout): Measure {
  // why: we wrote it ourselves, into a folder that only root writes.
  return JSON.parse(readFileSync(layout.expected, 'utf8')) as Measure;
}
