/** What a person may do: one role or both. */
import { Component, inject, input, model } from '@angular/core';
import type { Role } from '@sotto/client/views';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';

const roles: readonly Role[] = ['recipient', 'administrator'];

@Component({
  selector: 'sotto-role-choice',
  template: `
    <fieldset>
      <legend>{{ label() }}</legend>
      @for (role of roles; track role) {
        <label class="choice">
          <input
            type="checkbox"
            autocomplete="off"
            [id]="fieldId() + '-' + role"
            [checked]="chosen().includes(role)"
            (change)="toggle(role)"
          />
          <span class="choice-words">
            <span>{{ words.roles[role] }}</span>
            <span class="help">{{ words.people.roleHelp[role] }}</span>
          </span>
        </label>
      }
      @if (problem(); as problem) {
        <p class="field-problem">{{ problem }}</p>
      }
    </fieldset>
  `,
})
export class RoleChoice {
  /** The two boxes are named `<fieldId>-recipient` and `<fieldId>-administrator`. */
  readonly fieldId = input.required<string>();
  readonly label = input.required<string>();
  readonly chosen = model.required<readonly Role[]>();
  readonly problem = input<string | null>(null);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly roles = roles;

  protected toggle(role: Role): void {
    this.chosen.update((chosen) => roles.filter((known) => chosen.includes(known) !== (known === role)));
  }
}
