/** The account recovery key once more: shown after the password, or typed to see that it works. */
import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MEMBER_AGENT } from '../../platform/agents.ts';
import { ProblemNotice } from '../../shared/ui/problem-notice.ts';
import { ProgressLine } from '../../shared/ui/progress-line.ts';
import { SecretText } from '../../shared/ui/secret-text.ts';
import { TextField } from '../../shared/ui/text-field.ts';
import { SHARED_WORDS } from '../../words/catalogue.ts';
import { MEMBER_WORDS } from '../../words/member-catalogue.ts';
import { MemberFlow } from '../flow.ts';
import { focusFirst, problemsOf } from '../form-problems.ts';
import { PresentPassword } from './present-password.ts';
import { Proof } from './proof.ts';

@Component({
  selector: 'sotto-recovery-key-again',
  imports: [PresentPassword, ProblemNotice, ProgressLine, SecretText, TextField],
  template: `
    @if (shown(); as key) {
      <div class="part recovery-key">
        <sotto-secret-text [text]="key" [label]="words.recoveryKey.label" [groupSize]="4" [printable]="true" />
        <p class="actions not-printed">
          <button type="button" class="button-main" (click)="closed.emit(false)">{{ words.recoveryKey.done }}</button>
        </p>
      </div>
    } @else {
      <form class="part" autocomplete="off" novalidate (submit)="go($event)">
        @if (act() === 'show') {
          <sotto-present-password [(value)]="text" [problems]="problems()" />
        } @else {
          <sotto-text-field
            fieldId="recovery-key"
            [exact]="true"
            [label]="words.recoveryKey.label"
            [help]="words.recoveryKey.tryHelp"
            [(value)]="text"
            [problem]="problems()['recovery-key'] ?? null"
          />
        }
        <sotto-problem [failure]="proof.problem()" />
        @if (flow.busy()) {
          <sotto-progress [progress]="flow.progress()" />
        }
        <p class="actions">
          <button type="submit" class="button-main" [disabled]="flow.busy()">
            {{ act() === 'show' ? words.recoveryKey.show : words.recoveryKey.try }}
          </button>
          <button type="button" (click)="closed.emit(false)">{{ shared.cancel }}</button>
        </p>
      </form>
    }
  `,
})
export class RecoveryKeyAgain {
  readonly act = input.required<'show' | 'try'>();
  /** True when the typed key works. */
  readonly closed = output<boolean>();
  protected readonly flow = inject(MemberFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);
  private readonly agent = inject(MEMBER_AGENT);
  protected readonly text = signal('');
  protected readonly shown = signal<string | null>(null);
  private readonly asked = signal(false);
  protected readonly proof = new Proof(this.flow);
  protected readonly problems = computed(() => (this.asked() ? this.check() : {}));

  protected async go(event: Event): Promise<void> {
    event.preventDefault();
    this.asked.set(true);
    this.proof.wrong.set(false);
    if (focusFirst(this.check())) return;
    const done = await this.proof.done(async (onProgress) => {
      if (this.act() === 'show') this.shown.set(await this.agent.recoveryKey(this.text(), onProgress));
      else {
        const security = await this.agent.tryRecoveryKey(this.text());
        queueMicrotask(() => void this.flow.secured(security));
      }
    });
    if (done && this.act() === 'try') this.closed.emit(true);
    if (this.proof.wrong()) focusFirst(this.check());
  }

  private check() {
    const { fields, recoveryKey } = this.words;
    const problem = (wrong: string) => this.proof.problemOf(this.text(), wrong, this.words);
    return problemsOf(
      this.act() === 'show'
        ? { 'present-password': problem(fields.wrongPassword) }
        : { 'recovery-key': problem(recoveryKey.wrong) },
    );
  }
}
