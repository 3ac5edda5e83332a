/**
 * What people answered to the checklist: signed by this machine and dated. An answer ages, because what was so is not so for ever,
 * and it is void when the question has changed since.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { ageText } from '../age.ts';
import { IsolationError } from '../errors.ts';
import type { Layout } from '../plan/layout.ts';
import type { Row } from '../report.ts';
import { readSigned, writeSigned } from '../signed-file.ts';
import { type Advice, checklist } from './checklist.ts';

/** `not-here`: what is asked about is not there, as a modem. */
export const replies = ['yes', 'no', 'not-here'] as const;
export type Reply = (typeof replies)[number];

const AnswersSchema = v.array(
  v.strictObject({
    id: v.string(),
    /** As it was asked. */
    question: v.string(),
    reply: v.picklist(replies),
    at: v.pipe(v.string(), v.isoTimestamp()),
  }),
);

export type Answers = v.InferOutput<typeof AnswersSchema>;

/** A quarter of a year, in milliseconds: then it is asked again. */
const holdsFor = 90 * 24 * 3_600_000;

export type Standing = Row & { id: string; answer: string; ok: boolean };

/** How each question of the checklist stands: the answer with its age, or why there is none. */
export function standings(answers: Answers, now = Date.now()): readonly Standing[] {
  return checklist.map(({ id, question }) => ({ id, ...standing(id, question, answers, now) }));
}

function standing(id: string, question: string, answers: Answers, now: number) {
  const given = answers.find((one) => one.id === id);
  if (given === undefined) return { answer: 'not answered', ok: false };
  if (given.question !== question) return { answer: 'not answered since the question changed', ok: false };
  const age = now - Date.parse(given.at);
  const answer = `${given.reply}, ${ageText(age)} ago`;
  if (age > holdsFor) return { answer: `${answer}: ask yourself again`, ok: false };
  return { answer, ok: given.reply !== 'no' };
}

/** Where the answers are. */
export function answersPath({ state }: Pick<Layout, 'state'>): string {
  return join(state, 'answers.json');
}

/** What was answered. @throws IsolationError `REFUSED` when it is not what this machine signed. */
export function readAnswers(layout: Pick<Layout, 'state' | 'signingKey'>): Answers {
  const path = answersPath(layout);
  if (!existsSync(path)) return [];
  const text = readSigned(path, layout.signingKey);
  if (text === undefined) {
    throw new IsolationError(
      'REFUSED',
      'the answers are not what this machine signed',
      `Somebody changed them, or its key. Remove ${path} and answer anew.`,
    );
  }
  const written: unknown = JSON.parse(text);
  return v.parse(AnswersSchema, written);
}

/** Answers one question, in the place of what was answered before. @throws IsolationError as `readAnswers` does. */
export function answer(
  layout: Pick<Layout, 'state' | 'signingKey'>,
  { id, question }: Pick<Advice, 'id' | 'question'>,
  reply: Reply,
  now = Date.now(),
): void {
  const others = readAnswers(layout).filter((one) => one.id !== id);
  const answers: Answers = [...others, { id, question, reply, at: new Date(now).toISOString() }];
  const path = answersPath(layout);
  mkdirSync(dirname(path), { recursive: true, mode: 0o711 });
  writeSigned(path, `${JSON.stringify(answers, undefined, 2)}\n`, layout.signingKey);
}
