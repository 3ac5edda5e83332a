/** Answering a questionnaire: conditions, requirements, forms and sizes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import {
  acceptedTerms,
  answerProblem,
  answersSize,
  askedAnswers,
  chosen,
  isAsked,
} from '../../src/answering.ts';
import { questionnaire as builtIn } from '../../src/built-in-questionnaire.ts';
import { type Question, questionnaireSchema, questionSchema } from '../../src/questionnaire.ts';

const options = [
  { key: 'yes', label: 'Yes' },
  { key: 'no', label: 'No' },
];
const ongoing: Question = { key: 'ongoing', type: 'choice', label: 'Ongoing?', required: true, options };
const ended: Question = {
  key: 'ended',
  type: 'date',
  label: 'When did it end?',
  required: true,
  when: { question: 'ongoing', is: ['no'] },
};
const why: Question = {
  key: 'why',
  type: 'text',
  label: 'Why?',
  required: false,
  when: { question: 'ended', is: ['2026-01-01'] },
};
const loop: Question = {
  key: 'loop',
  type: 'text',
  label: 'x',
  required: true,
  when: { question: 'loop', is: ['a'] },
};
const questionnaire = { steps: [{ key: 'one', title: 'One', questions: [ongoing, ended, why, loop] }] };

test('a question with a condition is asked only once the earlier choice says so', () => {
  assert.ok(!isAsked(questionnaire, ended, {}));
  assert.ok(!isAsked(questionnaire, ended, { ongoing: 'yes' }));
  assert.ok(isAsked(questionnaire, ended, { ongoing: 'no' }));
});

test('a question that hangs on one that is not asked is not asked either, and one that hangs on itself never', () => {
  assert.ok(isAsked(questionnaire, why, { ongoing: 'no', ended: '2026-01-01' }));
  assert.ok(!isAsked(questionnaire, why, { ongoing: 'yes', ended: '2026-01-01' }));
  assert.ok(!isAsked(questionnaire, loop, { loop: 'a' }));
});

test('what was answered before its question went away is not sent', () => {
  assert.deepEqual(askedAnswers(questionnaire, { ongoing: 'yes', ended: '2026-01-01', stray: 'x' }), {
    ongoing: 'yes',
  });
});

const forms: readonly [Question, string, string | null][] = [
  [ongoing, '', 'missing'],
  [ongoing, '  ', 'missing'],
  [ongoing, 'yes', null],
  [ongoing, 'perhaps', 'no-option'],
  [{ ...ongoing, type: 'several' }, 'yes,no', null],
  [{ ...ongoing, type: 'several' }, 'yes,perhaps', 'no-option'],
  [{ ...ongoing, type: 'several', required: false }, '', null],
  [ended, '2026-02-28', null],
  [ended, '2026-02-30', 'no-date'],
  [ended, '28.02.2026', 'no-date'],
  [{ key: 'n', type: 'number', label: 'n', required: false, min: 1, max: 9 }, '4.5', null],
  [{ key: 'n', type: 'number', label: 'n', required: false, min: 1, max: 9 }, '0', 'too-small'],
  [{ key: 'n', type: 'number', label: 'n', required: false, min: 1, max: 9 }, '10', 'too-large'],
  [{ key: 'n', type: 'number', label: 'n', required: false }, '1e9', 'no-number'],
  [{ key: 't', type: 'terms', label: 't', required: true, text: 'x' }, '', 'missing'],
  [{ key: 't', type: 'terms', label: 't', required: true, text: 'x' }, acceptedTerms, null],
  [{ key: 's', type: 'text', label: 's', required: true }, 'x'.repeat(256), null],
  [{ key: 's', type: 'text', label: 's', required: true }, 'x'.repeat(257), 'too-long'],
  [{ key: 'f', type: 'files', label: 'f', required: false }, '', null],
];
for (const [question, answer, problem] of forms) {
  const shown = answer.length > 20 ? `${answer.length} characters` : `"${answer}"`;
  test(`${shown} as the answer to a ${question.type}${question.required ? ', required' : ''}: ${problem ?? 'fine'}`, () => {
    assert.equal(answerProblem(question, answer), problem);
    v.parse(questionSchema, question);
  });
}

test('the size of all answers is that of their UTF-8, as it is sealed', () => {
  assert.equal(answersSize({ a: 'é' }).bytes, '{"a":"é"}'.length + 1);
  assert.deepEqual(chosen(''), []);
});

test('the built-in questionnaire is one, its keys are its own, and its conditions hang on earlier questions', () => {
  v.parse(questionnaireSchema, builtIn);
  const questions = builtIn.steps.flatMap((step) => step.questions);
  assert.equal(new Set(questions.map(({ key }) => key)).size, questions.length);
  for (const [at, { when }] of questions.entries()) {
    if (when !== undefined) assert.ok(questions.slice(0, at).some(({ key }) => key === when.question));
  }
});
