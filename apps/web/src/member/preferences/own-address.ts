/** Where a link reaches this person when they have forgotten their password, and changing it: by the password, as all that lets one in. */
import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MEMBER_AGENT } from '../../platform/agents.ts';
import { type Failure, failureOf } from '../../platform/remote-call.ts';
import { ProblemNotice } from '../../shared/ui/problem-notice.ts';
import { ProgressLine } from '../../shared/ui/progress-line.ts';
import { TextField } from '../../shared/ui/text-field.ts';
import { SHARED_WORDS } from '../../words/catalogue.ts';
import { MEMBER_WORDS } from '../../words/member-catalogue.ts';
import { MemberFlow } from '../flow.ts';
import { addressProblem } from '../form-check.ts';
import { focusFirst, problemsOf } from '../form-problems.ts';
import { PresentPassword } from './present-password.ts';
import { Proof } from './proof.ts';

@Component({
  selector: 'sotto-own-address',
  imports: [PresentPassword, ProblemNotice, ProgressLine, TextField],
  host: { class: 'part' },
  template: `
    @if (editing()) {
      <form class="part" autocomplete="off" novalidate (submit)="save($event)">
        <sotto-text-field
          fieldId="own-address"
          [label]="words.mail.address"
          [help]="words.mail.ownHelp"
          [exact]="true"
          [(value)]="mail"
          [problem]="problems()['own-address'] ?? null"
        />
        <sotto-present-password [(value)]="password" [problems]="problems()" />
        <sotto-problem [failure]="proof.problem()" />
        @if (flow.busy()) {
          <sotto-progress [progress]="flow.progress()" />
        }
        <p class="actions">
          <button type="submit" class="button-main" [disabled]="flow.busy()">{{ words.mail.save }}</button>
          <button type="button" (click)="closed.emit(false)">{{ shared.cancel }}</button>
        </p>
      </form>
    } @else {
      <p>{{ words.mail.ownText }}</p>
      <sotto-problem [failure]="unread()" [canRetry]="true" (retry)="read()" />
      @if (address(); as address) {
        <p><strong><bdi>{{ address.mail ?? words.mail.noAddress }}</bdi></strong></p>
        <p><button type="button" (click)="edit()">{{ words.mail.change }}</button></p>
      } @else if (unread() === null) {
        <p class="waiting" role="status">{{ shared.waiting }}</p>
      }
    }
  `,
})
export class OwnAddress {
  readonly editing = input.required<boolean>();
  readonly opened = output();
  /** True when it was changed. */
  readonly closed = output<boolean>();
  protected readonly flow = inject(MemberFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);
  private readonly agent = inject(MEMBER_AGENT);
  /** As the server has it; null before it was read. */
  protected readonly address = signal<{ readonly mail: string | null } | null>(null);
  protected readonly unread = signal<Failure | null>(null);
  protected readonly mail = signal('');
  protected readonly password = signal('');
  private readonly asked = signal(false);
  protected readonly proof = new Proof(this.flow);
  protected readonly problems = computed(() => (this.asked() ? this.check() : {}));

  constructor() {
    void this.read();
  }

  protected async read(): Promise<void> {
    this.unread.set(null);
    try {
      this.address.set({ mail: await this.agent.ownAddress() });
    } catch (error) {
      this.unread.set(failureOf(error));
    }
  }

  protected edit(): void {
    this.mail.set(this.address()?.mail ?? '');
    this.password.set('');
    this.asked.set(false);
    this.proof.wrong.set(false);
    this.opened.emit();
  }

  /** An empty field takes the address away. */
  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    this.asked.set(true);
    this.proof.wrong.set(false);
    if (focusFirst(this.check())) return;
    const mail = this.mail().trim() || null;
    const done = await this.proof.done((onProgress) =>
      this.agent.setOwnAddress(this.password(), mail, onProgress),
    );
    if (!done) {
      focusFirst(this.check());
      return;
    }
    this.address.set({ mail });
    this.password.set('');
    this.closed.emit(true);
  }

  private check() {
    const { words } = this;
    const mail = this.mail().trim();
    return problemsOf({
      'own-address': mail === '' ? null : addressProblem(mail, words.mail),
      'present-password': this.proof.problemOf(this.password(), words.fields.wrongPassword, words),
    });
  }
}
