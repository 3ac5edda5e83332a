/** The second step of signing in, for those who have a second factor. */
import { Component, computed, inject, signal } from '@angular/core';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { ProgressLine } from '../shared/ui/progress-line.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { CodeField } from './code-field.ts';
import { MemberFlow } from './flow.ts';
import { codeOfText, codeProblem } from './form-check.ts';
import { focusFirst, problemsOf } from './form-problems.ts';

@Component({
  selector: 'sotto-enter-code',
  imports: [CodeField, ProblemNotice, ProgressLine, ViewHeading],
  template: `
    <form class="view" autocomplete="off" novalidate (submit)="enter($event)">
      <h1 viewHeading>{{ words.code.title }}</h1>
      <p class="lead">{{ words.code.lead }}</p>
      <sotto-code-field [label]="words.code.label" [(value)]="code" [problems]="problems()" />
      <sotto-problem [failure]="flow.problem()" />
      @if (flow.busy()) {
        <sotto-progress [progress]="flow.progress()" />
      }
      <p class="actions">
        <button type="submit" class="button-main" [disabled]="flow.busy()">{{ words.signIn.submit }}</button>
        <button type="button" (click)="flow.showSignIn()">{{ words.code.back }}</button>
      </p>
      <p class="help">{{ words.code.lost }}</p>
    </form>
  `,
})
export class EnterCode {
  protected readonly flow = inject(MemberFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly code = signal('');
  private readonly asked = signal(false);
  protected readonly problems = computed(() => (this.asked() ? this.check() : {}));

  protected async enter(event: Event): Promise<void> {
    event.preventDefault();
    this.asked.set(true);
    if (focusFirst(this.check())) return;
    await this.flow.enterCode(codeOfText(this.code()));
    this.code.set('');
    this.asked.set(false);
  }

  private check() {
    return problemsOf({ code: codeProblem(this.code(), this.words) });
  }
}
