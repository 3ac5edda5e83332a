/** When a library is overdue: by the dates of docs/dependencies.md, judged from what a registry says of its versions. */

/** Days between two looks at everything: three months. */
export const daysToUpdate = 92;

/** Three numbers; a version with anything behind them is a prerelease and counts for nothing. */
type Version = readonly [number, number, number];

/** What a registry says of a library. Times are ISO 8601, by version. */
export type Published = {
  readonly times: Readonly<Record<string, string>>;
  /** Versions that its authors advise against, with their words. */
  readonly deprecated: Readonly<Record<string, string>>;
};

export type Verdict =
  | { readonly kind: 'current' }
  | { readonly kind: 'newer' | 'overdue'; readonly version: string; readonly days: number }
  | { readonly kind: 'deprecated'; readonly words: string };

/**
 * @param pinned the version in use, three numbers.
 * @param now milliseconds since 1970.
 * @param below versions from this one on cannot be used yet, because another library does not take them.
 * @throws when the registry does not know the pinned version, or it is no version of three numbers.
 */
export function judge(pinned: string, published: Published, now: number, below?: string): Verdict {
  const used = versionOf(pinned);
  if (used === null || published.times[pinned] === undefined)
    throw new Error(`${pinned} is no version that the registry knows`);
  const words = published.deprecated[pinned];
  if (words !== undefined) return { kind: 'deprecated', words };
  const bound = below === undefined ? null : versionOf(below);
  const [first] = Object.entries(published.times)
    .flatMap(([name, time]) => {
      const version = versionOf(name);
      const usable = version !== null && published.deprecated[name] === undefined;
      if (!usable || compare(version, used) <= 0) return [];
      if (bound !== null && compare(version, bound) >= 0) return [];
      return [{ version: name, at: Date.parse(time) }];
    })
    .toSorted((a, b) => a.at - b.at);
  if (first === undefined) return { kind: 'current' };
  const days = Math.floor((now - first.at) / 86_400_000);
  return { kind: days > daysToUpdate ? 'overdue' : 'newer', version: first.version, days };
}

/** The first version that a range like `>=6.0 <6.1` leaves out above. @throws when it names no such. */
export function upperBound(range: string): string {
  const [, found] = /<(\d+\.\d+(?:\.\d+)?)$/.exec(range) ?? [];
  if (found === undefined) throw new Error(`${range} has no upper bound that is known here`);
  return found.split('.').length === 2 ? `${found}.0` : found;
}

function versionOf(name: string): Version | null {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(name) ?? [];
  return patch === undefined ? null : [Number(major), Number(minor), Number(patch)];
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
