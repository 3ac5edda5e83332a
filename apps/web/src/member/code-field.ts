/** Six digits of a second factor. */
import { Component, input, model } from '@angular/core';
import { TextField } from '../shared/ui/text-field.ts';
import type { FieldProblems } from './form-problems.ts';

@Component({
  selector: 'sotto-code-field',
  imports: [TextField],
  template: `
    <sotto-text-field
      type="digits"
      [fieldId]="fieldId()"
      [exact]="true"
      [label]="label()"
      [(value)]="value"
      [problem]="problems()[fieldId()] ?? null"
    />
  `,
})
export class CodeField {
  readonly fieldId = input('code');
  readonly label = input.required<string>();
  readonly value = model.required<string>();
  readonly problems = input.required<FieldProblems>();
}
