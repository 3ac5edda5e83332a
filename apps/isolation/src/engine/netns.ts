/** The engine `netns`: everything on this machine, in network namespaces. */
import { auditNamespaces } from '../audit/namespaces.ts';
import type { Layout } from '../plan/layout.ts';
import { thisMachine } from '../plan/machine.ts';
import { stepText } from '../plan/steps.ts';
import { upPlan } from '../plan/up-plan.ts';
import { createSnapshot, layersOf, rollBack } from '../snapshots/shelf.ts';
import { down, runningLayout } from './down.ts';
import type { Engine, EngineInput } from './engine.ts';
import { status } from './status.ts';
import { up } from './up.ts';

export const netns: Engine = {
  name: 'netns',
  plan: (input) =>
    phasesOf(input).map(({ name, why, steps }) => ({ name, why, text: steps.map(stepText).join('\n') })),
  up: async (input, progress, stop) => {
    const changed = await up(input.layout, phasesOf(input), input.configurationText, progress, stop);
    return changed ? 'up' : 'already up';
  },
  down,
  status: async ({ layout }) => {
    const running = runningLayout(layout);
    return running === undefined ? { verdict: 'down', rows: [] } : await status(running);
  },
  snapshot: createSnapshot,
  rollback: (_, workstation, name) => rollBack(workstation, name),
  audit: async ({ layout }) => await auditNamespaces(layout),
};

function phasesOf({ layout, configurationText, self }: EngineInput) {
  return upPlan({
    layout,
    machine: thisMachine(),
    layers: layersByName(layout),
    configurationText,
    self,
  });
}

function layersByName(layout: Layout) {
  return new Map(layout.workstations.map((workstation) => [workstation.name, layersOf(layout, workstation)]));
}
