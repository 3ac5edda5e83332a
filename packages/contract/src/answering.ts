/** Answering a questionnaire: what is asked now, and what is wrong with an answer. Nothing is ever cut. */
import { answersMaxBytes, shortTextMaxLength } from './answer-limits.ts';
import type { Answers, Question, Questionnaire } from './questionnaire.ts';

/** Why an answer cannot be sent; null when it can. */
export type AnswerProblem =
  | 'missing'
  | 'too-long'
  | 'no-date'
  | 'no-number'
  | 'too-small'
  | 'too-large'
  | 'no-option';

export const acceptedTerms = 'accepted';

/** The options of a `several` answer. */
export function chosen(answer: string): readonly string[] {
  return answer === '' ? [] : answer.split(',');
}

/** Whether a question is asked, given the answers so far (its condition, and that of the question it hangs on). */
export function isAsked(questionnaire: Questionnaire, question: Question, answers: Answers): boolean {
  const { when } = question;
  if (when === undefined) return true;
  const earlier = questionnaire.steps.flatMap(({ questions }) => questions);
  const at = earlier.findIndex(({ key }) => key === question.key);
  // Only what comes earlier counts, so that no two questions can wait for each other.
  const hangsOn = earlier.slice(0, at).find(({ key }) => key === when.question);
  if (hangsOn === undefined || !isAsked(questionnaire, hangsOn, answers)) return false;
  return chosen(answers[when.question] ?? '').some((option) => when.is.includes(option));
}

/** The answers to what is asked: an answer given before its question went away again is left out. */
export function askedAnswers(questionnaire: Questionnaire, answers: Answers): Answers {
  const questions = questionnaire.steps.flatMap(({ questions }) => questions);
  const kept = questions.filter((question) => isAsked(questionnaire, question, answers));
  return Object.fromEntries(
    kept.flatMap(({ key }) => ((answers[key] ?? '') === '' ? [] : [[key, answers[key] ?? '']])),
  );
}

export function answerProblem(question: Question, answer: string): AnswerProblem | null {
  if (question.type === 'files') return null;
  if (answer.trim() === '') return question.required ? 'missing' : null;
  switch (question.type) {
    case 'text':
      return answer.length > shortTextMaxLength ? 'too-long' : null;
    case 'long-text':
      return null;
    case 'date':
      return isDate(answer) ? null : 'no-date';
    case 'number':
      return numberProblem(answer, question.min, question.max);
    case 'terms':
      return answer === acceptedTerms ? null : 'missing';
    default:
      return chosen(answer).every((key) => question.options.some((option) => option.key === key))
        ? null
        : 'no-option';
  }
}

/** How many bytes all answers have together, and how many they may have at most. */
export function answersSize(answers: Answers): { readonly bytes: number; readonly most: number } {
  return { bytes: new TextEncoder().encode(JSON.stringify(answers)).length, most: answersMaxBytes };
}

function isDate(answer: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(answer)) return false;
  const date = new Date(`${answer}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(answer);
}

function numberProblem(
  answer: string,
  min: number | undefined,
  max: number | undefined,
): AnswerProblem | null {
  if (!/^-?\d{1,15}(?:\.\d{1,6})?$/.test(answer)) return 'no-number';
  const value = Number(answer);
  if (min !== undefined && value < min) return 'too-small';
  return max !== undefined && value > max ? 'too-large' : null;
}
