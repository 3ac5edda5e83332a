/** explain [ID | engines | checklist]: without rights and without a configuration. */
import { exitCode, IsolationError } from '../errors.ts';
import { checklist } from '../explain/checklist.ts';
import { engineCosts } from '../explain/engines.ts';
import { protections } from '../explain/protections.ts';
import type { Context } from './context.ts';

/** What each protection is for, what an escape costs, and what stays with the person. */
export async function explainVerb({ report, words }: Context): Promise<number> {
  const [id] = words;
  if (id === undefined) {
    report.table(
      'protection',
      protections.map((one) => ({ id: one.id, what: one.what })),
    );
    report.say('\nWhat an escape costs, by engine: explain engines. What stays with you: explain checklist.');
    report.say('One of them in full: explain ID.');
    return exitCode.ok;
  }
  const shown = id === 'engines' ? engineCosts : id === 'checklist' ? checklist : only(id);
  for (const one of shown) {
    const { id: name, ...facts } = one;
    report.text(kindOf(id), { id: name }, paragraphs(facts));
    report.say('');
  }
  return exitCode.ok;
}

function kindOf(id: string): string {
  return id === 'engines' || id === 'checklist' ? id : 'explanation';
}

function only(id: string) {
  const found = [...protections, ...engineCosts, ...checklist].filter((one) => one.id === id);
  if (found.length > 0) return found;
  throw new IsolationError('USAGE', `there is no explanation ${id}`, 'sotto isolate explain lists them.');
}

/** How each part of an explanation is introduced. */
const introductions: Readonly<Record<string, string>> = {
  why: 'Why: ',
  covers: 'In the plan: ',
  wall: 'The wall: ',
  cost: 'An escape costs: ',
  here: 'What is done here: ',
  yours: 'What stays with you: ',
  question: 'What `checklist` asks: ',
};

function paragraphs(facts: Readonly<Record<string, string | readonly string[]>>): string {
  return Object.entries(facts)
    .map(([name, text]) => `${introductions[name] ?? ''}${typeof text === 'string' ? text : text.join(', ')}`)
    .join('\n');
}
