/** checklist [ID yes|no|not-here]: what only a person knows, answered, dated and signed. */
import { readConfiguration } from '../config/read-configuration.ts';
import { takeLock } from '../engine/lock.ts';
import { requireRoot } from '../engine/requirements.ts';
import { exitCode, IsolationError } from '../errors.ts';
import { answer, readAnswers, replies, standings } from '../explain/answers.ts';
import { checklist } from '../explain/checklist.ts';
import { layoutOf } from '../plan/layout.ts';
import type { Context } from './context.ts';

/** Shows every question with its answer, or answers one; 1 while one is open, too old, or answered with no. */
export async function checklistVerb({ report, words, configurationPath }: Context): Promise<number> {
  requireRoot('checklist');
  const layout = layoutOf(readConfiguration(configurationPath));
  const [id, word] = words;
  if (id !== undefined) {
    const asked = checklist.find((one) => one.id === id);
    const reply = replies.find((one) => one === word);
    if (asked === undefined || reply === undefined || words.length !== 2) {
      throw new IsolationError(
        'USAGE',
        'checklist takes a question and its answer',
        `sotto isolate checklist ID ${replies.join('|')}; without words it lists the questions`,
      );
    }
    const unlock = takeLock(layout.lock);
    try {
      answer(layout, asked, reply);
    } finally {
      unlock();
    }
    report.result('answered', { id, reply });
    return exitCode.ok;
  }
  const rows = standings(readAnswers(layout));
  report.table(
    'question',
    rows.map((row) => ({ ...row, question: checklist.find((one) => one.id === row.id)?.question ?? '' })),
  );
  const open = rows.filter(({ ok }) => !ok).length;
  report.result(open === 0 ? 'answered' : 'open', { open });
  return open === 0 ? exitCode.ok : exitCode.finding;
}
