/** Where mail reaches a person, and changing it. */
import { Component, inject, input, signal } from '@angular/core';
import type { OverviewView } from '@sotto/client/views';
import { MemberFlow } from '../member/flow.ts';
import { addressProblem } from '../member/form-check.ts';
import { TextField } from '../shared/ui/text-field.ts';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { PeopleFlow } from './people-flow.ts';

@Component({
  selector: 'sotto-person-address',
  imports: [TextField],
  template: `
    @if (editing()) {
      <form class="part" autocomplete="off" novalidate (submit)="save($event)">
        <sotto-text-field
          [fieldId]="'address-' + person().id"
          [label]="words.addressOf(person().name)"
          [help]="words.addressHelp"
          [exact]="true"
          [(value)]="mail"
          [problem]="problem()"
        />
        <p class="actions">
          <button type="submit" class="button-main" [disabled]="flow.busy()">{{ words.save }}</button>
          <button type="button" (click)="editing.set(false)">{{ shared.cancel }}</button>
        </p>
      </form>
    } @else {
      <p class="row-about">
        <bdi>{{ person().mail ?? words.noAddress }}</bdi>
        <button type="button" class="button-link" (click)="edit()">
          {{ words.change }}<span class="for-readers">: {{ person().name }}</span>
        </button>
      </p>
    }
  `,
})
export class PersonAddress {
  readonly person = input.required<OverviewView['people'][number]>();
  protected readonly flow = inject(MemberFlow);
  private readonly peopleFlow = inject(PeopleFlow);
  protected readonly words = inject(MEMBER_WORDS).mail;
  protected readonly shared = inject(SHARED_WORDS);
  protected readonly editing = signal(false);
  protected readonly mail = signal('');
  protected readonly problem = signal<string | null>(null);

  protected edit(): void {
    this.mail.set(this.person().mail ?? '');
    this.problem.set(null);
    this.editing.set(true);
  }

  /** An empty field takes the address away. */
  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const mail = this.mail().trim();
    this.problem.set(mail === '' ? null : addressProblem(mail, this.words));
    if (this.problem() !== null) return;
    if (await this.peopleFlow.setAddress(this.person().id, mail === '' ? null : mail))
      this.editing.set(false);
  }
}
