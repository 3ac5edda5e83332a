/** Signing in: name, password, and the seconds of stretching. */
import { Component, computed, inject, signal } from '@angular/core';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { ProgressLine } from '../shared/ui/progress-line.ts';
import { TextField } from '../shared/ui/text-field.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { SIGN_IN_WORDS } from '../words/sign-in-catalogue.ts';
import { MemberFlow } from './flow.ts';
import { filledProblem, focusFirst, problemsOf } from './form-problems.ts';

@Component({
  selector: 'sotto-sign-in',
  imports: [ProblemNotice, ProgressLine, TextField, ViewHeading],
  template: `
    <form class="view" autocomplete="off" novalidate (submit)="signIn($event)">
      <h1 viewHeading>{{ words.signIn.title }}</h1>
      <p class="lead">{{ words.signIn.lead }}</p>
      @if (flow.ended(); as ended) {
        <p class="notice" role="status">
          {{ ended === 'signed-out' ? words.signIn.signedOut : words.signIn.ended }}
        </p>
      }
      <sotto-text-field
        fieldId="user-name"
        [label]="words.signIn.userName"
        [exact]="true"
        [(value)]="userName"
        [problem]="problems()['user-name'] ?? null"
      />
      <sotto-text-field
        fieldId="password"
        type="password"
        [label]="words.signIn.password"
        [(value)]="password"
        [problem]="problems()['password'] ?? null"
      />
      <sotto-problem [failure]="flow.problem()" />
      @if (flow.busy()) {
        <sotto-progress [progress]="flow.progress()" />
      }
      <p class="actions">
        <button type="submit" class="button-main" [disabled]="flow.busy()">{{ words.signIn.submit }}</button>
        <button type="button" class="button-link" (click)="flow.go('forgot')">{{ words.signIn.forgotten }}</button>
      </p>
    </form>
  `,
})
export class SignIn {
  protected readonly flow = inject(MemberFlow);
  protected readonly words = inject(SIGN_IN_WORDS);
  protected readonly userName = signal('');
  protected readonly password = signal('');
  private readonly asked = signal(false);
  protected readonly problems = computed(() => (this.asked() ? this.check() : {}));

  protected async signIn(event: Event): Promise<void> {
    event.preventDefault();
    this.asked.set(true);
    if (focusFirst(this.check())) return;
    await this.flow.signIn(this.userName().trim(), this.password());
    this.password.set('');
    this.asked.set(false);
  }

  private check() {
    return problemsOf({
      'user-name': filledProblem(this.userName(), this.words),
      password: filledProblem(this.password(), this.words),
    });
  }
}
