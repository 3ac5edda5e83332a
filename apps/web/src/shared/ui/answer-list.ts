/** The questions of a report and what was answered, as text. */
import { Component, computed, inject, input, output } from '@angular/core';
import { acceptedTerms, chosen, isAsked } from '@sotto/contract/answering';
import type { Answers, Question, Questionnaire } from '@sotto/contract/questionnaire';
import { SHARED_WORDS } from '../../words/catalogue.ts';

@Component({
  selector: 'sotto-answers',
  template: `
    @for (step of steps(); track step.key; let index = $index) {
      <section class="answers">
        <div class="answers-title" role="heading" [attr.aria-level]="level()">
          <bdi>{{ step.title }}</bdi>
          @if (changeLabel(); as label) {
            <button type="button" class="button-link" (click)="change.emit(index)">
              {{ label }}<span class="for-readers">: {{ step.title }}</span>
            </button>
          }
        </div>
        <dl>
          @for (question of asked(step.questions); track question.key) {
            <dt dir="auto">{{ question.label }}</dt>
            @if (answerOf(question); as answer) {
              <dd class="written" dir="auto">{{ answer }}</dd>
            } @else {
              <dd class="unanswered">{{ words.questions.unanswered }}</dd>
            }
          }
        </dl>
        @if (changeLabel() !== null && hasFiles(step.questions)) {
          <ng-content />
        }
      </section>
    }
  `,
})
export class AnswerList {
  readonly questionnaire = input.required<Questionnaire>();
  readonly answers = input.required<Answers>();
  /** When given, each step has a button with this name. */
  readonly changeLabel = input<string | null>(null);
  /** Of the headings of the steps: one below what the list stands under. */
  readonly level = input(3);
  readonly change = output<number>();
  protected readonly words = inject(SHARED_WORDS);
  /** While it can be changed, every step is listed; when it is read, a step that only asks for files says nothing. */
  protected readonly steps = computed(() =>
    this.questionnaire().steps.filter(
      (step) => this.changeLabel() !== null || step.questions.some((question) => question.type !== 'files'),
    ),
  );

  protected hasFiles(questions: readonly Question[]): boolean {
    return questions.some((question) => question.type === 'files');
  }

  protected asked(questions: readonly Question[]): readonly Question[] {
    const isShown = (question: Question) =>
      question.type !== 'files' && isAsked(this.questionnaire(), question, this.answers());
    return questions.filter(isShown);
  }

  protected answerOf(question: Question): string {
    const answer = this.answers()[question.key] ?? '';
    if (answer === '') return '';
    if (question.type === 'terms' && answer === acceptedTerms) return this.words.questions.accepted;
    if (question.type === 'date') return this.words.day(answer);
    if (question.type !== 'choice' && question.type !== 'several') return answer;
    const labelOf = (key: string) => question.options.find((option) => option.key === key)?.label;
    return chosen(answer)
      .map((key) => labelOf(key) ?? this.words.questions.unknownOption)
      .join('\n');
  }
}
