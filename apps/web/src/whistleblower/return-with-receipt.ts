/** Coming back: sixteen digits, some seconds, and the report is open. */
import { Component, computed, inject, signal } from '@angular/core';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { ProgressLine } from '../shared/ui/progress-line.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { WHISTLEBLOWER_WORDS } from '../words/whistleblower-catalogue.ts';
import { WhistleblowerFlow } from './flow.ts';
import { receiptProblem, typedReceipt } from './receipt-form.ts';

@Component({
  selector: 'sotto-return',
  imports: [ProblemNotice, ProgressLine, ViewHeading],
  template: `
    <form class="view" autocomplete="off" novalidate (submit)="open($event)">
      <h1 viewHeading>{{ words.return.title }}</h1>
      <p class="lead" id="receipt-help">{{ words.return.lead }}</p>
      <div class="question">
        <label for="receipt">{{ words.return.label }}</label>
        <input
          id="receipt"
          class="receipt-field"
          type="text"
          inputmode="numeric"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          dir="ltr"
          aria-describedby="receipt-help receipt-digits"
          [attr.aria-invalid]="shownProblem() ? true : null"
          [readOnly]="flow.busy()"
          [value]="typed()"
          (input)="type($event)"
        />
        <p id="receipt-digits" [class.field-problem]="shownProblem()" [class.help]="!shownProblem()">
          {{ shownProblem() ?? words.return.digits(digits()) }}
        </p>
      </div>
      <sotto-problem [failure]="flow.problem()" />
      @if (flow.busy()) {
        <sotto-progress [progress]="flow.progress()" />
      }
      <p class="actions">
        <button type="submit" class="button-main" [attr.aria-disabled]="flow.busy() || null">{{ words.return.open }}</button>
        <button type="button" [disabled]="flow.busy()" (click)="flow.go('home')">{{ shared.back }}</button>
      </p>
    </form>
  `,
})
export class ReturnWithReceipt {
  protected readonly flow = inject(WhistleblowerFlow);
  protected readonly words = inject(WHISTLEBLOWER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);
  protected readonly typed = signal('');
  protected readonly shownProblem = signal<string | null>(null);
  protected readonly digits = computed(() => typedReceipt(this.typed()).length);

  protected type(event: Event): void {
    // why: the template listens on an input
    this.typed.set((event.target as HTMLInputElement).value);
    this.shownProblem.set(null);
  }

  protected async open(event: Event): Promise<void> {
    event.preventDefault();
    const problem = receiptProblem(this.typed(), this.words);
    this.shownProblem.set(problem);
    if (problem !== null) return document.getElementById('receipt')?.focus();
    await this.flow.returnWith(typedReceipt(this.typed()));
  }
}
