/** Keeping somebody out, letting them in again, and deleting their account; each says first what becomes of channels and reports. */
import { Component, computed, inject, input, viewChild } from '@angular/core';
import type { OverviewView } from '@sotto/client/views';
import { MemberFlow } from '../member/flow.ts';
import { AskDialog } from '../shared/ui/ask-dialog.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { PeopleFlow } from './people-flow.ts';

@Component({
  selector: 'sotto-person-standing',
  imports: [AskDialog],
  template: `
    @let name = person().name;
    @if (person().id === flow.member()?.id) {
      <!-- Nobody keeps themselves out. -->
    } @else if (holdsEscrow()) {
      <p class="help">{{ words.holdsEscrow }}</p>
    } @else {
      <p class="actions">
        @if (person().state === 'disabled') {
          <button type="button" class="button-small" [disabled]="flow.busy()" (click)="setDisabled(false)">
            {{ words.enable }}<span class="for-readers">: {{ name }}</span>
          </button>
        } @else if (person().state === 'active') {
          <button type="button" class="button-small" [disabled]="flow.busy()" (click)="disable.ask()">
            {{ words.disable }}<span class="for-readers">: {{ name }}</span>
          </button>
        }
        <button type="button" class="button-link" [disabled]="flow.busy()" (click)="delete.ask()">
          {{ words.delete }}<span class="for-readers">: {{ name }}</span>
        </button>
      </p>
      <sotto-ask
        #disable
        [heading]="words.disableAsk.title(name)"
        [text]="words.disableAsk.text"
        [stay]="words.disableAsk.stay"
        [go]="words.disableAsk.go"
        (confirmed)="setDisabled(true)"
      >
        @if (alone().length > 0) {
          <p><strong>{{ words.disableAsk.unread(namesOf(alone())) }}</strong></p>
        }
      </sotto-ask>
      <sotto-ask
        #delete
        [heading]="words.deleteAsk.title(name)"
        [text]="words.deleteAsk.text"
        [stay]="words.deleteAsk.stay"
        [go]="words.deleteAsk.go"
        (confirmed)="remove('kept')"
      >
        @if (alone().length > 0) {
          <p><strong>{{ words.deleteAsk.closed(namesOf(alone())) }}</strong></p>
        }
      </sotto-ask>
      <sotto-ask
        #reports
        [heading]="words.alone.title(name)"
        [text]="words.alone.text"
        [stay]="words.alone.stay"
        [go]="words.alone.go"
        (confirmed)="remove('deleted')"
      />
    }
  `,
})
export class PersonStanding {
  readonly person = input.required<OverviewView['people'][number]>();
  protected readonly flow = inject(MemberFlow);
  private readonly people = inject(PeopleFlow);
  protected readonly words = inject(MEMBER_WORDS).leaving;
  private readonly reports = viewChild<AskDialog>('reports');
  protected readonly holdsEscrow = computed(() => this.people.holdsEscrow(this.person().id));
  protected readonly alone = computed(() => this.people.aloneIn(this.person().id));

  protected namesOf(channels: readonly { readonly name: string }[]): string[] {
    return channels.map(({ name }) => name);
  }

  protected async setDisabled(disabled: boolean): Promise<void> {
    const unread = disabled ? this.alone().map(({ id }) => id) : [];
    await this.people.setDisabled(this.person().id, disabled, unread);
  }

  protected async remove(reports: 'kept' | 'deleted'): Promise<void> {
    await this.people.removeUser(this.person().id, reports);
    if (this.flow.problem()?.code !== 'LAST_HOLDER') return;
    this.flow.problem.set(null);
    this.reports()?.ask();
  }
}
