/** Changing one's password: the present one, and a new one twice. */
import { Component, computed, inject, output, signal } from '@angular/core';
import { MEMBER_AGENT } from '../../platform/agents.ts';
import { ProblemNotice } from '../../shared/ui/problem-notice.ts';
import { ProgressLine } from '../../shared/ui/progress-line.ts';
import { SHARED_WORDS } from '../../words/catalogue.ts';
import { MEMBER_WORDS } from '../../words/member-catalogue.ts';
import { MemberFlow } from '../flow.ts';
import { passwordProblem, repeatProblem } from '../form-check.ts';
import { focusFirst, problemsOf } from '../form-problems.ts';
import { NewPassword } from '../password/new-password.ts';
import { PresentPassword } from './present-password.ts';
import { Proof } from './proof.ts';

@Component({
  selector: 'sotto-change-password',
  imports: [NewPassword, PresentPassword, ProblemNotice, ProgressLine],
  template: `
    <form class="part" autocomplete="off" novalidate (submit)="change($event)">
      <p>{{ words.changePassword.text }}</p>
      <sotto-present-password [(value)]="present" [problems]="problems()" />
      <sotto-new-password
        [(password)]="password"
        [(repeated)]="repeated"
        [around]="around()"
        [problems]="problems()"
      />
      <sotto-problem [failure]="proof.problem()" />
      @if (flow.busy()) {
        <sotto-progress [progress]="flow.progress()" />
      }
      <p class="actions">
        <button type="submit" class="button-main" [disabled]="flow.busy()">{{ words.changePassword.submit }}</button>
        @if (flow.place() === 'preferences') {
          <button type="button" (click)="closed.emit(false)">{{ shared.cancel }}</button>
        }
      </p>
    </form>
  `,
})
export class ChangePassword {
  /** True when it was changed. */
  readonly closed = output<boolean>();
  protected readonly flow = inject(MemberFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);
  private readonly agent = inject(MEMBER_AGENT);
  protected readonly present = signal('');
  protected readonly password = signal('');
  protected readonly repeated = signal('');
  protected readonly around = computed(() => {
    const member = this.flow.member();
    return member === null ? [] : [member.userName, member.name];
  });
  private readonly asked = signal(false);
  protected readonly proof = new Proof(this.flow);
  protected readonly problems = computed(() => (this.asked() ? this.check() : {}));

  protected async change(event: Event): Promise<void> {
    event.preventDefault();
    this.asked.set(true);
    this.proof.wrong.set(false);
    if (focusFirst(this.check())) return;
    const done = await this.proof.done(async (onProgress) => {
      const security = await this.agent.changePassword(this.present(), this.password(), onProgress);
      queueMicrotask(() => void this.flow.secured(security));
    });
    if (done) this.closed.emit(true);
    else focusFirst(this.check());
  }

  private check() {
    const { words } = this;
    return problemsOf({
      'present-password': this.proof.problemOf(this.present(), words.fields.wrongPassword, words),
      password: passwordProblem(this.password(), this.around(), words),
      repeated: repeatProblem(this.password(), this.repeated(), words),
    });
  }
}
