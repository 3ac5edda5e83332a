/** leaktest [WORKSTATION] [--fast|--full] [--control] [--capture FILE]. */
import { writeFileSync } from 'node:fs';
import { takeLock } from '../engine/lock.ts';
import { requirePrograms, requireRoot } from '../engine/requirements.ts';
import { exitCode, IsolationError } from '../errors.ts';
import { controlTest } from '../leaktest/careless-router.ts';
import { leakTest, type Result } from '../leaktest/leak-test.ts';
import type { Context } from './context.ts';
import { mustBeUp } from './lifecycle.ts';

/** A careless router is caught by at least so many attempts; fewer, and the test itself is blind. */
export const caughtAtLeast = 25;

/** Attacks; 0 when nothing got out, 1 when something did (with --control: when too little was caught). */
export async function leakTestVerb(context: Context): Promise<number> {
  const { report, flags, words } = context;
  requireRoot('leaktest');
  requirePrograms({ tcpdump: 'tcpdump', tcpreplay: 'tcpreplay', perl: 'perl-base' });
  if (flags.fast === true && flags.full === true) {
    throw new IsolationError('USAGE', 'either --fast or --full', 'Without either it is the fast one.');
  }
  const layout = mustBeUp(context);
  const unlock = takeLock(layout.lock);
  try {
    const show = ({ attempt, outcome }: Result) => report.progress(attempt, outcome);
    if (flags.control === true) {
      const results = await controlTest(layout, show);
      report.table('attempt', results);
      const caught = results.filter(({ outcome }) => outcome === 'LEAK').length;
      const sees = caught >= caughtAtLeast;
      report.result(sees ? 'the careless router is caught' : 'the test is blind', {
        caught,
        attempts: results.length,
      });
      return sees ? exitCode.ok : exitCode.finding;
    }
    const workstation = layout.workstations.find(({ name, cable }) =>
      words[0] === undefined ? cable !== undefined : name === words[0],
    );
    if (workstation === undefined) {
      throw new IsolationError(
        'USAGE',
        'there is no such Workstation with a network',
        'sotto isolate leaktest NAME',
      );
    }
    const started = performance.now();
    const { results, sent, capture } = await leakTest(
      layout,
      workstation,
      flags.full === true ? 'full' : 'fast',
      show,
    );
    if (flags.capture !== undefined) writeFileSync(flags.capture, capture, { mode: 0o600 });
    report.table('attempt', results);
    const leaks = results.filter(({ outcome }) => outcome === 'LEAK').length;
    const seconds = Math.round((performance.now() - started) / 1000);
    report.result(leaks === 0 ? 'nothing got out' : 'LEAK', {
      leaks,
      attempts: results.length,
      frames: sent,
      seconds,
    });
    return leaks === 0 ? exitCode.ok : exitCode.finding;
  } finally {
    unlock();
  }
}
