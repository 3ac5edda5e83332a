/** What a process costs, from the kernel's own account of it. */
import { readFile, writeFile } from 'node:fs/promises';
import { digits, median } from './measure.ts';

/** Linux counts processor time in hundredths of a second. */
const millisecondsPerTick = 10;

/** Milliseconds of user and system time of all threads since the process began. */
export async function cpuTime(pid: number): Promise<number> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name of the program stands in brackets and may hold blanks.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick;
}

/** Rounds of a slice: enough for a clock that ticks in hundredths of a second. */
const slice = 50;

/** Milliseconds of processor time for one round: in the cheapest slice of all, when others disturbed least, and in the middle one. */
export type Cost = { readonly least: number; readonly middle: number };

/** What a round of `act` costs the process, one round after another. @param rounds rounded up to whole slices. */
export function costOf(pid: number, rounds: number, act: (round: number) => Promise<unknown>): Promise<Cost> {
  return costBy(() => cpuTime(pid), slice, rounds, act);
}

/** The same by another clock. @param clock milliseconds of processor time. @param sliceOf rounds that are read together. */
export async function costBy(
  clock: () => number | Promise<number>,
  sliceOf: number,
  rounds: number,
  act: (round: number) => Promise<unknown>,
): Promise<Cost> {
  const costs: number[] = [];
  for (let round = 0; round < rounds; ) {
    const before = await clock();
    for (const end = round + sliceOf; round < end; round += 1) await act(round);
    costs.push(((await clock()) - before) / sliceOf);
  }
  return { least: Math.min(...costs), middle: median(costs) };
}

/** `2.10 ms, 2.60 ms`: least and middle. */
export function costText({ least, middle }: Cost): string {
  return `${digits(least)} ms, ${digits(middle)} ms`;
}

/** Resident memory now, in MB. */
export async function residentMemory(pid: number): Promise<number> {
  return statusField(pid, 'VmRSS');
}

/** The most that was resident since {@link forgetPeak}, in MB. */
export async function peakMemory(pid: number): Promise<number> {
  return statusField(pid, 'VmHWM');
}

/** Begins a new peak. proc_pid_clear_refs(5): 5 resets it. */
export async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
}

async function statusField(pid: number, name: string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
  return (Number(kibibytes) * 1024) / 1e6;
}
