/** A question with options: one of them (radio buttons) or several (boxes). */
import { Component, computed, input, output } from '@angular/core';
import type { Question } from '@sotto/contract/questionnaire';

type Options = Extract<Question, { type: 'choice' | 'several' }>;

@Component({
  selector: 'sotto-options',
  template: `
    @let question = asked();
    @let id = 'question-' + question.key;
    <fieldset [attr.aria-describedby]="describedBy()" [attr.aria-invalid]="invalid() ? true : null">
      <legend dir="auto">{{ question.label }} <span class="mark">{{ mark() }}</span></legend>
      @if (question.help; as help) {
        <p class="help" [id]="id + '-help'" dir="auto">{{ help }}</p>
      }
      @for (option of question.options; track option.key) {
        <label class="choice">
          <input
            autocomplete="off"
            [type]="question.type === 'choice' ? 'radio' : 'checkbox'"
            [id]="$first ? id : id + '-' + option.key"
            [name]="id"
            [value]="option.key"
            [checked]="chosen().includes(option.key)"
            (change)="changed.emit(after(option.key))"
          />
          <span dir="auto">{{ option.label }}</span>
        </label>
      }
    </fieldset>
  `,
})
export class OptionsField {
  readonly asked = input.required<Options>();
  /** "required" or "optional", in words. */
  readonly mark = input.required<string>();
  readonly chosen = input.required<readonly string[]>();
  readonly invalid = input(false);
  readonly changed = output<readonly string[]>();
  protected readonly describedBy = computed(() => {
    const id = `question-${this.asked().key}`;
    return this.asked().help === undefined ? `${id}-problem` : `${id}-help ${id}-problem`;
  });

  /** What is chosen once this option was clicked, in the order of the options. */
  protected after(key: string): readonly string[] {
    if (this.asked().type === 'choice') return [key];
    const taken = this.chosen().includes(key);
    return this.asked()
      .options.map((option) => option.key)
      .filter((option) => (option === key ? !taken : this.chosen().includes(option)));
  }
}
