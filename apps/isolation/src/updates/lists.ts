/** The dates of package lists: what a source offered, what apt took, what we took before (Debian's repository format, Release). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type ListDates = { date: string | undefined; validUntil: string | undefined };

/** The dates that a Release or InRelease file claims, as ISO 8601; undefined where there is none that reads. */
export function listDates(text: string): ListDates {
  const field = (name: string) => {
    const value = new RegExp(`^${name}: (.{10,40})$`, 'm').exec(text)?.[1];
    const time = value === undefined ? Number.NaN : Date.parse(value);
    return Number.isNaN(time) ? undefined : new Date(time).toISOString();
  };
  return { date: field('Date'), validUntil: field('Valid-Until') };
}

/** apt's name for the file of a list, which is also ours (apt, URItoFileName). */
export function listName(url: string): string {
  return url
    .replace(/^http:\/\//, '')
    .replace(/[\\|{}[\]<>"^~_=!@#$%*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)
    .replaceAll('/', '_')
    .replace(/_(?:In)?Release$/, '');
}

/** Every list that apt has taken, by name: their signatures were good. */
export function takenLists(folder: string): ReadonlyMap<string, ListDates> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder).filter((file) => /_(?:In)?Release$/.test(file));
  return new Map(
    files.map((file) => [
      file.replace(/_(?:In)?Release$/, ''),
      listDates(readFileSync(join(folder, file), 'utf8')),
    ]),
  );
}

/** What is remembered of a list that was taken. */
export type KnownList = { date: string; expires: boolean };

/** A list that goes back in time, or that stopped to expire: each is how old packages are passed off as the newest. */
export type ListFault = { list: string; fault: 'older' | 'never expires any more' };

/** Compares what was offered and what apt took with what was taken before. */
export function listFaults(
  known: Readonly<Record<string, KnownList>>,
  offered: readonly ({ list: string } & ListDates)[],
  taken: ReadonlyMap<string, ListDates>,
): readonly ListFault[] {
  const seen = [...offered, ...[...taken].map(([list, dates]) => ({ list, ...dates }))];
  return seen.flatMap(({ list, date, validUntil }): ListFault[] => {
    const before = known[list];
    if (before === undefined) return [];
    if (date === undefined || Date.parse(date) < Date.parse(before.date)) return [{ list, fault: 'older' }];
    return before.expires && validUntil === undefined ? [{ list, fault: 'never expires any more' }] : [];
  });
}

/** What to remember after lists were taken: a list that once expired must go on expiring. */
export function remembered(
  known: Readonly<Record<string, KnownList>>,
  taken: ReadonlyMap<string, ListDates>,
): Record<string, KnownList> {
  const next: Record<string, KnownList> = { ...known };
  for (const [list, { date, validUntil }] of taken) {
    if (date === undefined) continue;
    next[list] = { date, expires: validUntil !== undefined || known[list]?.expires === true };
  }
  return next;
}
