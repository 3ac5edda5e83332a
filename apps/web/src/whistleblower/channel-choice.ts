/** Whom to tell: each channel with the people who read it. */
import { Component, inject } from '@angular/core';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { WHISTLEBLOWER_WORDS } from '../words/whistleblower-catalogue.ts';
import { WhistleblowerFlow } from './flow.ts';

@Component({
  selector: 'sotto-channel-choice',
  imports: [ProblemNotice, ViewHeading],
  template: `
    <div class="view">
      <h1 viewHeading>{{ words.channel.title }}</h1>
      <p class="lead">{{ words.channel.lead }}</p>
      @if (flow.site(); as site) {
        <ul class="channels">
          @for (channel of site.channels; track channel.id) {
            <li>
              <button type="button" class="channel" (click)="flow.choose(channel.id)">
                <span class="channel-name" dir="auto">{{ channel.name }}</span>
                @if (channel.description) {
                  <span class="channel-about" dir="auto">{{ channel.description }}</span>
                }
                <span class="channel-readers">
                  {{ words.channel.readers }}
                  @for (person of channel.recipients; track person.id) {
                    <bdi>{{ person.name }}</bdi>{{ $last ? '' : ', ' }}
                  }
                </span>
                <span class="channel-readers">{{ words.channel.days(channel.days) }}</span>
              </button>
            </li>
          } @empty {
            <li class="notice">{{ words.channel.none }}</li>
          }
        </ul>
      } @else if (flow.problem()) {
        <sotto-problem [failure]="flow.problem()" [canRetry]="true" (retry)="flow.openSite()" />
      } @else {
        <p class="waiting" role="status">{{ words.waitingForSite.text }}</p>
      }
      <p class="actions">
        <button type="button" (click)="flow.go('home')">{{ shared.back }}</button>
      </p>
    </div>
  `,
})
export class ChannelChoice {
  protected readonly flow = inject(WhistleblowerFlow);
  protected readonly words = inject(WHISTLEBLOWER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);
}
