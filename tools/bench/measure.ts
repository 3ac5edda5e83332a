/** What a measure is, and the small arithmetic they share. */

/** What one measure found: a table, and sentences that say how it was found. */
export type Result = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
};

/** One module of this folder. */
export type Measure = {
  /** As it is named on the command line. */
  readonly name: string;
  readonly title: string;
  /** What must be reached, in one sentence. */
  readonly goal: string;
  /** Names of tools/test-needs.ts; without any, the browsers and a client that is built. */
  readonly needs?: readonly string[];
  run(options: { readonly quick: boolean }): Promise<Result>;
};

/** The middle of the values; of an even number the upper one of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Three significant digits, never in powers of ten: `1 234`, `12.3`, `0.123`. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return '—';
  if (value >= 1000) return grouped(Math.round(value));
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** `1234567` as `1 234 567`. */
export function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ' ');
}
