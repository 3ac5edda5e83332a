/** Inviting somebody: name, user name, what they may do. */
import { Component, computed, inject, output, signal } from '@angular/core';
import type { Role } from '@sotto/client/views';
import { MemberFlow } from '../member/flow.ts';
import { nameProblem, userNameProblem } from '../member/form-check.ts';
import { focusFirst, problemsOf } from '../member/form-problems.ts';
import { TextField } from '../shared/ui/text-field.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { PeopleFlow } from './people-flow.ts';
import { RoleChoice } from './role-choice.ts';

@Component({
  selector: 'sotto-invite',
  imports: [RoleChoice, TextField],
  template: `
    <form class="part" autocomplete="off" novalidate (submit)="invite($event)">
      <sotto-text-field
        fieldId="invite-name"
        [label]="words.fields.name"
        [help]="words.fields.nameHelp"
        [(value)]="name"
        [problem]="problems()['invite-name'] ?? null"
      />
      <sotto-text-field
        fieldId="invite-user-name"
        [label]="words.fields.userName"
        [help]="words.fields.userNameHelp"
        [exact]="true"
        [(value)]="userName"
        [problem]="problems()['invite-user-name'] ?? null"
      />
      <sotto-role-choice
        fieldId="invite-role"
        [label]="words.people.rolesLabel"
        [(chosen)]="chosen"
        [problem]="problems()['invite-role-recipient'] ?? null"
      />
      <p class="actions">
        <button type="submit" class="button-main" [disabled]="flow.busy()">{{ words.people.inviteSubmit }}</button>
      </p>
    </form>
  `,
})
export class InvitePerson {
  readonly invited = output<{ readonly name: string; readonly path: string }>();
  protected readonly flow = inject(MemberFlow);
  private readonly peopleFlow = inject(PeopleFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly name = signal('');
  protected readonly userName = signal('');
  protected readonly chosen = signal<readonly Role[]>(['recipient']);
  private readonly asked = signal(false);
  protected readonly problems = computed(() => (this.asked() ? this.check() : {}));

  protected async invite(event: Event): Promise<void> {
    event.preventDefault();
    this.asked.set(true);
    if (focusFirst(this.check())) return;
    const name = this.name().trim();
    const path = await this.peopleFlow.invite({ userName: this.userName(), name, roles: this.chosen() });
    if (path !== null) this.invited.emit({ name, path });
  }

  private check() {
    return problemsOf({
      'invite-name': nameProblem(this.name(), this.words),
      'invite-user-name': userNameProblem(this.userName(), this.words),
      'invite-role-recipient': this.chosen().length === 0 ? this.words.people.roleMissing : null,
    });
  }
}
