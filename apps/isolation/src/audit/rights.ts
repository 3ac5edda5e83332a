/** What a program of Gateway and Workstations may do: nothing. */
import type { Process } from '../engine/processes.ts';

/**
 * No capability of any kind, none to be had, and a filter of system calls or none; in the words of proc(5), status.
 *
 * @param filter 2 with a filter of system calls, 0 without.
 */
export function noRights(filter: 0 | 2): string {
  const none = '0'.repeat(16);
  const sets = ['Inh', 'Prm', 'Eff', 'Bnd', 'Amb'].map((set) => `Cap${set}:${none}`);
  return [...sets, 'NoNewPrivs:1', `Seccomp:${filter}`].join(' ');
}

/** One process of a list: its program, its account, what it may do, and from what of the host it is apart. */
export function processLine(
  program: string,
  { account, rights, apart }: Pick<Process, 'account' | 'rights' | 'apart'>,
): string {
  return `${program}, account ${account}, ${rights}, apart: ${apart.join(' ')}`;
}

/** Real, effective, saved and file system's account, in the words of proc(5): all the same. */
export function accountLine(uid: number): string {
  return Array.from({ length: 4 }, () => uid).join(' ');
}
