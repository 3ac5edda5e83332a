/** What an administrator wants of one person's credentials, and the way out for somebody who lost their second factor. */
import { Component, inject, input, viewChild } from '@angular/core';
import type { OverviewView, PersonRules as Rules } from '@sotto/client/views';
import { MemberFlow } from '../member/flow.ts';
import { AskDialog } from '../shared/ui/ask-dialog.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { PeopleFlow } from './people-flow.ts';

@Component({
  selector: 'sotto-person-rules',
  imports: [AskDialog],
  template: `
    @let person = about();
    <details class="person-rules">
      <summary>{{ words.rules.title }}<span class="for-readers">: {{ person.name }}</span></summary>
      <label class="choice">
        <input
          type="checkbox"
          autocomplete="off"
          [checked]="person.rules.passwordDue"
          [disabled]="flow.busy()"
          (change)="set({ passwordDue: !person.rules.passwordDue })"
        />
        <span>{{ words.rules.passwordDue }}</span>
      </label>
      <label class="choice">
        <input
          type="checkbox"
          autocomplete="off"
          [checked]="person.rules.factorRequired"
          [disabled]="flow.busy()"
          (change)="set({ factorRequired: !person.rules.factorRequired })"
        />
        <span>{{ words.rules.factorRequired }}</span>
      </label>
      @if (person.factor && person.id !== flow.member()?.id) {
        <p class="actions">
          <button type="button" [disabled]="flow.busy()" (click)="ask().ask()">{{ words.rules.reset }}</button>
        </p>
        <sotto-ask
          [heading]="words.rules.ask.title(person.name)"
          [text]="words.rules.ask.text"
          [stay]="words.rules.ask.stay"
          [go]="words.rules.ask.go"
          (confirmed)="reset()"
        />
      }
    </details>
  `,
})
export class PersonRules {
  readonly about = input.required<OverviewView['people'][number]>();
  protected readonly flow = inject(MemberFlow);
  private readonly peopleFlow = inject(PeopleFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly ask = viewChild.required(AskDialog);

  protected async set(change: Partial<Rules>): Promise<void> {
    const { id, rules } = this.about();
    await this.peopleFlow.setRules(id, { ...rules, ...change });
  }

  protected async reset(): Promise<void> {
    await this.peopleFlow.resetFactor(this.about().id);
  }
}
