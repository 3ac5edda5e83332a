/** The page for recipients and administrators: a frame, and one view in it. */
import { Component, computed, inject } from '@angular/core';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { RestMissing } from '../shared/ui/rest-missing.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { WouldLose } from '../shared/ui/would-lose.ts';
import { FRAME_WORDS } from '../words/frame-catalogue.ts';
import { SIGN_IN_WORDS } from '../words/sign-in-catalogue.ts';
import { MemberFlow } from './flow.ts';
import { Navigation } from './navigation.ts';
import { SecurityStrip } from './preferences/security-strip.ts';
import { Rooms } from './rooms.ts';
import { SessionsFlow } from './sessions-flow.ts';
import { SignIn } from './sign-in.ts';

@Component({
  selector: 'sotto-member',
  imports: [Navigation, ProblemNotice, RestMissing, Rooms, SecurityStrip, SignIn, ViewHeading, WouldLose],
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
            {{ words.navigation.sessions }}
          </button>
          <p class="member-name"><bdi>{{ member.name }}</bdi></p>
          <button type="button" class="button-small" (click)="flow.signOut()">{{ words.signOut }}</button>
        }
      }
    </header>
    @defer (when flow.member() !== null; prefetch on immediate) {
      @if (flow.member() !== null && flow.place() !== 'keys-made') {
        <sotto-security-strip />
      }
    } @error {
      <p class="notice notice-problem" role="alert">{{ frame.rest.failed }}</p>
    }
    <main id="content" tabindex="-1" #content [class.wide]="flow.place() === 'report'">
      <sotto-would-lose [asked]="flow.stayed()" [losses]="flow.losses()" (seen)="flow.stayed.set(false)" />
      @defer (when !first(); prefetch on immediate) {
        <sotto-rooms />
      } @loading {
        <p class="waiting" role="status">{{ frame.rest.waiting }}</p>
      } @error {
        <sotto-rest-missing [text]="words.rooms.failedText" />
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
      }
    </main>
  `,
})
export class Member {
  protected readonly flow = inject(MemberFlow);
  protected readonly sessions = inject(SessionsFlow);
  protected readonly words = inject(SIGN_IN_WORDS);
  protected readonly frame = inject(FRAME_WORDS);

  /** What stands before the rooms have come. */
  protected readonly first = computed(() => ['starting', 'sign-in'].includes(this.flow.place()));

  /** The address bar never changes, so the link moves the focus itself. */
  protected skip(event: Event, content: HTMLElement): void {
    event.preventDefault();
    content.focus();
  }
}
