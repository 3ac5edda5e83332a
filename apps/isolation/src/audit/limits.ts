/** What bounds a program of a Workstation: its own limits (getrlimit(2)), and the control groups that it shares with the others. */
import { readFileSync } from 'node:fs';
import type { Layout, WorkstationLayout } from '../plan/layout.ts';
import { thisMachine } from '../plan/machine.ts';
import { bytesOfFile, controlGroups } from '../plan/workstation-command.ts';

/** The bounds that the configuration asks for, as one line. */
export function wantedLimits(layout: Layout, workstation: WorkstationLayout): string {
  const { limits } = workstation.configuration;
  const own = {
    'file size': bytesOfFile(limits),
    'core file size': 0,
    processes: limits.processes,
    'open files': limits.open_files,
  };
  return line(
    Object.entries(own).map(([name, value]) => `${name} ${value}`),
    groupsOf(layout, workstation),
  );
}

/** The bounds of a process, in the same words (proc(5), limits: soft and hard, which must be the same). */
export function limitsOf(layout: Layout, workstation: WorkstationLayout, pid: number): string {
  const limits = readFileSync(`/proc/${pid}/limits`, 'utf8');
  const own = [...limits.matchAll(/^Max (file size|core file size|processes|open files) +(\S+) +(\S+)/gm)];
  return line(
    own.map(([, name, soft, hard]) => `${name} ${soft === hard ? soft : `${soft} up to ${hard}`}`),
    groupsOf(layout, workstation).filter((folder) =>
      readFileSync(`${folder}/cgroup.procs`, 'utf8').split('\n').includes(String(pid)),
    ),
  );
}

function groupsOf(layout: Layout, workstation: WorkstationLayout): readonly string[] {
  return controlGroups(layout, workstation, thisMachine()).map(({ folder }) => folder);
}

function line(own: readonly string[], groups: readonly string[]): string {
  return `limits: ${own.join(', ')}; groups: ${groups.join(' ')}`;
}
