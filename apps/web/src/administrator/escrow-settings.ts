/** Escrow (S11): whether it is on, who holds it, and changing that. */
import { Component, computed, inject } from '@angular/core';
import { MemberFlow } from '../member/flow.ts';
import { AskDialog } from '../shared/ui/ask-dialog.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { SettingsFlow } from './settings-flow.ts';

@Component({
  selector: 'sotto-escrow-settings',
  imports: [AskDialog],
  template: `
    @if (flow.overview(); as overview) {
      <section aria-labelledby="escrow-title">
        <h2 id="escrow-title">{{ words.title }}</h2>
        <p role="status">{{ overview.escrow.on ? words.on(holderNames()) : words.off }}</p>
        @if (overview.escrow.on) {
          <ul class="rows">
            @for (person of settings.administrators(); track person.id) {
              <li class="row">
                <span class="row-title"><bdi>{{ person.name }}</bdi></span>
                @if (isHolder() && (!holds(person.id) || holderNames().length > 1)) {
                  <p>
                    <button type="button" class="button-small" [disabled]="flow.busy()" (click)="settings.setEscrowRight(person.id, !holds(person.id))">
                      {{ holds(person.id) ? words.take : words.give }}<span class="for-readers">: {{ person.name }}</span>
                    </button>
                  </p>
                }
              </li>
            }
          </ul>
          <p><button type="button" [disabled]="flow.busy()" (click)="askOff.ask()">{{ words.turnOff }}</button></p>
        } @else {
          <p><button type="button" [disabled]="flow.busy()" (click)="askOn.ask()">{{ words.turnOn }}</button></p>
        }
        <sotto-ask #askOff [heading]="words.askOff.title" [text]="words.askOff.text" [stay]="words.askOff.stay" [go]="words.askOff.go"
          (confirmed)="settings.setEscrow(false)" />
        <sotto-ask #askOn [heading]="words.askOn.title" [text]="words.askOn.text" [stay]="words.askOn.stay" [go]="words.askOn.go"
          (confirmed)="settings.setEscrow(true)" />
      </section>
    }
  `,
})
export class EscrowSettings {
  protected readonly flow = inject(MemberFlow);
  protected readonly settings = inject(SettingsFlow);
  protected readonly words = inject(MEMBER_WORDS).escrow;
  private readonly holders = computed(() => this.flow.overview()?.escrow.holders ?? []);
  protected readonly holderNames = computed(() => this.holders().map(({ name }) => name));
  protected readonly isHolder = computed(() => this.holds(this.flow.member()?.id ?? ''));

  protected holds(id: string): boolean {
    return this.holders().some((holder) => holder.id === id);
  }
}
