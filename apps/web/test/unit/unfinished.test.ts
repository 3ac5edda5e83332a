/** What stands between a step and the next one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answersMaxBytes, shortTextMaxLength } from '@sotto/contract/answer-limits';
import { questionnaire } from '@sotto/contract/built-in-questionnaire';
import { answersTooLong, isUnfinished, problemsOf } from '../../src/whistleblower/unfinished.ts';

const questions = questionnaire.steps[0]?.questions ?? [];

test('a required answer of spaces is missing', () => {
  assert.deepEqual(problemsOf(questionnaire, questions, { title: ' \n ', story: 'x' }), { title: 'missing' });
});

test('a line one character too long is named, and one that just fits is not', () => {
  const fits = { title: 'a'.repeat(shortTextMaxLength), story: 'b' };
  assert.deepEqual(problemsOf(questionnaire, questions, fits), {});
  assert.deepEqual(problemsOf(questionnaire, questions, { ...fits, title: `${fits.title}a` }), {
    title: 'too-long',
  });
});

test('all answers together are counted in bytes, not in characters', () => {
  const count = Math.floor(answersMaxBytes / 3);
  assert.equal(answersTooLong(questionnaire, { story: 'a'.repeat(count) }), false);
  assert.equal(answersTooLong(questionnaire, { story: '名'.repeat(count) }), true);
});

test('a questionnaire is finished when what it needs is there', () => {
  assert.equal(isUnfinished(questionnaire, {}), true);
  assert.equal(isUnfinished(questionnaire, { title: 'a', story: 'b' }), false);
});
