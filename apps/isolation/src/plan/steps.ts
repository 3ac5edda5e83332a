/** What `up` does, as a list that `plan` prints and `up` carries out: the plan cannot promise something else. */

import type { Layout } from './layout.ts';

export type Command = { program: string; args: readonly string[]; input?: string };

export type Step =
  /** Runs a program to its end; anything but exit code 0 is a failure. */
  | ({ kind: 'run' } & Command)
  /** Makes a folder, or gives the one that is there to this owner. Accounts are names or numbers. */
  | { kind: 'folder'; path: string; owner: string; group: string; mode: number }
  /** Writes a new file; `owner` is root unless it says otherwise. */
  | { kind: 'write'; path: string; mode: number; content: string | Uint8Array; owner?: string }
  /** Makes a place to mount something on: a folder or an empty file, as what is mounted there. */
  | { kind: 'mount-point'; path: string; like: string }
  /** Notes in a Workstation's book that its state is in use from now on. */
  | { kind: 'use'; book: string }
  /** Writes a value into a file of the kernel. */
  | { kind: 'set'; path: string; value: string }
  /** Starts a program that stays; `open` is opened for it as descriptor 3. */
  | { kind: 'start'; name: string; program: string; args: readonly string[]; log: string; open?: string }
  /** Waits until Tor says that it has a path through the network; fails when the file `unless` appears. */
  | { kind: 'await-tor'; control: string; cookie: string; seconds: number; unless: string }
  /** Waits until a file is there. */
  | { kind: 'await-file'; path: string; seconds: number }
  /** Fails when the program of a Workstation has ended. */
  | { kind: 'expect-program'; name: string; namespace: string; layout: Layout }
  /** Takes down how everything is now; from here on the watchdog holds it to that. */
  | { kind: 'remember'; path: string; layout: Layout };

export type Phase = { name: PhaseName; why: string; steps: readonly Step[] };

export const phaseNames = [
  'folders',
  'namespaces',
  'settings',
  'devices',
  'firewall',
  'links',
  'watchdog',
  'workstations',
  'tor',
  'ready',
] as const;

export type PhaseName = (typeof phaseNames)[number];

/** A step as a person would type it into a root shell. */
export function stepText(step: Step): string {
  switch (step.kind) {
    case 'run':
      return step.input === undefined
        ? shellLine(step)
        : `${shellLine(step)} <<'END'\n${step.input}${step.input.endsWith('\n') ? '' : '\n'}END`;
    case 'folder':
      return `install -d -o ${step.owner} -g ${step.group} -m ${octal(step.mode)} ${quote(step.path)}`;
    case 'write': {
      const owner = step.owner === undefined ? '' : ` -o ${step.owner} -g ${step.owner}`;
      return typeof step.content === 'string'
        ? `install -m ${octal(step.mode)}${owner} /dev/stdin ${quote(step.path)} <<'END'\n${step.content}END`
        : `xxd -r -p > ${quote(step.path)} <<'END'\n${Buffer.from(step.content).toString('hex')}\nEND`;
    }
    case 'use':
      return `# notes in ${step.book} that this state is in use`;
    case 'mount-point':
      return `[ -d ${quote(step.like)} ] && mkdir -p ${quote(step.path)} || install -D /dev/null ${quote(step.path)}`;
    case 'set':
      return `echo ${quote(step.value)} > ${quote(step.path)}`;
    case 'start':
      return `${shellLine(step)}${step.open === undefined ? '' : ` 3< ${quote(step.open)}`} >> ${quote(step.log)} 2>&1 &`;
    case 'await-tor':
      return `# waits at most ${step.seconds} s for "Bootstrapped 100%" on ${step.control}`;
    case 'await-file':
      return `# waits at most ${step.seconds} s for ${step.path}`;
    case 'expect-program':
      return `ip netns pids ${step.namespace} | grep -q . # the program of ${step.name} runs`;
    case 'remember':
      return `# remembers rules, settings, devices, addresses and routes in ${step.path}`;
  }
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

/** A command as one line of shell. */
export function shellLine({ program, args }: Command): string {
  return [program, ...args].map(quote).join(' ');
}

function quote(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
