/** The key that signs the directory (S14): its fingerprint, who has it, and giving it to one more administrator. */
import { Component, inject } from '@angular/core';
import { MemberFlow } from '../member/flow.ts';
import { AskDialog } from '../shared/ui/ask-dialog.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { SettingsFlow } from './settings-flow.ts';

@Component({
  selector: 'sotto-site-key-settings',
  imports: [AskDialog],
  template: `
    @if (flow.overview(); as overview) {
      <section aria-labelledby="site-key-title">
        <h2 id="site-key-title">{{ words.title }}</h2>
        <p>{{ words.lead }}</p>
        <p>{{ words.fingerprint }}: <span class="fingerprint">{{ overview.fingerprint }}</span></p>
        <ul class="rows">
          @for (person of settings.administrators(); track person.id) {
            <li class="row">
              <span class="row-title"><bdi>{{ person.name }}</bdi></span>
              <span class="row-about">{{ person.signs ? words.has : words.hasNot }}</span>
              @if (settings.signs() && !person.signs) {
                <p>
                  <button type="button" class="button-small" [disabled]="flow.busy()" (click)="settings.giveSiteKey(person.id)">
                    {{ words.give }}<span class="for-readers">: {{ person.name }}</span>
                  </button>
                </p>
              }
            </li>
          }
        </ul>
        @if (settings.signers().length === 1) {
          <p class="help">{{ words.alone }}</p>
        }
        @if (settings.signs()) {
          <p><button type="button" [disabled]="flow.busy()" (click)="ask.ask()">{{ words.change }}</button></p>
          <sotto-ask #ask [heading]="words.changeAsk.title" [text]="words.changeAsk.text" [stay]="words.changeAsk.stay"
            [go]="words.changeAsk.go" (confirmed)="settings.changeSiteKey()" />
        }
      </section>
    }
  `,
})
export class SiteKeySettings {
  protected readonly flow = inject(MemberFlow);
  protected readonly settings = inject(SettingsFlow);
  protected readonly words = inject(MEMBER_WORDS).siteKey;
}
