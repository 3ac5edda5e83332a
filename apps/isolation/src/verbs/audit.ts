/** audit: every list that must be equal, compared; 1 when one is not. Beside them, what people answered to the checklist. */
import type { Comparison } from '../engine/engine.ts';
import { engineOf } from '../engine/engines.ts';
import { requirePrograms, requireRoot } from '../engine/requirements.ts';
import { exitCode, IsolationError } from '../errors.ts';
import { readAnswers, standings } from '../explain/answers.ts';
import type { Row } from '../report.ts';
import type { Context } from './context.ts';
import { readInput } from './input.ts';

/** Compares, and names each line that is missing or not expected. */
export async function auditVerb(context: Context): Promise<number> {
  requireRoot('audit');
  const input = readInput(context);
  const engine = engineOf(input.layout.configuration);
  if (engine.name === 'netns') requirePrograms({ ss: 'iproute2' });
  const { verdict } = await engine.status(input);
  if (verdict === 'down')
    throw new IsolationError('REFUSED', 'nothing is up', 'Run `sotto isolate up` first.');
  const rows = (await engine.audit(input)).map(row);
  context.report.table('list', rows);
  // What no list can hold: shown with its age, and no part of the verdict on what was measured.
  const answers = standings(readAnswers(input.layout));
  context.report.table('answer', answers);
  const equal = rows.every(({ ok }) => ok);
  context.report.result(equal ? 'exactly as it must be' : 'differs', {
    lists: rows.length,
    open: answers.filter(({ ok }) => !ok).length,
  });
  return equal ? exitCode.ok : exitCode.finding;
}

/** The lines that differ, in the order in which they stand; of lines that are there twice, each is compared. */
function row({ list, expected, found }: Comparison): Row & { ok: boolean } {
  const differences = [
    ...without(expected, found).map((line) => `missing: ${line.trim()}`),
    ...without(found, expected).map((line) => `not expected: ${line.trim()}`),
  ];
  return {
    list,
    ok: differences.length === 0,
    entries: expected.length,
    differences: differences.join('; '),
  };
}

function without(lines: readonly string[], taken: readonly string[]): readonly string[] {
  const rest = [...taken];
  return lines.filter((line) => {
    const at = rest.indexOf(line);
    if (at < 0) return true;
    rest.splice(at, 1);
    return false;
  });
}
