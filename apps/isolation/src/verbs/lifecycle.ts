/** plan, up, down, status, run, watch. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { readConfiguration } from '../config/read-configuration.ts';
import { runningLayout } from '../engine/down.ts';
import { engineOf } from '../engine/engines.ts';
import { plainEnvironment } from '../engine/execute.ts';
import { takeLock, takeLockAway } from '../engine/lock.ts';
import { requireOneMachine, requirePrograms, requireRoot } from '../engine/requirements.ts';
import { watch } from '../engine/watch.ts';
import { exitCode, IsolationError } from '../errors.ts';
import { type Layout, layoutOf } from '../plan/layout.ts';
import { thisMachine } from '../plan/machine.ts';
import { planText } from '../plan/print-plan.ts';
import { workstationCommand } from '../plan/workstation-command.ts';
import { undoInterrupted, wasInterrupted } from '../updates/interrupted.ts';
import { timerUnits } from '../updates/timer.ts';
import type { Context } from './context.ts';
import { readInput } from './input.ts';

/** Prints the plan; needs no rights and changes nothing. */
export async function planVerb(context: Context): Promise<number> {
  const input = readInput(context);
  const { configuration } = input.layout;
  const parts = engineOf(configuration).plan(input);
  // With --json the whole text is in the rows; people get it below the table.
  const whole = context.flags.json === true;
  context.report.table(
    'phase',
    parts.map(({ name, why, text }) => ({
      name,
      why,
      lines: text.split('\n').length,
      ...(whole ? { text } : {}),
    })),
  );
  context.report.say(`\n${planText(parts)}`);
  if (configuration.engine !== 'netns') return exitCode.ok;
  const units = timerUnits(configuration.updates.daily, context.configurationPath, context.self);
  for (const [name, text] of Object.entries(units))
    context.report.text('unit', { name }, `# ${name}, which \`update timer\` writes\n${text}`);
  return exitCode.ok;
}

/** Puts everything up. */
export async function upVerb(context: Context): Promise<number> {
  requireRoot('up');
  const input = readInput(context);
  const engine = engineOf(input.layout.configuration);
  if (engine.name === 'netns') requirePrograms();
  const unlock = takeLock(input.layout.lock);
  try {
    if (engine.name === 'netns') await undoInterrupted(input.layout, context.report.progress);
    const started = performance.now();
    const progress = (part: string, milliseconds: number | undefined) =>
      context.report.progress(
        part,
        milliseconds === undefined ? undefined : `${Math.round(milliseconds)} ms`,
      );
    const verdict = await engine.up(input, progress, context.interrupted());
    context.report.result(verdict, { milliseconds: Math.round(performance.now() - started) });
    return exitCode.ok;
  } finally {
    unlock();
  }
}

/** Takes everything down, whatever else works on it. */
export async function downVerb(context: Context): Promise<number> {
  requireRoot('down');
  const layout = layoutOf(readConfiguration(context.configurationPath));
  const unlock = await takeLockAway(layout.lock);
  try {
    await engineOf(layout.configuration).down(layout);
    const halfUpdated = wasInterrupted(layout);
    if (halfUpdated)
      context.report.say('An update of this machine was interrupted; the next `up` or `update` undoes it.');
    context.report.result('down', halfUpdated ? { halfUpdated } : {});
    return exitCode.ok;
  } finally {
    unlock();
  }
}

/** Shows how things are: 0 as it should be, 1 not, 4 when the watchdog or a failed `up` closed the links. */
export async function statusVerb(context: Context): Promise<number> {
  requireRoot('status');
  const input = readInput(context);
  const { verdict, rows } = await engineOf(input.layout.configuration).status(input);
  context.report.table('check', rows);
  context.report.result(verdict, {});
  return {
    up: exitCode.ok,
    written: exitCode.ok,
    finding: exitCode.finding,
    down: exitCode.finding,
    closed: exitCode.closed,
  }[verdict];
}

/** Runs a command in a Workstation with our own terminal, and ends with its exit code. */
export async function runVerb(context: Context): Promise<number> {
  requireRoot('run');
  const layout = mustBeUp(context);
  const workstation = layout.workstations.find(({ name }) => name === context.words[0]);
  if (workstation === undefined || context.words.length !== 1 || context.command.length === 0) {
    throw new IsolationError(
      'USAGE',
      'run needs a Workstation and a command',
      'sotto isolate run NAME -- COMMAND …',
    );
  }
  const as = context.flags.root === true ? 'root' : 'user';
  const { program, args } = workstationCommand(layout, workstation, thisMachine(), {
    as,
    command: context.command,
  });
  const child = spawn(program, args, {
    env: plainEnvironment,
    stdio: ['inherit', 'inherit', 'inherit', openSync(workstation.seccomp, 'r')],
  });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : exitCode.cannot;
}

/** The watchdog's own process. */
export async function watchVerb(context: Context): Promise<number> {
  const drift = await watch(layoutOf(readConfiguration(context.configurationPath)));
  context.report.result('closed', { drift: drift.join(', ') });
  return exitCode.closed;
}

/** The layout that is up, or a refusal. */
export function mustBeUp(context: Context): Layout {
  const configured = layoutOf(readConfiguration(context.configurationPath));
  requireOneMachine(
    configured.configuration,
    'Do it there; `half audit` and `half status` tell how they are.',
  );
  const layout = runningLayout(configured);
  if (layout !== undefined) return layout;
  throw new IsolationError('REFUSED', 'nothing is up', 'Run `sotto isolate up` first.');
}
