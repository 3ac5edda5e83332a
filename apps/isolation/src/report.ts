/** What a verb says: a table for people, one JSON object a line with `--json`. Progress goes to standard error. */

export type Row = Readonly<Record<string, string | number | boolean>>;

export type Report = {
  /** Something is happening; `detail` when it has. */
  progress: (what: string, detail?: string) => void;
  /** One line for people; nothing with `--json`. */
  say: (text: string) => void;
  /** Rows with the same columns: a table, or one object a line. */
  table: (kind: string, rows: readonly Row[]) => void;
  /** A longer text about one thing: the text itself, or one object that holds it. */
  text: (kind: string, facts: Row, text: string) => void;
  /** The last word: what a program reads. */
  result: (verdict: string, facts: Row) => void;
};

type Streams = {
  out: (text: string) => void;
  err: (text: string) => void;
  /** Whether a person looks at standard output. */
  colour: boolean;
};

/** For people. Words that carry a judgement are coloured where a terminal shows colours. */
export function reportForPeople({ out, err, colour }: Streams): Report {
  const paint = (text: string): string => {
    if (!colour) return text;
    if (/^(ok|nothing got out|reached|up|yes)$/.test(text.trim())) return `\u001b[32m${text}\u001b[0m`;
    if (/^(LEAK|closed|no|not reached|differs|gone|down)$/.test(text.trim()))
      return `\u001b[31m${text}\u001b[0m`;
    return text;
  };
  return {
    progress: (what, detail) => err(`${what}${detail === undefined ? ' …' : `: ${detail}`}\n`),
    say: (text) => out(`${text}\n`),
    table: (_, rows) => {
      if (rows.length === 0) return;
      const columns = Object.keys(rows[0] ?? {});
      const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))];
      const widths = columns.map((_, index) => Math.max(...cells.map((line) => (line[index] ?? '').length)));
      for (const line of cells) {
        out(
          `${line
            .map((cell, index) => paint(cell.padEnd(widths[index] ?? 0)))
            .join('  ')
            .trimEnd()}\n`,
        );
      }
    },
    text: (_, __, text) => out(`${text.trimEnd()}\n`),
    result: (verdict, facts) => {
      const details = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
      out(`${verdict}${details.length > 0 ? ` (${details.join(', ')})` : ''}\n`);
    },
  };
}

/** For programs: every line is one JSON object with a `kind`. */
export function reportAsJson({ out }: Pick<Streams, 'out'>): Report {
  const line = (object: object) => out(`${JSON.stringify(object)}\n`);
  return {
    progress: (what, detail) => line({ kind: 'progress', what, ...(detail === undefined ? {} : { detail }) }),
    say: () => {},
    table: (kind, rows) => {
      for (const row of rows) line({ kind, ...row });
    },
    text: (kind, facts, text) => line({ kind, ...facts, text }),
    result: (verdict, facts) => line({ kind: 'result', verdict, ...facts }),
  };
}
