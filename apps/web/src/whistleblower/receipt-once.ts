/** The receipt, shown once. */
import { Component, inject, signal } from '@angular/core';
import { SecretText } from '../shared/ui/secret-text.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { WHISTLEBLOWER_WORDS } from '../words/whistleblower-catalogue.ts';
import { WhistleblowerFlow } from './flow.ts';

@Component({
  selector: 'sotto-receipt',
  imports: [SecretText, ViewHeading],
  template: `
    @if (flow.receipt(); as receipt) {
      <div class="view receipt">
        <h1 viewHeading class="arrived not-printed">{{ words.receipt.title }}</h1>
        <p class="lead">{{ words.receipt.lead }}</p>
        <sotto-secret-text [text]="receipt" [label]="words.receipt.label" [groupSize]="4" [printable]="true" />
        <p class="not-printed"><strong>{{ words.receipt.once }}</strong></p>
        <section class="not-printed">
          <h2>{{ words.receipt.keep }}</h2>
          <ul class="advice">
            @for (place of words.receipt.keepWell; track place) {
              <li class="advice-do">{{ place }}</li>
            }
            @for (place of words.receipt.keepBadly; track place) {
              <li class="advice-not">{{ place }}</li>
            }
          </ul>
        </section>
        <section class="not-printed">
          <h2>{{ words.receipt.next }}</h2>
          <p>{{ words.receipt.nextText }}</p>
        </section>
        <div class="receipt-end not-printed">
          <label class="choice confirm">
            <input
              #box
              type="checkbox"
              autocomplete="off"
              aria-describedby="saved-problem"
              [attr.aria-invalid]="asked() && !saved() ? true : null"
              [checked]="saved()"
              (change)="saved.set(!saved())"
            />
            <span>{{ words.receipt.saved }}</span>
          </label>
          <p class="field-problem" id="saved-problem" role="alert">
            {{ asked() && !saved() ? words.receipt.savedFirst : '' }}
          </p>
          <p class="actions">
            <button type="button" class="button-main" (click)="finish(box)">{{ words.receipt.done }}</button>
          </p>
        </div>
      </div>
    }
  `,
})
export class ReceiptOnce {
  protected readonly flow = inject(WhistleblowerFlow);
  protected readonly words = inject(WHISTLEBLOWER_WORDS);
  protected readonly saved = signal(false);
  /** Whether the person wanted to go on. */
  protected readonly asked = signal(false);

  /** Without the receipt nobody comes back, so the page stays until the person says that they have it. */
  protected finish(box: HTMLInputElement): void {
    this.asked.set(true);
    if (this.saved()) void this.flow.leave();
    else box.focus();
  }
}
