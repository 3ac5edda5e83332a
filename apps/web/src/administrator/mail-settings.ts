/** Which mail server carries the site's mail, and a test of it. */
import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import type { MailView } from '@sotto/client/views';
import { MemberFlow } from '../member/flow.ts';
import { addressProblem } from '../member/form-check.ts';
import { focusFirst, problemsOf } from '../member/form-problems.ts';
import { TextField } from '../shared/ui/text-field.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { hostProblem, portProblem, siteAddressProblem } from './mail-check.ts';
import { SettingsFlow } from './settings-flow.ts';

const usualPorts = { tls: '465', starttls: '587' };

@Component({
  selector: 'sotto-mail-settings',
  imports: [TextField],
  template: `
    <section aria-labelledby="mail-title">
      <h2 id="mail-title">{{ words.mail }}</h2>
      <p>{{ words.lead }}</p>
      @if (mail().settings === null) {
        <p class="notice">{{ words.none }}</p>
      }
      @if (mail().waiting > 0) {
        <p class="notice" role="status">
          {{ words.waiting(mail().waiting) }} {{ mail().lastFailure === null ? '' : words.lastFailure }}
        </p>
      }
      <form class="part" autocomplete="off" novalidate (submit)="save($event)">
        <sotto-text-field fieldId="mail-host" [label]="words.host" [help]="words.hostHelp" [exact]="true" [(value)]="host"
          [problem]="problems()['mail-host'] ?? null" />
        <fieldset>
          <legend>{{ words.security }}</legend>
          <p class="help">{{ words.securityHelp }}</p>
          @for (kind of kinds; track kind) {
            <label class="choice">
              <input type="radio" name="mail-security" autocomplete="off" [checked]="security() === kind" (change)="choose(kind)" />
              <span>{{ words[kind] }}</span>
            </label>
          }
        </fieldset>
        <sotto-text-field fieldId="mail-port" [label]="words.port" [exact]="true" [(value)]="port"
          [problem]="problems()['mail-port'] ?? null" />
        <sotto-text-field fieldId="mail-user" [label]="words.userName" [help]="words.userNameHelp" [exact]="true" [(value)]="userName" />
        <sotto-text-field fieldId="mail-password" type="password" [label]="words.password"
          [help]="mail().settings?.hasPassword ? words.passwordKept : null" [(value)]="password" />
        <sotto-text-field fieldId="mail-sender" [label]="words.sender" [help]="words.senderHelp" [exact]="true" [(value)]="sender"
          [problem]="problems()['mail-sender'] ?? null" />
        <sotto-text-field fieldId="mail-site" type="url" [label]="words.siteAddress" [help]="words.siteAddressHelp" [exact]="true"
          [(value)]="siteAddress" [problem]="problems()['mail-site'] ?? null" />
        <p class="actions">
          <button type="submit" class="button-main" [disabled]="flow.busy()">{{ words.save }}</button>
          <span class="quiet" role="status">{{ saved() ? words.saved : '' }}</span>
        </p>
      </form>
      @if (mail().settings !== null) {
        <form class="part" autocomplete="off" novalidate (submit)="test($event)">
          <h3>{{ words.test }}</h3>
          <sotto-text-field fieldId="mail-to" [label]="words.testTo" [exact]="true" [(value)]="to"
            [problem]="testProblems()['mail-to'] ?? null" />
          <p class="actions">
            <button type="submit" [disabled]="flow.busy()">{{ words.testSubmit }}</button>
            <span class="quiet" role="status">{{ tested() ? words.tested : '' }}</span>
          </p>
        </form>
      }
    </section>
  `,
})
export class MailSettings {
  readonly mail = input.required<MailView>();
  protected readonly flow = inject(MemberFlow);
  private readonly settings = inject(SettingsFlow);
  protected readonly words = inject(MEMBER_WORDS).mail;
  protected readonly kinds = ['starttls', 'tls'] as const;
  protected readonly host = linkedSignal(() => this.mail().settings?.host ?? '');
  protected readonly security = linkedSignal(() => this.mail().settings?.security ?? 'starttls');
  protected readonly port = linkedSignal(() => String(this.mail().settings?.port ?? usualPorts.starttls));
  protected readonly userName = linkedSignal(() => this.mail().settings?.userName ?? '');
  protected readonly sender = linkedSignal(() => this.mail().settings?.sender ?? '');
  protected readonly siteAddress = linkedSignal(() => this.mail().settings?.siteAddress ?? location.origin);
  protected readonly password = signal('');
  protected readonly to = signal('');
  protected readonly saved = signal(false);
  protected readonly tested = signal(false);
  private readonly asked = signal(false);
  private readonly testAsked = signal(false);
  protected readonly problems = computed(() => (this.asked() ? this.check() : {}));
  protected readonly testProblems = computed(() => (this.testAsked() ? this.checkTest() : {}));

  /** The usual port of the other kind follows, unless the person wrote another. */
  protected choose(kind: 'tls' | 'starttls'): void {
    if (this.port() === usualPorts[this.security()]) this.port.set(usualPorts[kind]);
    this.security.set(kind);
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    this.asked.set(true);
    this.saved.set(false);
    if (focusFirst(this.check())) return;
    const password = this.password() === '' && this.mail().settings?.hasPassword ? null : this.password();
    const saved = await this.settings.setMail({
      host: this.host().trim(),
      port: Number(this.port()),
      security: this.security(),
      userName: this.userName().trim(),
      password,
      sender: this.sender().trim(),
      siteAddress: this.siteAddress().trim(),
    });
    this.saved.set(saved);
    if (saved) this.password.set('');
  }

  protected async test(event: Event): Promise<void> {
    event.preventDefault();
    this.testAsked.set(true);
    this.tested.set(false);
    if (!focusFirst(this.checkTest())) this.tested.set(await this.settings.testMail(this.to().trim()));
  }

  private check() {
    return problemsOf({
      'mail-host': hostProblem(this.host().trim(), this.words),
      'mail-port': portProblem(this.port().trim(), this.words),
      'mail-sender': addressProblem(this.sender().trim(), this.words),
      'mail-site': siteAddressProblem(this.siteAddress().trim(), this.words),
    });
  }

  private checkTest() {
    return problemsOf({ 'mail-to': addressProblem(this.to().trim(), this.words) });
  }
}
