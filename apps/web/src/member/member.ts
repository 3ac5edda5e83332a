/** The page for recipients and administrators: a frame, and one view in it. */
import { Component, inject } from '@angular/core';
import { People } from '../administrator/people.ts';
import { Settings } from '../administrator/settings.ts';
import { OneReport } from '../recipient/one-report.ts';
import { ReportList } from '../recipient/report-list.ts';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { SessionNotice } from '../shared/ui/session-notice.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { WouldLose } from '../shared/ui/would-lose.ts';
import { FRAME_WORDS } from '../words/frame-catalogue.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { Activation } from './activation.ts';
import { EnterCode } from './enter-code.ts';
import { MemberFlow } from './flow.ts';
import { ForgotPassword } from './forgot-password.ts';
import { KeysMade } from './keys-made.ts';
import { Navigation } from './navigation.ts';
import { News } from './news.ts';
import { OwnSessions } from './own-sessions.ts';
import { Due } from './preferences/due.ts';
import { Preferences } from './preferences/preferences.ts';
import { SecurityStrip } from './preferences/security-strip.ts';
import { ResetPassword } from './reset-password.ts';
import { SessionsFlow } from './sessions-flow.ts';
import { SignIn } from './sign-in.ts';
import { SiteSetup } from './site-setup.ts';

@Component({
  selector: 'sotto-member',
  imports: [
    Activation,
    Due,
    EnterCode,
    ForgotPassword,
    KeysMade,
    Navigation,
    News,
    OneReport,
    OwnSessions,
    People,
    Preferences,
    ProblemNotice,
    ReportList,
    ResetPassword,
    SessionNotice,
    SecurityStrip,
    Settings,
    SignIn,
    SiteSetup,
    ViewHeading,
    WouldLose,
  ],
  host: { '[attr.dir]': 'frame.direction', '[attr.lang]': 'frame.language' },
  template: `
    <a class="skip" href="#content" (click)="skip($event, content)">{{ frame.skip }}</a>
    <header class="site-header">
      <p class="site-name"><bdi>{{ flow.site()?.name }}</bdi></p>
      @if (flow.member(); as member) {
        @if (flow.place() !== 'keys-made') {
          @if (flow.place() !== 'due') {
            <nav sottoNavigation></nav>
          }
          <button
            type="button"
            class="button-link"
            [attr.aria-current]="flow.place() === 'sessions' ? 'page' : null"
            (click)="sessions.show()"
          >
            {{ words.sessions.open }}
          </button>
          <p class="member-name"><bdi>{{ member.name }}</bdi></p>
          <button type="button" class="button-small" (click)="flow.signOut()">{{ words.signOut }}</button>
        }
      }
    </header>
    @if (flow.member() !== null && flow.place() !== 'keys-made') {
      <sotto-security-strip />
    }
    <main id="content" tabindex="-1" #content [class.wide]="flow.place() === 'report'">
      <sotto-would-lose [asked]="flow.stayed()" [losses]="flow.losses()" (seen)="flow.stayed.set(false)" />
      @if (flow.member() !== null && flow.place() !== 'keys-made') {
        <sotto-news />
        <sotto-session-notice [watch]="flow.session" />
      }
      @switch (flow.place()) {
        @case ('starting') {
          @if (flow.problem()) {
            <div class="view">
              <h1 viewHeading>{{ words.starting.failed }}</h1>
              <sotto-problem [failure]="flow.problem()" [canRetry]="true" (retry)="flow.start()" />
            </div>
          } @else {
            <div class="view">
              <h1 viewHeading>{{ words.starting.title }}</h1>
              <p class="waiting" role="status">{{ words.starting.text }}</p>
            </div>
          }
        }
        @case ('sign-in') { <sotto-sign-in /> }
        @case ('code') { <sotto-enter-code /> }
        @case ('due') { <sotto-due /> }
        @case ('preferences') { <sotto-preferences /> }
        @case ('setup') { <sotto-site-setup /> }
        @case ('activation') { <sotto-activation /> }
        @case ('forgot') { <sotto-forgot-password /> }
        @case ('reset') { <sotto-reset-password /> }
        @case ('settings') { <sotto-settings /> }
        @case ('keys-made') { <sotto-keys-made /> }
        @case ('list') { <sotto-report-list /> }
        @case ('report') { <sotto-one-report /> }
        @case ('people') { <sotto-people /> }
        @case ('sessions') { <sotto-own-sessions /> }
      }
    </main>
  `,
})
export class Member {
  protected readonly flow = inject(MemberFlow);
  protected readonly sessions = inject(SessionsFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly frame = inject(FRAME_WORDS);

  /** The address bar never changes, so the link moves the focus itself. */
  protected skip(event: Event, content: HTMLElement): void {
    event.preventDefault();
    content.focus();
  }
}
