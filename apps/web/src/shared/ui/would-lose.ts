/** For somebody who was asked by the browser and stayed: what closing or reloading would have lost. */
import { Component, inject, input, output } from '@angular/core';
import { FRAME_WORDS } from '../../words/frame-catalogue.ts';

@Component({
  selector: 'sotto-would-lose',
  template: `
    @if (asked() && losses().length > 0) {
      <div class="notice would-lose" role="alert">
        <p><strong>{{ words.title }}</strong></p>
        <ul>
          @for (loss of losses(); track loss) {
            <li>{{ loss }}</li>
          }
        </ul>
        <button type="button" class="button-quiet" (click)="seen.emit()">{{ words.close }}</button>
      </div>
    }
  `,
})
export class WouldLose {
  /** Whether the browser has asked, and the person is still here. */
  readonly asked = input.required<boolean>();
  readonly losses = input.required<readonly string[]>();
  readonly seen = output();
  protected readonly words = inject(FRAME_WORDS).losing;
}
