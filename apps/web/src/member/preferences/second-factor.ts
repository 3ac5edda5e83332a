/** Setting a second factor: a code to scan, its key to type, a first code; or taking it away. */
import { Component, computed, inject, output, signal } from '@angular/core';
import type { NewFactorView } from '@sotto/client/views';
import { MEMBER_AGENT } from '../../platform/agents.ts';
import { ProblemNotice } from '../../shared/ui/problem-notice.ts';
import { ProgressLine } from '../../shared/ui/progress-line.ts';
import { SecretText } from '../../shared/ui/secret-text.ts';
import { SHARED_WORDS } from '../../words/catalogue.ts';
import { MEMBER_WORDS } from '../../words/member-catalogue.ts';
import { CodeField } from '../code-field.ts';
import { MemberFlow } from '../flow.ts';
import { codeOfText, codeProblem } from '../form-check.ts';
import { focusFirst, problemsOf } from '../form-problems.ts';
import { PresentPassword } from './present-password.ts';
import { Proof } from './proof.ts';
import { QrCode } from './qr-code.ts';

@Component({
  selector: 'sotto-second-factor',
  imports: [CodeField, PresentPassword, ProblemNotice, ProgressLine, QrCode, SecretText],
  template: `
    <form class="part" autocomplete="off" novalidate (submit)="set($event)">
      @if (ending()) {
        <p>{{ words.factor.endText }}</p>
      } @else if (made(); as made) {
        <ol class="steps">
          <li>{{ words.factor.app }}</li>
          <li>
            {{ words.factor.scan }}
            <sotto-qr-code [text]="made.address" [label]="words.factor.qr" />
            <details>
              <summary>{{ words.factor.byHand }}</summary>
              <sotto-secret-text [text]="made.secret" [label]="words.factor.secret" [groupSize]="4" />
              <p class="help">{{ words.factor.secretHelp }}</p>
            </details>
          </li>
          <li>{{ words.factor.first }}</li>
        </ol>
        <sotto-code-field [label]="words.factor.code" [(value)]="code" [problems]="problems()" />
      } @else {
        <p class="waiting" role="status">{{ shared.waiting }}</p>
      }
      @if (has()) {
        <sotto-code-field fieldId="present-code" [label]="words.factor.presentCode" [(value)]="present" [problems]="problems()" />
      }
      <sotto-present-password [(value)]="password" [problems]="problems()" />
      <sotto-problem [failure]="proof.problem()" />
      @if (flow.busy()) {
        <sotto-progress [progress]="flow.progress()" />
      }
      <p class="actions">
        <button type="submit" class="button-main" [disabled]="flow.busy()">
          {{ ending() ? words.factor.end : words.factor.submit }}
        </button>
        @if (flow.place() === 'preferences') {
          <button type="button" (click)="closed.emit(false)">{{ shared.cancel }}</button>
          @if (has() && !required() && !ending()) {
            <button type="button" (click)="ending.set(true)">{{ words.factor.endInstead }}</button>
          }
        }
      </p>
    </form>
  `,
})
export class SecondFactor {
  /** True when it was set or taken away. */
  readonly closed = output<boolean>();
  protected readonly flow = inject(MemberFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);
  private readonly agent = inject(MEMBER_AGENT);
  protected readonly made = signal<NewFactorView | null>(null);
  protected readonly ending = signal(false);
  protected readonly code = signal('');
  protected readonly present = signal('');
  protected readonly password = signal('');
  private readonly asked = signal(false);
  protected readonly proof = new Proof(this.flow);
  protected readonly has = computed(() => this.flow.member()?.security.factor ?? false);
  protected readonly required = computed(() => this.flow.member()?.security.factorRequired ?? false);
  protected readonly problems = computed(() => (this.asked() ? this.check() : {}));

  constructor() {
    void this.make();
  }

  protected async set(event: Event): Promise<void> {
    event.preventDefault();
    this.asked.set(true);
    this.proof.wrong.set(false);
    if (focusFirst(this.check())) return;
    const [code, present] = [codeOfText(this.code()), codeOfText(this.present())];
    const done = await this.proof.done(async (onProgress) => {
      const security = this.ending()
        ? await this.agent.endFactor(this.password(), present, onProgress)
        : await this.agent.setFactor(this.password(), code, this.has() ? present : null, onProgress);
      queueMicrotask(() => void this.flow.secured(security));
    });
    if (done) this.closed.emit(true);
    else if (this.proof.wrong()) focusFirst(this.check());
    else this.asked.set(false);
  }

  /** Waits for an act under way: the view may be shown by the end of one. */
  private async make(): Promise<void> {
    this.made.set(await this.agent.newFactor());
  }

  private check() {
    const { words } = this;
    return problemsOf({
      code: this.ending() ? null : codeProblem(this.code(), words),
      'present-code': this.has() ? codeProblem(this.present(), words) : null,
      'present-password': this.proof.problemOf(this.password(), words.fields.wrongPassword, words),
    });
  }
}
