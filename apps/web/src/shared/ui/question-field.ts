/** One question and its field, by the kind of the question; files are asked for elsewhere. */
import { Component, computed, inject, input, output } from '@angular/core';
import { shortTextMaxLength } from '@sotto/contract/answer-limits';
import { type AnswerProblem, acceptedTerms, chosen } from '@sotto/contract/answering';
import type { Question } from '@sotto/contract/questionnaire';
import { SHARED_WORDS } from '../../words/catalogue.ts';
import { OptionsField } from './options-field.ts';

/** From this share of the longest line on, the characters left are shown. */
const countFrom = shortTextMaxLength * 0.8;

@Component({
  selector: 'sotto-question',
  imports: [OptionsField],
  template: `
    @let question = asked();
    @let id = 'question-' + question.key;
    @switch (question.type) {
      @case ('choice') {
        <sotto-options
          [asked]="question"
          [mark]="mark()"
          [chosen]="picked()"
          [invalid]="problem() !== null"
          (changed)="answered.emit($event.join(','))"
        />
      }
      @case ('several') {
        <sotto-options
          [asked]="question"
          [mark]="mark()"
          [chosen]="picked()"
          [invalid]="problem() !== null"
          (changed)="answered.emit($event.join(','))"
        />
      }
      @case ('terms') {
        <p class="terms" dir="auto" tabindex="0" [id]="id + '-text'">{{ question.text }}</p>
        <label class="choice">
          <input
            type="checkbox"
            autocomplete="off"
            [id]="id"
            [checked]="answer() === accepted"
            [required]="question.required"
            [attr.aria-describedby]="id + '-text ' + id + '-problem'"
            [attr.aria-invalid]="problem() ? true : null"
            (change)="answered.emit(isChecked($event) ? accepted : '')"
          />
          <span dir="auto">{{ question.label }} <span class="mark">{{ mark() }}</span></span>
        </label>
      }
      @default {
        <label [for]="id" dir="auto">{{ question.label }} <span class="mark">{{ mark() }}</span></label>
        @if (question.help; as help) {
          <p class="help" [id]="id + '-help'" dir="auto">{{ help }}</p>
        }
        @if (question.type === 'long-text') {
          <textarea
            rows="8"
            dir="auto"
            autocomplete="off"
            [id]="id"
            [value]="answer()"
            [required]="question.required"
            [attr.aria-describedby]="describedBy()"
            [attr.aria-invalid]="problem() ? true : null"
            (input)="answered.emit(valueOf($event))"
          ></textarea>
        } @else {
          <input
            dir="auto"
            autocomplete="off"
            [type]="question.type === 'date' ? 'date' : 'text'"
            [class.field-short]="question.type === 'date' || question.type === 'number'"
            [attr.inputmode]="question.type === 'number' ? 'decimal' : null"
            [id]="id"
            [value]="answer()"
            [required]="question.required"
            [attr.aria-describedby]="describedBy()"
            [attr.aria-invalid]="problem() || over() > 0 ? true : null"
            (input)="answered.emit(valueOf($event))"
          />
        }
      }
    }
    <div [id]="id + '-problem'">
      @if (problem(); as problem) {
        <p class="field-problem">{{ sentence(problem) }}</p>
      }
      @if (over() > 0) {
        <p class="field-problem" role="status">{{ words.questions.over(over()) }}</p>
      } @else if (counting()) {
        <p class="help" role="status">{{ words.questions.left(-over()) }}</p>
      }
    </div>
  `,
})
export class QuestionField {
  readonly asked = input.required<Question>();
  readonly answer = input('');
  /** What is wrong with the answer, when the person wanted to go on. */
  readonly problem = input<AnswerProblem | null>(null);
  readonly answered = output<string>();
  protected readonly words = inject(SHARED_WORDS);
  protected readonly accepted = acceptedTerms;
  protected readonly picked = computed(() => chosen(this.answer()));
  /** Characters above what one line may have; below zero, what is left. Other kinds are counted all together. */
  protected readonly over = computed(() =>
    this.asked().type === 'text' ? this.answer().length - shortTextMaxLength : 0,
  );
  protected readonly counting = computed(
    () => this.asked().type === 'text' && this.answer().length > countFrom,
  );
  protected readonly mark = computed(() =>
    this.asked().required ? this.words.required : this.words.optional,
  );
  protected readonly describedBy = computed(() => {
    const id = `question-${this.asked().key}`;
    return this.asked().help === undefined ? `${id}-problem` : `${id}-help ${id}-problem`;
  });

  protected sentence(problem: AnswerProblem): string {
    const question = this.asked();
    const { min = 0, max = 0 } = question.type === 'number' ? question : {};
    switch (problem) {
      case 'too-small':
        return this.words.questions.tooSmall(min);
      case 'too-large':
        return this.words.questions.tooLarge(max);
      default:
        return this.words.questions.problems[problem];
    }
  }

  protected valueOf(event: Event): string {
    // why: the template listens on an input and a textarea
    return (event.target as HTMLInputElement | HTMLTextAreaElement).value;
  }

  protected isChecked(event: Event): boolean {
    // why: the template listens on a checkbox
    return (event.target as HTMLInputElement).checked;
  }
}
