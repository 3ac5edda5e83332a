/** After a reload: the kept draft is fetched and opened, or there is none any more. */
import { Component, inject } from '@angular/core';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { ProgressLine } from '../shared/ui/progress-line.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { WHISTLEBLOWER_WORDS } from '../words/whistleblower-catalogue.ts';
import { WhistleblowerFlow } from './flow.ts';

@Component({
  selector: 'sotto-draft-resume',
  imports: [ProblemNotice, ProgressLine, ViewHeading],
  template: `
    @for (gone of [flow.draftGone()]; track gone) {
      <div class="view">
        @if (gone) {
          <h1 viewHeading>{{ words.gone.title }}</h1>
          <p class="lead">{{ words.gone.text }}</p>
          <p class="actions">
            <button type="button" class="button-main" (click)="flow.go('home')">{{ words.gone.go }}</button>
          </p>
        } @else {
          <h1 viewHeading>{{ words.resuming.title }}</h1>
          @if (flow.problem()) {
            <sotto-problem [failure]="flow.problem()" [canRetry]="true" (retry)="flow.resume()" />
            <p class="actions">
              <button type="button" (click)="flow.leave()">{{ words.resuming.leave }}</button>
            </p>
          } @else {
            <p class="lead">{{ words.resuming.text }}</p>
            <sotto-progress [progress]="flow.progress()" />
          }
        }
      </div>
    }
  `,
})
export class DraftResume {
  protected readonly flow = inject(WhistleblowerFlow);
  protected readonly words = inject(WHISTLEBLOWER_WORDS).draft;
  protected readonly shared = inject(SHARED_WORDS);
}
