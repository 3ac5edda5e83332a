/** Where this person is signed in, and signing out everywhere. */
import { Component, inject } from '@angular/core';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { MemberFlow } from './flow.ts';
import { SessionsFlow } from './sessions-flow.ts';

@Component({
  selector: 'sotto-own-sessions',
  imports: [ProblemNotice, ViewHeading],
  template: `
    <div class="view">
      <h1 viewHeading>{{ words.sessions.title }}</h1>
      <p class="lead">{{ words.sessions.lead }}</p>
      <sotto-problem [failure]="flow.problem()" />
      @if (own.sessions(); as sessions) {
        <ul class="rows">
          @for (session of sessions; track $index) {
            <li class="row">
              <span class="row-title">{{ words.sessions.age(minutes(session.age)) }}</span>
              <span class="row-about">
                <span>{{ words.sessions.left(minutes(session.left)) }}</span>
                @if (session.current) {
                  <span class="state">{{ words.sessions.current }}</span>
                }
              </span>
            </li>
          }
        </ul>
        <p class="actions">
          <button type="button" class="button-main" [disabled]="flow.busy()" (click)="own.endAll()">
            {{ words.sessions.end }}
          </button>
        </p>
        <p class="help">{{ words.sessions.endHelp }}</p>
      } @else if (flow.problem() === null) {
        <p class="waiting" role="status">{{ shared.waiting }}</p>
      }
    </div>
  `,
})
export class OwnSessions {
  protected readonly flow = inject(MemberFlow);
  protected readonly own = inject(SessionsFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);

  protected minutes(seconds: number): number {
    return Math.floor(seconds / 60);
  }
}
