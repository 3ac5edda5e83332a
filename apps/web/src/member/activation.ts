/** First login by an activation link (S2): a password of one's own, and keys behind it. */
import { Component, computed, inject, signal } from '@angular/core';
import type { ActivationView } from '@sotto/client/views';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { ProgressLine } from '../shared/ui/progress-line.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { MemberFlow } from './flow.ts';
import { passwordProblem, repeatProblem } from './form-check.ts';
import { focusFirst, problemsOf } from './form-problems.ts';
import { NewPassword } from './password/new-password.ts';

@Component({
  selector: 'sotto-activation',
  imports: [NewPassword, ProblemNotice, ProgressLine, ViewHeading],
  template: `
    @if (flow.activation(); as activation) {
      <form class="view" autocomplete="off" novalidate (submit)="activate($event)">
        <h1 viewHeading dir="auto">{{ words.activation.title(activation.siteName) }}</h1>
        <p class="lead" dir="auto">{{
          activation.isReturn ? words.escrow.returnLead(activation.name) : words.activation.lead(activation.name)
        }}</p>
        @if (activation.escrow.on) {
          <p class="help">{{ words.escrow.member(holders(activation)) }}</p>
        }
        <p>{{ words.fields.userName }}: <strong><bdi>{{ activation.userName }}</bdi></strong></p>
        <sotto-new-password
          [(password)]="password"
          [(repeated)]="repeated"
          [around]="around()"
          [problems]="problems()"
        />
        <sotto-problem [failure]="flow.problem()" />
        @if (flow.busy()) {
          <sotto-progress [progress]="flow.progress()" />
        }
        <p class="actions">
          <button type="submit" class="button-main" [disabled]="flow.busy()">{{ words.activation.submit }}</button>
        </p>
      </form>
    }
  `,
})
export class Activation {
  protected readonly flow = inject(MemberFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly password = signal('');
  protected readonly repeated = signal('');
  protected readonly around = computed(() => {
    const activation = this.flow.activation();
    return activation === null ? [] : [activation.userName, activation.name, activation.siteName];
  });
  private readonly asked = signal(false);
  protected readonly problems = computed(() => (this.asked() ? this.check() : {}));

  protected async activate(event: Event): Promise<void> {
    event.preventDefault();
    this.asked.set(true);
    if (!focusFirst(this.check())) await this.flow.activate(this.password());
  }

  protected holders({ escrow }: ActivationView): readonly string[] {
    return escrow.holders.map(({ name }) => name);
  }

  private check() {
    return problemsOf({
      password: passwordProblem(this.password(), this.around(), this.words),
      repeated: repeatProblem(this.password(), this.repeated(), this.words),
    });
  }
}
