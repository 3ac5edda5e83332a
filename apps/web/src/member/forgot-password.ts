/** Asking for a link by mail: one field, and one answer for everybody. */
import { Component, computed, inject, signal } from '@angular/core';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { ProgressLine } from '../shared/ui/progress-line.ts';
import { TextField } from '../shared/ui/text-field.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { MemberFlow } from './flow.ts';
import { filledProblem, focusFirst, problemsOf } from './form-problems.ts';
import { RecoveryFlow } from './recovery-flow.ts';

@Component({
  selector: 'sotto-forgot-password',
  imports: [ProblemNotice, ProgressLine, TextField, ViewHeading],
  template: `
    @if (recovery.asked()) {
      <div class="view">
        <h1 viewHeading>{{ words.recovery.asked.title }}</h1>
        <p class="lead">{{ words.recovery.asked.lead }}</p>
        <p>{{ words.recovery.asked.text }}</p>
        <p class="actions">
          <button type="button" class="button-main" (click)="back()">{{ words.recovery.ask.back }}</button>
          <button type="button" (click)="recovery.asked.set(false)">{{ words.recovery.asked.again }}</button>
        </p>
      </div>
    } @else {
      <form class="view" autocomplete="off" novalidate (submit)="ask($event)">
        <h1 viewHeading>{{ words.recovery.ask.title }}</h1>
        <p class="lead">{{ words.recovery.ask.lead }}</p>
        <sotto-text-field
          fieldId="name-or-mail"
          [label]="words.recovery.ask.field"
          [exact]="true"
          [(value)]="name"
          [problem]="problems()['name-or-mail'] ?? null"
        />
        <sotto-problem [failure]="flow.problem()" />
        @if (flow.busy()) {
          <sotto-progress [progress]="flow.progress()" />
        }
        <p class="actions">
          <button type="submit" class="button-main" [disabled]="flow.busy()">{{ words.recovery.ask.submit }}</button>
          <button type="button" (click)="back()">{{ words.recovery.ask.back }}</button>
        </p>
        <p class="help">{{ words.recovery.ask.lostToo }}</p>
      </form>
    }
  `,
})
export class ForgotPassword {
  protected readonly flow = inject(MemberFlow);
  protected readonly recovery = inject(RecoveryFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly name = signal('');
  private readonly tried = signal(false);
  protected readonly problems = computed(() => (this.tried() ? this.check() : {}));

  protected async ask(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    if (!focusFirst(this.check())) await this.recovery.ask(this.name().trim());
  }

  protected back(): void {
    this.recovery.asked.set(false);
    this.flow.go('sign-in');
  }

  private check() {
    return problemsOf({ 'name-or-mail': filledProblem(this.name(), this.words) });
  }
}
