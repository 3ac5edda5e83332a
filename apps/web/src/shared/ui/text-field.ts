/** A labelled field of one line, with its help and what is wrong with it. */
import { Component, computed, input, model } from '@angular/core';

@Component({
  selector: 'sotto-text-field',
  template: `
    <div class="question">
      <label [for]="fieldId()">{{ label() }}</label>
      @if (help(); as help) {
        <p class="help" [id]="fieldId() + '-help'">{{ help }}</p>
      }
      <input
        autocomplete="off"
        [id]="fieldId()"
        [type]="type() === 'digits' ? 'text' : type()"
        [attr.inputmode]="type() === 'digits' ? 'numeric' : null"
        [attr.dir]="type() === 'text' ? 'auto' : null"
        [attr.autocapitalize]="exact() ? 'off' : null"
        [attr.spellcheck]="exact() ? false : null"
        [attr.aria-describedby]="describedBy()"
        [attr.aria-invalid]="problem() ? true : null"
        [value]="value()"
        (input)="value.set(valueOf($event))"
      />
      @if (problem(); as problem) {
        <p class="field-problem" [id]="fieldId() + '-problem'">{{ problem }}</p>
      }
    </div>
  `,
})
export class TextField {
  readonly fieldId = input.required<string>();
  readonly label = input.required<string>();
  readonly value = model.required<string>();
  readonly type = input<'text' | 'password' | 'url' | 'digits'>('text');
  readonly help = input<string | null>(null);
  readonly problem = input<string | null>(null);
  /** For names of accounts and addresses: no capital letter, no correction by the browser. */
  readonly exact = input(false);
  protected readonly describedBy = computed(() => {
    const parts = [
      this.help() ? `${this.fieldId()}-help` : '',
      this.problem() ? `${this.fieldId()}-problem` : '',
    ];
    return parts.join(' ').trim() || null;
  });

  protected valueOf(event: Event): string {
    // why: the template listens on an input
    return (event.target as HTMLInputElement).value;
  }
}
