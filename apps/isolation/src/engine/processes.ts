/** Finds and ends what an instance started, and nothing else. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Layout } from '../plan/layout.ts';
import { markOf } from '../plan/up-plan.ts';
import { attempt } from './execute.ts';

/** How long a program may take to end by itself, in milliseconds; then it is killed. */
const endWithin = 1000;

/** How often an ending is looked for, in milliseconds. */
const lookEvery = 10;

/** The namespaces of an instance that are there, by their names. */
export async function presentNamespaces(layout: Layout): Promise<readonly string[]> {
  const { stdout } = await attempt({ program: 'ip', args: ['netns', 'list'] });
  // Also Workstations that an earlier configuration had.
  return stdout
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '')
    .filter((name) => name === layout.gatewayNamespace || name.startsWith(`${layout.name}-ws-`));
}

/**
 * The processes of an instance: all in its namespaces, and all that carry its mark. The first finds the children
 * whose environment is empty, the second those whose namespace lost its name.
 */
export async function ownProcesses(layout: Layout): Promise<readonly number[]> {
  const inside = new Set<number>();
  for (const namespace of await presentNamespaces(layout)) {
    const { stdout } = await attempt({ program: 'ip', args: ['netns', 'pids', namespace] });
    for (const pid of stdout.split('\n').filter(Boolean)) inside.add(Number(pid));
  }
  const mark = markOf(layout);
  for (const pid of everyPid()) if (environment(pid).includes(mark)) inside.add(pid);
  return [...inside].filter((pid) => pid !== process.pid);
}

/** Ends them: asked first, then killed; returns when they are gone. New ones that appear meanwhile are ended too. */
export async function endOwnProcesses(layout: Layout): Promise<void> {
  const deadline = performance.now() + endWithin;
  const asked = new Set<number>();
  for (;;) {
    const alive = (await ownProcesses(layout)).filter((pid) => !isZombie(pid));
    if (alive.length === 0) return;
    const late = performance.now() > deadline;
    for (const pid of alive) {
      if (late) signal(pid, 'SIGKILL');
      else if (!asked.has(pid)) signal(pid, 'SIGTERM');
      asked.add(pid);
    }
    await sleep(lookEvery);
  }
}

/** Every kind of namespace, in the order in which an audit names them. */
export const namespaceKinds = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'] as const;
export type NamespaceKind = (typeof namespaceKinds)[number];

/** A process as an audit sees it: what it is, who it is, what it may do. */
export type Process = {
  pid: number;
  program: string;
  /** Real, effective, saved and file system's account. */
  account: string;
  /** Capabilities by set, whether new ones can be had, and whether system calls are filtered. */
  rights: string;
  /** The kinds of namespaces (namespaces(7)) in which it is apart from us. */
  apart: readonly NamespaceKind[];
};

/**
 * What runs in a namespace of an instance, but for the watchdog's questions: they come every few seconds, and end at once.
 */
export async function processesIn(layout: Layout, namespace: string): Promise<readonly Process[]> {
  const { stdout } = await attempt({ program: 'ip', args: ['netns', 'pids', namespace] });
  return stdout
    .split('\n')
    .filter(Boolean)
    .flatMap((pid) => {
      try {
        return asksForWatchdog(layout, pid) ? [] : [processOf(pid)];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}

function processOf(pid: string): Process {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    pid: Number(pid),
    program: readlinkSync(`/proc/${pid}/exe`),
    account: accountOf(status),
    rights: rightsOf(status),
    apart: namespaceKinds.filter(
      (kind) => readlinkSync(`/proc/${pid}/ns/${kind}`) !== readlinkSync(`/proc/self/ns/${kind}`),
    ),
  };
}

function accountOf(status: string): string {
  return (/^Uid:\t(.*)$/m.exec(status)?.[1] ?? '').replaceAll('\t', ' ');
}

/** The lines of proc(5), status, that say what a process may do, as one. */
export function rightsOf(status: string): string {
  return [...status.matchAll(/^(Cap(?:Inh|Prm|Eff|Bnd|Amb)|NoNewPrivs|Seccomp):\t(.*)$/gm)]
    .map(([, name, value]) => `${name}:${value}`)
    .join(' ');
}

/** Whether its parent is the watchdog of this instance; a child that is still a copy of its parent is found too. */
function asksForWatchdog(layout: Layout, pid: string): boolean {
  const words = readFileSync(`/proc/${statOf(pid)?.parent}/cmdline`, 'utf8').split('\0');
  return words.includes('watch') && words.includes(join(layout.run, 'configuration.toml'));
}

function environment(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    // It ended, or it is the kernel's.
    return [];
  }
}

/** What proc(5), stat, says of a process; `started` is in clock ticks since boot. Undefined when it is gone. */
export function statOf(pid: string | number): { state: string; parent: number; started: string } | undefined {
  try {
    // The name in field 2 may hold spaces and brackets: count from behind its last bracket.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { state: fields[0] ?? '', parent: Number(fields[1]), started: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/** Every process that there is. */
export function everyPid(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function isZombie(pid: number): boolean {
  return (statOf(pid)?.state ?? 'Z') === 'Z';
}

/**
 * Kills a process with its children, theirs, and so on. What left them, as a service does, is no longer theirs and lives on.
 * All are stopped before the first is killed: what does not run starts no other meanwhile.
 */
export function killTree(root: number): void {
  const tree = new Set<number>();
  for (let found: readonly number[] = [root]; found.length > 0; ) {
    for (const pid of found) {
      signal(pid, 'SIGSTOP');
      tree.add(pid);
    }
    found = everyPid().filter((pid) => !tree.has(pid) && tree.has(statOf(pid)?.parent ?? 0));
  }
  for (const pid of tree) signal(pid, 'SIGKILL');
}

function signal(pid: number, name: 'SIGTERM' | 'SIGSTOP' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended between the look and the signal.
  }
}
