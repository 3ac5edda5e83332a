/** Letting a member back in who lost password and recovery key (S11), by whoever holds escrow. */
import { Component, computed, inject, input, output } from '@angular/core';
import type { OverviewView } from '@sotto/client/views';
import { MemberFlow } from '../member/flow.ts';
import { AskDialog } from '../shared/ui/ask-dialog.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { SettingsFlow } from './settings-flow.ts';

@Component({
  selector: 'sotto-let-back',
  imports: [AskDialog],
  template: `
    @if (possible()) {
      <p>
        <button type="button" class="button-small" [disabled]="flow.busy()" (click)="ask.ask()">
          {{ words.letBack }}<span class="for-readers">: {{ person().name }}</span>
        </button>
      </p>
      <sotto-ask #ask [heading]="words.letBackAsk.title(person().name)" [text]="words.letBackAsk.text" [stay]="words.letBackAsk.stay"
        [go]="words.letBackAsk.go" (confirmed)="letBack()" />
    }
  `,
})
export class LetBack {
  readonly person = input.required<OverviewView['people'][number]>();
  readonly made = output<{ readonly name: string; readonly path: string }>();
  protected readonly flow = inject(MemberFlow);
  private readonly settings = inject(SettingsFlow);
  protected readonly words = inject(MEMBER_WORDS).escrow;
  /** Not for oneself: who is signed in has their password. */
  protected readonly possible = computed(() => {
    const own = this.flow.member()?.id;
    const holders = this.flow.overview()?.escrow.holders ?? [];
    const { id, state } = this.person();
    return state === 'active' && id !== own && holders.some((holder) => holder.id === own);
  });

  protected async letBack(): Promise<void> {
    const path = await this.settings.letBack(this.person().id);
    if (path !== null) this.made.emit({ name: this.person().name, path });
  }
}
