/** After an account's keys were made: the recovery key, shown once, and after a setup the links to hand out. */
import { Component, inject, signal } from '@angular/core';
import { SecretText } from '../shared/ui/secret-text.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { MemberFlow } from './flow.ts';

@Component({
  selector: 'sotto-keys-made',
  imports: [SecretText, ViewHeading],
  template: `
    @if (flow.keysMade(); as made) {
      <div class="view recovery-key">
        <h1 viewHeading>{{ words.recoveryKey.title }}</h1>
        <p class="lead">{{ words.recoveryKey.lead }}</p>
        <sotto-secret-text
          [text]="made.recoveryKey"
          [label]="words.recoveryKey.label"
          [groupSize]="4"
          [printable]="true"
        />
        @if (made.links?.activationLink; as link) {
          <section class="not-printed">
            <h2 dir="auto">{{ words.links.activation(made.invited) }}</h2>
            <p>{{ words.links.text }}</p>
            <sotto-secret-text [text]="origin + link" [label]="words.links.label" />
          </section>
        }
        @if (made.links?.publicLink; as link) {
          <section class="not-printed">
            <h2>{{ words.setup.publicLink }}</h2>
            <p>{{ words.setup.publicLinkText }}</p>
            <sotto-secret-text [text]="origin + link" [label]="words.setup.publicLink" />
          </section>
        }
        <label class="choice confirm not-printed">
          <input type="checkbox" autocomplete="off" [checked]="saved()" (change)="saved.set(!saved())" />
          <span>{{ made.links?.activationLink ? words.recoveryKey.bothSaved : words.recoveryKey.saved }}</span>
        </label>
        <p class="actions not-printed">
          <button type="button" class="button-main" [disabled]="!saved()" (click)="flow.keysSaved()">
            {{ words.recoveryKey.done }}
          </button>
        </p>
      </div>
    }
  `,
})
export class KeysMade {
  protected readonly flow = inject(MemberFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly saved = signal(false);
  protected readonly origin = location.origin;
}
