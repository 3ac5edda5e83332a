/** What is remembered of updates: when each system was last known to be current, and the dates of the lists it took. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { ageText } from '../age.ts';
import { IsolationError } from '../errors.ts';
import type { Layout } from '../plan/layout.ts';

const Time = v.pipe(v.string(), v.isoTimestamp());

const Entry = v.strictObject({
  /** Good lists said that nothing newer exists. */
  current: v.optional(Time),
  /** Packages that waited at the last good check. */
  waiting: v.number(),
  lists: v.record(v.string(), v.strictObject({ date: Time, expires: v.boolean() })),
});

const systemNames = ['host', 'base'] as const;
export type SystemName = (typeof systemNames)[number];
export type LedgerEntry = v.InferOutput<typeof Entry>;

const Ledger = v.strictObject({ host: v.optional(Entry), base: v.optional(Entry) });

/** Later than this after the last good date is worth a warning, and then a finding; milliseconds. */
const warnAfter = 24 * 3_600_000;
const findAfter = 7 * 24 * 3_600_000;

function ledgerPath({ state }: Layout): string {
  return join(state, 'updates', 'ledger.json');
}

/** What is remembered of a system. @throws IsolationError `REFUSED` when the record is damaged. */
export function readEntry(layout: Layout, system: SystemName): LedgerEntry {
  return read(ledgerPath(layout))[system] ?? { waiting: 0, lists: {} };
}

/** Remembers, in one step. */
export function writeEntry(layout: Layout, system: SystemName, entry: LedgerEntry): void {
  const path = ledgerPath(layout);
  const next = { ...read(path), [system]: entry };
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.new`, `${JSON.stringify(next, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function read(path: string): v.InferOutput<typeof Ledger> {
  if (!existsSync(path)) return {};
  try {
    const written: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return v.parse(Ledger, written);
  } catch {
    throw new IsolationError(
      'REFUSED',
      `the record of updates is damaged (${path})`,
      'Remove it: the dates of the lists are then learnt anew at the next update.',
    );
  }
}

export type Freshness = { system: SystemName; ok: boolean; state: string };

/** How current each system is known to be: a warning after a day, a finding after a week or when it never was. */
export function freshness(layout: Layout, now = Date.now()): readonly Freshness[] {
  return systemNames.map((system) => {
    const { current, waiting } = readEntry(layout, system);
    if (current === undefined) return { system, ok: false, state: 'never known to be current: update' };
    const age = now - Date.parse(current);
    const waits = waiting > 0 ? `, ${waiting} packages wait` : '';
    const state = `current ${ageText(age)} ago${waits}`;
    if (age > findAfter) return { system, ok: false, state: `${state}: more than 7 days` };
    return { system, ok: true, state: age > warnAfter ? `warning: ${state}` : state };
  });
}
