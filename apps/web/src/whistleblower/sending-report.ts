/** The seconds while the receipt's key is stretched and the report goes. */
import { Component, inject } from '@angular/core';
import { ProgressLine } from '../shared/ui/progress-line.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { WHISTLEBLOWER_WORDS } from '../words/whistleblower-catalogue.ts';
import { WhistleblowerFlow } from './flow.ts';

@Component({
  selector: 'sotto-sending',
  imports: [ProgressLine, ViewHeading],
  template: `
    <div class="view sending">
      <h1 viewHeading>{{ words.sending.title }}</h1>
      <p class="lead">{{ words.sending.text }}</p>
      <sotto-progress [progress]="flow.progress()" />
    </div>
  `,
})
export class SendingReport {
  protected readonly flow = inject(WhistleblowerFlow);
  protected readonly words = inject(WHISTLEBLOWER_WORDS);
}
