/** docs/benchmarks.md: a section a measure, each with the machine it ran on; a measure that ran replaces its own. */
import { readFile, writeFile } from 'node:fs/promises';
import type { Measure, Result } from './measure.ts';

const head = `# Benchmarks

\`npm run bench\` wrote this page from what it measured; each section says when and where. Beside each figure stands the bare limit, or the
peer, of the same work in the same run. Walls were measured while other programs used the same processors, so trust the
processor times and the ratios before the walls. No test reads a timing.
`;

/** The section of a measure, in Markdown. */
export function section(measure: Measure, result: Result, surroundings: string): string {
  const table = [result.columns, result.columns.map(() => '---'), ...result.rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
  const notes = result.notes.map((note) => `- ${note}`).join('\n');
  return `## ${measure.title}\n\n${measure.goal}\n\n${table}\n\n${notes}\n\n_${surroundings}_\n`;
}

/** Puts a section in its place among those of the other measures. */
export async function putSection(
  file: string,
  measures: readonly Measure[],
  name: string,
  text: string,
): Promise<void> {
  const before = await readFile(file, 'utf8').catch(() => '');
  const sections = measures.map((measure) =>
    measure.name === name ? text : (sectionOf(before, measure.title) ?? ''),
  );
  await writeFile(file, [head, ...sections.filter((found) => found !== '')].join('\n'));
}

function sectionOf(text: string, title: string): string | undefined {
  const found = text.split(/^(?=## )/m).find((part) => part.startsWith(`## ${title}\n`));
  return found === undefined ? undefined : `${found.trimEnd()}\n`;
}
