/** Making the site, by the person who holds the setup link. */
import { Component, computed, inject, signal } from '@angular/core';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { ProgressLine } from '../shared/ui/progress-line.ts';
import { TextField } from '../shared/ui/text-field.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { FRAME_WORDS } from '../words/frame-catalogue.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { MemberFlow } from './flow.ts';
import {
  descriptionProblem,
  httpsProblem,
  nameProblem,
  passwordProblem,
  repeatProblem,
  userNameProblem,
} from './form-check.ts';
import { focusFirst, problemsOf } from './form-problems.ts';
import { NewPassword } from './password/new-password.ts';

/** A harmless page to begin with; the person can name another. */
const exitAddressProposed = 'https://www.wikipedia.org/';

@Component({
  selector: 'sotto-site-setup',
  imports: [NewPassword, ProblemNotice, ProgressLine, TextField, ViewHeading],
  template: `
    <form class="view" autocomplete="off" novalidate (submit)="setUp($event)">
      <h1 viewHeading>{{ words.setup.title }}</h1>
      <p class="lead">{{ words.setup.lead }}</p>
      <fieldset class="part">
        <legend>{{ words.setup.site }}</legend>
        <sotto-text-field
          fieldId="site-name"
          [label]="words.setup.siteName"
          [help]="words.setup.siteNameHelp"
          [(value)]="siteName"
          [problem]="problems()['site-name'] ?? null"
        />
        <sotto-text-field
          fieldId="exit-address"
          type="url"
          [label]="words.setup.exitAddress"
          [help]="words.setup.exitAddressHelp"
          [exact]="true"
          [(value)]="exitAddress"
          [problem]="problems()['exit-address'] ?? null"
        />
      </fieldset>
      <fieldset class="part">
        <legend>{{ words.setup.channel }}</legend>
        <sotto-text-field
          fieldId="channel-name"
          [label]="words.setup.channelName"
          [help]="words.setup.channelNameHelp"
          [(value)]="channelName"
          [problem]="problems()['channel-name'] ?? null"
        />
        <sotto-text-field
          fieldId="channel-description"
          [label]="words.setup.channelDescription"
          [help]="words.setup.channelDescriptionHelp"
          [(value)]="channelDescription"
          [problem]="problems()['channel-description'] ?? null"
        />
      </fieldset>
      <fieldset class="part">
        <legend>{{ words.setup.recipient }}</legend>
        <label class="choice">
          <input
            type="radio"
            name="first-recipient"
            autocomplete="off"
            [checked]="!another()"
            (change)="another.set(false)"
          />
          <span>{{ words.setup.recipientMe }}</span>
        </label>
        <label class="choice">
          <input
            type="radio"
            name="first-recipient"
            autocomplete="off"
            [checked]="another()"
            (change)="another.set(true)"
          />
          <span>{{ words.setup.recipientOther }}</span>
        </label>
        @if (another()) {
          <sotto-text-field
            fieldId="recipient-name"
            [label]="words.fields.name"
            [help]="words.fields.nameHelp"
            [(value)]="recipientName"
            [problem]="problems()['recipient-name'] ?? null"
          />
          <sotto-text-field
            fieldId="recipient-user-name"
            [label]="words.fields.userName"
            [help]="words.fields.userNameHelp"
            [exact]="true"
            [(value)]="recipientUserName"
            [problem]="problems()['recipient-user-name'] ?? null"
          />
        }
      </fieldset>
      <fieldset class="part">
        <legend>{{ words.setup.administrator }}</legend>
        <sotto-text-field
          fieldId="name"
          [label]="words.fields.name"
          [help]="words.fields.nameHelp"
          [(value)]="name"
          [problem]="problems()['name'] ?? null"
        />
        <sotto-text-field
          fieldId="user-name"
          [label]="words.fields.userName"
          [help]="words.fields.userNameHelp"
          [exact]="true"
          [(value)]="userName"
          [problem]="problems()['user-name'] ?? null"
        />
        <sotto-new-password
          [(password)]="password"
          [(repeated)]="repeated"
          [around]="around()"
          [problems]="problems()"
        />
      </fieldset>
      <fieldset class="part">
        <legend>{{ words.escrow.setupTitle }}</legend>
        <label class="choice">
          <input type="checkbox" autocomplete="off" [checked]="escrow()" (change)="escrow.set(!escrow())" />
          <span>{{ words.escrow.setupChoice }}</span>
        </label>
        <p>{{ words.escrow.setupOn }}</p>
        <p>{{ words.escrow.setupOff }}</p>
      </fieldset>
      <sotto-problem [failure]="flow.problem()" />
      @if (flow.busy()) {
        <sotto-progress [progress]="flow.progress()" />
      }
      <p class="actions">
        <button type="submit" class="button-main" [disabled]="flow.busy()">{{ words.setup.submit }}</button>
      </p>
    </form>
  `,
})
export class SiteSetup {
  protected readonly flow = inject(MemberFlow);
  protected readonly words = inject(MEMBER_WORDS);
  private readonly frame = inject(FRAME_WORDS);
  protected readonly siteName = signal('');
  protected readonly exitAddress = signal(exitAddressProposed);
  protected readonly channelName = signal('');
  protected readonly channelDescription = signal('');
  protected readonly another = signal(false);
  protected readonly escrow = signal(true);
  protected readonly recipientName = signal('');
  protected readonly recipientUserName = signal('');
  protected readonly name = signal('');
  protected readonly userName = signal('');
  protected readonly password = signal('');
  protected readonly repeated = signal('');
  protected readonly around = computed(() => [this.userName(), this.name(), this.siteName()]);
  private readonly asked = signal(false);
  protected readonly problems = computed(() => (this.asked() ? this.check() : {}));

  protected async setUp(event: Event): Promise<void> {
    event.preventDefault();
    this.asked.set(true);
    if (focusFirst(this.check())) return;
    await this.flow.setUp({
      siteName: this.siteName().trim(),
      language: this.frame.language,
      exitAddress: this.exitAddress().trim(),
      administrator: { userName: this.userName(), name: this.name().trim(), password: this.password() },
      escrow: this.escrow(),
      channel: { name: this.channelName().trim(), description: this.channelDescription().trim() },
      firstRecipient: this.another()
        ? { userName: this.recipientUserName(), name: this.recipientName().trim() }
        : 'administrator',
    });
  }

  private check() {
    const { words } = this;
    return problemsOf({
      'site-name': nameProblem(this.siteName(), words),
      'exit-address': httpsProblem(this.exitAddress().trim(), words),
      'channel-name': nameProblem(this.channelName(), words),
      'channel-description': descriptionProblem(this.channelDescription(), words),
      'recipient-name': this.another() ? nameProblem(this.recipientName(), words) : null,
      'recipient-user-name': this.another() ? userNameProblem(this.recipientUserName(), words) : null,
      name: nameProblem(this.name(), words),
      'user-name': userNameProblem(this.userName(), words),
      password: passwordProblem(this.password(), this.around(), words),
      repeated: repeatProblem(this.password(), this.repeated(), words),
    });
  }
}
