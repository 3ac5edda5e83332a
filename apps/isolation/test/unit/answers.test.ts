/** The checklist's answers: they age, end with their question, and are what this machine signed. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { IsolationError } from '../../src/errors.ts';
import { answer, answersPath, readAnswers, standings } from '../../src/explain/answers.ts';
import { type Advice, checklist } from '../../src/explain/checklist.ts';

const day = 24 * 3_600_000;
const now = Date.parse('2026-01-01T00:00:00Z');
const [asked, other]: readonly (Advice | undefined)[] = checklist;

let layout: { state: string; signingKey: string };
before(() => {
  const state = mkdtempSync(join(tmpdir(), 'sotto-answers-'));
  layout = { state, signingKey: join(state, 'key') };
});
after(() => rmSync(layout.state, { recursive: true, force: true }));

function standingOf({ id }: Advice, at: number) {
  const { answer: said, ok } =
    standings(readAnswers(layout), at).find((one) => one.id === id) ?? assert.fail();
  return [said, ok];
}

test('every question is open until somebody answers it', () => {
  const rows = standings(readAnswers(layout), now);
  assert.deepEqual(
    rows.map(({ id }) => id),
    checklist.map(({ id }) => id),
  );
  for (const row of rows) assert.deepEqual([row.answer, row.ok], ['not answered', false]);
});

test('an answer is shown with its age, and holds for ninety days', () => {
  assert.ok(asked && other);
  answer(layout, asked, 'yes', now);
  answer(layout, other, 'not-here', now);
  assert.deepEqual(standingOf(asked, now + 3_600_000), ['yes, 1 h ago', true]);
  assert.deepEqual(standingOf(asked, now + 90 * day), ['yes, 90 days ago', true]);
  assert.deepEqual(standingOf(asked, now + 91 * day), ['yes, 91 days ago: ask yourself again', false]);
  assert.deepEqual(standingOf(other, now + 2 * day), ['not-here, 2 days ago', true]);
});

test('the last answer counts, and no is a finding', () => {
  assert.ok(asked && other);
  answer(layout, asked, 'no', now + day);
  assert.deepEqual(standingOf(asked, now + day), ['no, 0 h ago', false]);
  assert.deepEqual(standingOf(other, now + day), ['not-here, 24 h ago', true]);
});

test('an answer to a question that was put in other words is none', () => {
  assert.ok(asked);
  answer(layout, { ...asked, question: 'Is all well?' }, 'yes', now);
  assert.deepEqual(standingOf(asked, now), ['not answered since the question changed', false]);
});

test('answers that this machine did not sign are refused', () => {
  const path = answersPath(layout);
  writeFileSync(path, readFileSync(path, 'utf8').replace('not-here', 'yes'));
  assert.throws(
    () => readAnswers(layout),
    (cause) => cause instanceof IsolationError && cause.code === 'REFUSED',
  );
});
