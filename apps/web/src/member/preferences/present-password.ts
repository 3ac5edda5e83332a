/** The present password, by which a signed-in person proves that it is they who ask. */
import { Component, inject, input, model } from '@angular/core';
import { TextField } from '../../shared/ui/text-field.ts';
import { MEMBER_WORDS } from '../../words/member-catalogue.ts';
import type { FieldProblems } from '../form-problems.ts';

@Component({
  selector: 'sotto-present-password',
  imports: [TextField],
  template: `
    <sotto-text-field
      fieldId="present-password"
      type="password"
      [exact]="true"
      [label]="words.fields.presentPassword"
      [(value)]="value"
      [problem]="problems()['present-password'] ?? null"
    />
  `,
})
export class PresentPassword {
  readonly value = model.required<string>();
  readonly problems = input.required<FieldProblems>();
  protected readonly words = inject(MEMBER_WORDS);
}
