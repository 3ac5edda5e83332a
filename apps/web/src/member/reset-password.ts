/** The way back by a link from a mail (S10): the recovery key first, then a new password. The link is gone from the address by now. */
import { Component, computed, inject, signal } from '@angular/core';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { ProgressLine } from '../shared/ui/progress-line.ts';
import { TextField } from '../shared/ui/text-field.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { CodeField } from './code-field.ts';
import { MemberFlow } from './flow.ts';
import { codeOfText, codeProblem, passwordProblem, repeatProblem } from './form-check.ts';
import { filledProblem, focusFirst, problemsOf } from './form-problems.ts';
import { NewPassword } from './password/new-password.ts';
import { RecoveryFlow } from './recovery-flow.ts';

@Component({
  selector: 'sotto-reset-password',
  imports: [CodeField, NewPassword, ProblemNotice, ProgressLine, TextField, ViewHeading],
  template: `
    @if (recovery.opened(); as opened) {
      <form class="view" autocomplete="off" novalidate (submit)="finish($event)">
        <h1 viewHeading dir="auto">{{ words.recovery.password.title(opened.name) }}</h1>
        <p class="lead">{{ words.recovery.password.lead }}</p>
        <p>{{ words.fields.userName }}: <strong><bdi>{{ opened.userName }}</bdi></strong></p>
        <sotto-new-password
          [(password)]="password"
          [(repeated)]="repeated"
          [around]="around()"
          [problems]="problems()"
        />
        @if (recovery.codeWanted()) {
          <sotto-code-field [label]="words.code.label" [(value)]="code" [problems]="problems()" />
        }
        <sotto-problem [failure]="flow.problem()" />
        @if (flow.busy()) {
          <sotto-progress [progress]="flow.progress()" />
        }
        <p class="actions">
          <button type="submit" class="button-main" [disabled]="flow.busy()">{{ words.recovery.password.submit }}</button>
        </p>
      </form>
    } @else {
      <form class="view" autocomplete="off" novalidate (submit)="open($event)">
        <h1 viewHeading>{{ words.recovery.key.title }}</h1>
        <p class="lead">{{ words.recovery.key.lead }}</p>
        <sotto-text-field
          fieldId="recovery-key"
          [label]="words.recovery.key.field"
          [help]="words.recovery.key.help"
          [exact]="true"
          [(value)]="recoveryKey"
          [problem]="keyProblems()['recovery-key'] ?? null"
        />
        <sotto-problem [failure]="flow.problem()" />
        @if (flow.busy()) {
          <sotto-progress [progress]="flow.progress()" />
        }
        <p class="actions">
          <button type="submit" class="button-main" [disabled]="flow.busy()">{{ words.recovery.key.submit }}</button>
        </p>
        <p class="help">{{ words.recovery.ask.lostToo }}</p>
      </form>
    }
  `,
})
export class ResetPassword {
  protected readonly flow = inject(MemberFlow);
  protected readonly recovery = inject(RecoveryFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly recoveryKey = signal('');
  protected readonly password = signal('');
  protected readonly repeated = signal('');
  protected readonly code = signal('');
  protected readonly around = computed(() => {
    const opened = this.recovery.opened();
    return opened === null ? [] : [opened.userName, opened.name];
  });
  private readonly keyTried = signal(false);
  private readonly tried = signal(false);
  protected readonly keyProblems = computed(() => (this.keyTried() ? this.checkKey() : {}));
  protected readonly problems = computed(() => (this.tried() ? this.check() : {}));

  protected async open(event: Event): Promise<void> {
    event.preventDefault();
    this.keyTried.set(true);
    if (focusFirst(this.checkKey())) return;
    await this.recovery.open(this.recoveryKey());
    if (this.recovery.opened() !== null) this.recoveryKey.set('');
  }

  protected async finish(event: Event): Promise<void> {
    event.preventDefault();
    this.tried.set(true);
    if (focusFirst(this.check())) return;
    await this.recovery.finish(this.password(), this.recovery.codeWanted() ? codeOfText(this.code()) : null);
    // A code works once.
    this.code.set('');
    this.tried.set(false);
  }

  private checkKey() {
    return problemsOf({ 'recovery-key': filledProblem(this.recoveryKey(), this.words) });
  }

  private check() {
    return problemsOf({
      password: passwordProblem(this.password(), this.around(), this.words),
      repeated: repeatProblem(this.password(), this.repeated(), this.words),
      code: this.recovery.codeWanted() ? codeProblem(this.code(), this.words) : null,
    });
  }
}
