/** A person's own room: how safe their account is, and what they can do for it. Other rooms add their parts below. */
import { Component, computed, inject, signal } from '@angular/core';
import { ViewHeading } from '../../shared/ui/view-heading.ts';
import { MEMBER_WORDS } from '../../words/member-catalogue.ts';
import { MemberFlow } from '../flow.ts';
import { ChangePassword } from './change-password.ts';
import { OwnAddress } from './own-address.ts';
import { RecoveryKeyAgain } from './recovery-key-again.ts';
import { SecondFactor } from './second-factor.ts';
import { securityItems } from './security-items.ts';

type Part = 'address' | 'password' | 'factor' | 'show-recovery-key' | 'try-recovery-key';

@Component({
  selector: 'sotto-preferences',
  imports: [ChangePassword, OwnAddress, RecoveryKeyAgain, SecondFactor, ViewHeading],
  template: `
    <div class="view">
      <h1 viewHeading>{{ words.preferences.title }}</h1>
      <section aria-labelledby="security-title">
        <h2 id="security-title">{{ words.security.title }}</h2>
        <dl class="security-items">
          @for (item of items(); track item.name) {
            <div [attr.data-kind]="item.kind">
              <dt>{{ item.name }}</dt>
              <dd><strong><bdi>{{ item.state }}</bdi></strong> {{ item.help }}</dd>
            </div>
          }
        </dl>
      </section>
      <section aria-labelledby="change-password-title">
        <h2 id="change-password-title">{{ words.changePassword.title }}</h2>
        @if (said() === 'password') { <p class="notice" role="status">{{ words.changePassword.done }}</p> }
        @if (open() === 'password') {
          <sotto-change-password (closed)="close('password', $event)" />
        } @else {
          <p><button type="button" (click)="show('password')">{{ words.changePassword.open }}</button></p>
        }
      </section>
      <section aria-labelledby="factor-title">
        <h2 id="factor-title">{{ words.factor.title }}</h2>
        @if (said() === 'factor') {
          <p class="notice" role="status">{{ factor() ? words.factor.done : words.factor.ended }}</p>
        }
        @if (open() === 'factor') {
          <sotto-second-factor (closed)="close('factor', $event)" />
        } @else {
          <p>{{ words.factor.text }}</p>
          <p>
            <button type="button" (click)="show('factor')">
              {{ factor() ? words.factor.change : words.factor.open }}
            </button>
          </p>
        }
      </section>
      <section aria-labelledby="recovery-title">
        <h2 id="recovery-title">{{ words.recoveryKey.title }}</h2>
        @if (said() === 'try-recovery-key') {
          <p class="notice" role="status">{{ words.recoveryKey.works }}</p>
        }
        @if (open() === 'show-recovery-key') {
          <sotto-recovery-key-again act="show" (closed)="close('show-recovery-key', $event)" />
        } @else if (open() === 'try-recovery-key') {
          <sotto-recovery-key-again act="try" (closed)="close('try-recovery-key', $event)" />
        } @else {
          <p>{{ words.recoveryKey.lead }}</p>
          <p class="actions">
            <button type="button" (click)="show('try-recovery-key')">{{ words.recoveryKey.tryNow }}</button>
            <button type="button" (click)="show('show-recovery-key')">{{ words.recoveryKey.showAgain }}</button>
          </p>
        }
      </section>
      <section aria-labelledby="own-address-title">
        <h2 id="own-address-title">{{ words.mail.address }}</h2>
        @if (said() === 'address') { <p class="notice" role="status">{{ words.mail.saved }}</p> }
        <sotto-own-address
          [editing]="open() === 'address'"
          (opened)="show('address')"
          (closed)="close('address', $event)"
        />
      </section>
    </div>
  `,
})
export class Preferences {
  protected readonly flow = inject(MemberFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly open = signal<Part | null>(null);
  /** Of which part it is said that it is done. */
  protected readonly said = signal<Part | null>(null);
  protected readonly factor = computed(() => this.flow.member()?.security.factor ?? false);
  protected readonly items = computed(() => {
    const member = this.flow.member();
    return member === null ? [] : securityItems(member, this.flow.site(), Date.now(), this.words);
  });

  protected show(part: Part): void {
    this.flow.problem.set(null);
    this.said.set(null);
    this.open.set(part);
  }

  protected close(part: Part, done: boolean): void {
    this.flow.problem.set(null);
    this.open.set(null);
    this.said.set(done ? part : null);
  }
}
