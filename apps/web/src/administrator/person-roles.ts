/** What a person may do here, and giving them other roles; what that takes from them stands there before it is done. */
import { Component, computed, inject, input, signal } from '@angular/core';
import type { OverviewView, Role } from '@sotto/client/views';
import { MemberFlow } from '../member/flow.ts';
import { focusFirst, problemsOf } from '../member/form-problems.ts';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { PeopleFlow } from './people-flow.ts';
import { RoleChoice } from './role-choice.ts';
import { SettingsFlow } from './settings-flow.ts';

@Component({
  selector: 'sotto-person-roles',
  imports: [RoleChoice],
  template: `
    @if (editing()) {
      <form class="part" autocomplete="off" novalidate (submit)="save($event)">
        <sotto-role-choice
          [fieldId]="fieldId()"
          [label]="words.leaving.roles.label(person().name)"
          [(chosen)]="chosen"
          [problem]="problem()"
        />
        <div role="status">
          @if (effects().length > 0) {
            <ul class="help effects">
              @for (effect of effects(); track effect) {
                <li>{{ effect }}</li>
              }
            </ul>
          }
        </div>
        <p class="actions">
          <button type="submit" class="button-main" [disabled]="flow.busy()">{{ words.people.save }}</button>
          <button type="button" (click)="editing.set(false)">{{ shared.cancel }}</button>
        </p>
      </form>
    } @else {
      <p class="row-about">
        <span>{{ names() }}</span>
        @if (changeable()) {
          <button type="button" class="button-link" (click)="edit()">
            {{ words.leaving.roles.change }}<span class="for-readers">: {{ person().name }}</span>
          </button>
        }
      </p>
    }
  `,
})
export class PersonRoles {
  readonly person = input.required<OverviewView['people'][number]>();
  protected readonly flow = inject(MemberFlow);
  private readonly people = inject(PeopleFlow);
  private readonly settings = inject(SettingsFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);
  protected readonly editing = signal(false);
  protected readonly chosen = signal<readonly Role[]>([]);
  protected readonly fieldId = computed(() => `roles-${this.person().id}`);
  protected readonly names = computed(() =>
    this.person()
      .roles.map((role) => this.words.roles[role])
      .join(', '),
  );
  /** Nobody changes their own, it takes the signing key, and whoever holds escrow administers. */
  protected readonly changeable = computed(() => {
    const { id } = this.person();
    return this.settings.signs() && id !== this.flow.member()?.id && !this.people.holdsEscrow(id);
  });
  protected readonly problem = computed(() =>
    this.chosen().length === 0 ? this.words.people.roleMissing : null,
  );
  /** What would go and what would come, in the person's words. */
  protected readonly effects = computed(() => {
    const { id, roles } = this.person();
    const words = this.words.leaving.roles;
    const goes = roles.filter((role) => !this.chosen().includes(role));
    const comes = this.chosen().filter((role) => !roles.includes(role));
    const alone = goes.includes('recipient') ? this.people.aloneIn(id).map(({ name }) => name) : [];
    return [
      ...goes.map((role) => words.goes[role]),
      ...(alone.length > 0 ? [this.words.leaving.deleteAsk.closed(alone)] : []),
      ...comes.map((role) => words.comes[role]),
      ...(goes.length + comes.length > 0 ? [words.signedOut] : []),
    ];
  });

  protected edit(): void {
    this.chosen.set(this.person().roles);
    this.editing.set(true);
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (focusFirst(problemsOf({ [`${this.fieldId()}-recipient`]: this.problem() }))) return;
    if (this.effects().length === 0 || (await this.people.setRoles(this.person().id, this.chosen())))
      this.editing.set(false);
  }
}
