/** Whether the report being written outlives a reload: told plainly that it does not, offered with its price, taken back in one step. */
import { Component, inject, viewChild } from '@angular/core';
import { AskDialog } from '../shared/ui/ask-dialog.ts';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { WHISTLEBLOWER_WORDS } from '../words/whistleblower-catalogue.ts';
import { WhistleblowerFlow } from './flow.ts';

@Component({
  selector: 'sotto-keep-draft',
  imports: [AskDialog, ProblemNotice],
  template: `
    <section class="keeping" [attr.aria-label]="words.label">
      @let state = flow.keeping.state();
      @if (state === 'off') {
        <p>{{ words.off }}</p>
        <button type="button" class="button-link" (click)="ask().ask()">{{ words.offer }}</button>
      } @else {
        <p role="status">{{ words.states[state] }}</p>
        <button type="button" class="button-link" (click)="flow.keeping.forget()">{{ words.forget }}</button>
      }
      <sotto-problem [failure]="flow.keeping.problem()" />
    </section>
    <sotto-ask
      [heading]="words.ask.title"
      [text]="words.ask.text"
      [stay]="words.ask.stay"
      [go]="words.ask.keep"
      (confirmed)="flow.keep()"
    >
      <ul>
        @for (point of words.ask.points; track $index) {
          <li>{{ point }}</li>
        }
      </ul>
    </sotto-ask>
  `,
})
export class KeepDraft {
  protected readonly flow = inject(WhistleblowerFlow);
  protected readonly words = inject(WHISTLEBLOWER_WORDS).draft;
  protected readonly ask = viewChild.required(AskDialog);
}
