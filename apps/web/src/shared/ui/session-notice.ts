/** Says that the session is about to end, and lets the person stay: shown above whatever they are doing, which is not touched. */
import { Component, inject, input } from '@angular/core';
import { SHARED_WORDS } from '../../words/catalogue.ts';
import type { SessionWatch } from '../session-watch.ts';
import { ProblemNotice } from './problem-notice.ts';
import { ProgressLine } from './progress-line.ts';

@Component({
  selector: 'sotto-session-notice',
  imports: [ProblemNotice, ProgressLine],
  template: `
    @if (watch().minutesLeft(); as minutes) {
      <div class="notice notice-warning session-notice" role="status">
        <p><strong>{{ words.session.ends(minutes) }}</strong></p>
        <p>{{ words.session.kept }}</p>
        @if (watch().renewing()) {
          <sotto-progress [progress]="watch().progress()" />
        } @else if (watch().isLast()) {
          <p>{{ words.session.last }}</p>
        } @else {
          <button type="button" class="button-main" (click)="watch().renew()">{{ words.session.stay }}</button>
        }
      </div>
      <sotto-problem [failure]="watch().problem()" />
    }
  `,
})
export class SessionNotice {
  readonly watch = input.required<SessionWatch>();
  protected readonly words = inject(SHARED_WORDS);
}
