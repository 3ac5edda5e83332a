/**
 * The questionnaire: what is asked, in which steps, and what an answer may be. The questions travel inside the
 * sealed `answers` item as they were shown (S4), so that an answer is never read beside another question.
 */
import * as v from 'valibot';
import { answersMaxBytes } from './answer-limits.ts';

const key = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,31}$/));
const label = v.pipe(v.string(), v.minLength(1), v.maxLength(512));
const bound = v.optional(v.pipe(v.number(), v.finite()));
const options = v.pipe(v.array(v.strictObject({ key, label })), v.minLength(2), v.maxLength(32));

const asked = {
  key,
  label,
  help: v.optional(v.pipe(v.string(), v.maxLength(1024))),
  required: v.boolean(),
  /** Asked only once an earlier choice has one of these options. */
  when: v.optional(
    v.strictObject({ question: key, is: v.pipe(v.array(key), v.minLength(1), v.maxLength(32)) }),
  ),
};

export const questionSchema = v.variant('type', [
  v.strictObject({ ...asked, type: v.literal('text') }),
  v.strictObject({ ...asked, type: v.literal('long-text') }),
  v.strictObject({ ...asked, type: v.literal('choice'), options }),
  v.strictObject({ ...asked, type: v.literal('several'), options }),
  v.strictObject({ ...asked, type: v.literal('date') }),
  v.strictObject({ ...asked, type: v.literal('number'), min: bound, max: bound }),
  /** Something to accept; `text` is what is accepted. */
  v.strictObject({
    ...asked,
    type: v.literal('terms'),
    text: v.pipe(v.string(), v.minLength(1), v.maxLength(20_000)),
  }),
  v.strictObject({ ...asked, type: v.literal('files') }),
]);
export const stepSchema = v.strictObject({
  key,
  title: label,
  questions: v.pipe(v.array(questionSchema), v.minLength(1), v.maxLength(16)),
});
export const questionnaireSchema = v.strictObject({
  steps: v.pipe(v.array(stepSchema), v.minLength(1), v.maxLength(16)),
});

/**
 * An answer by the key of its question, always as text: a choice is the key of its option, several are their keys with commas
 * between, a date is `YYYY-MM-DD`, a number has digits and a point, accepted terms are `accepted`. Files are items of their own.
 */
export const answersSchema = v.record(key, v.pipe(v.string(), v.maxLength(answersMaxBytes)));

export type Question = v.InferOutput<typeof questionSchema>;
export type Step = v.InferOutput<typeof stepSchema>;
export type Questionnaire = v.InferOutput<typeof questionnaireSchema>;
export type Answers = v.InferOutput<typeof answersSchema>;
