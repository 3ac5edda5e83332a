/** The files of a half, and the few texts that both kinds of half are made of. */

export type HalfFile = { path: string; mode: number; content: string };

/** A file that everybody may read: nothing in a half is secret. */
export function plain(path: string, content: string): HalfFile {
  return { path, mode: 0o644, content };
}

/** The shell variables of `half.conf`, quoted. */
export function variables(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}='${String(value).replaceAll("'", "'\\''")}'\n`)
    .join('');
}

/** Lines as `sort` in the locale C puts them, which is how half.sh compares. */
export function sorted(lines: readonly string[]): string {
  return [...lines]
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map((line) => `${line}\n`)
    .join('');
}
