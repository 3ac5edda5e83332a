/** Which answers of the draft cannot be sent yet. */
import {
  type AnswerProblem,
  answerProblem,
  answersSize,
  askedAnswers,
  isAsked,
} from '@sotto/contract/answering';
import type { Answers, Question, Questionnaire } from '@sotto/contract/questionnaire';

/** Problems by the key of their question; empty when these questions are done. What is not asked has none. */
export function problemsOf(
  questionnaire: Questionnaire,
  questions: readonly Question[],
  answers: Answers,
): Readonly<Record<string, AnswerProblem>> {
  const problems: Record<string, AnswerProblem> = {};
  for (const question of questions) {
    if (!isAsked(questionnaire, question, answers)) continue;
    const problem = answerProblem(question, answers[question.key] ?? '');
    if (problem !== null) problems[question.key] = problem;
  }
  return problems;
}

/** Whether all answers together are longer than an item can carry. */
export function answersTooLong(questionnaire: Questionnaire, answers: Answers): boolean {
  const { bytes, most } = answersSize(askedAnswers(questionnaire, answers));
  return bytes > most;
}

/** Whether a step still has a problem. */
export function isUnfinished(questionnaire: Questionnaire, answers: Answers): boolean {
  return questionnaire.steps.some(
    ({ questions }) => Object.keys(problemsOf(questionnaire, questions, answers)).length > 0,
  );
}
