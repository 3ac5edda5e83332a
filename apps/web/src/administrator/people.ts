/** The administrator's view: people and channels, never a report. */
import { Component, computed, inject, signal } from '@angular/core';
import { AuditLog } from '../member/audit-log.ts';
import { MemberFlow } from '../member/flow.ts';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { SecretText } from '../shared/ui/secret-text.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { ChannelRecipients } from './channel-recipients.ts';
import { InvitePerson } from './invite-person.ts';
import { LetBack } from './let-back.ts';
import { PersonAddress } from './person-address.ts';
import { PersonRoles } from './person-roles.ts';
import { PersonRules } from './person-rules.ts';
import { PersonStanding } from './person-standing.ts';
import { SettingsFlow } from './settings-flow.ts';
import { SiteAccent } from './site-accent.ts';

@Component({
  selector: 'sotto-people',
  imports: [
    AuditLog,
    ChannelRecipients,
    InvitePerson,
    LetBack,
    PersonAddress,
    PersonRoles,
    PersonRules,
    PersonStanding,
    ProblemNotice,
    SecretText,
    SiteAccent,
    ViewHeading,
  ],
  template: `
    <div class="view people">
      <h1 viewHeading>{{ words.people.title }}</h1>
      <sotto-problem [failure]="flow.problem()" />
      @if (flow.overview(); as overview) {
        <section aria-labelledby="people-title">
          <h2 id="people-title">{{ words.people.people }}</h2>
          <ul class="rows">
            @for (person of overview.people; track person.id) {
              <li class="row">
                <span class="row-title"><bdi>{{ person.name }}</bdi></span>
                <span class="row-about">
                  <bdi>{{ person.userName }}</bdi>
                  <span class="state">{{ words.people[person.state] }}</span>
                  <span>{{ words.rules.factor }}: {{ person.factor ? words.security.on : words.security.off }}</span>
                </span>
                <sotto-person-roles [person]="person" />
                <sotto-person-address [person]="person" />
                <sotto-person-rules [about]="person" />
                <sotto-person-standing [person]="person" />
                <sotto-let-back [person]="person" (made)="link$.set($event)" />
              </li>
            }
          </ul>
          @if (link(); as link) {
            <div class="notice" role="status">
              <h3 dir="auto">{{ words.links.activation(link.name) }}</h3>
              <p>{{ words.links.text }}</p>
              <sotto-secret-text [text]="origin + link.path" [label]="words.links.label" />
              <p><button type="button" (click)="link$.set(null)">{{ words.people.linkHandedOver }}</button></p>
            </div>
          } @else if (!settings.signs()) {
            <p class="notice">{{ words.siteKey.needed(signers()) }}</p>
          } @else {
            <details #invite>
              <summary>{{ words.people.invite }}</summary>
              <sotto-invite (invited)="link$.set($event)" />
            </details>
          }
        </section>
        <section aria-labelledby="channels-title">
          <h2 id="channels-title">{{ words.people.channels }}</h2>
          @for (channel of overview.channels; track channel.id) {
            <sotto-channel-recipients [channel]="channel" [people]="overview.people" />
          }
        </section>
        <section aria-labelledby="link-title">
          <h2 id="link-title">{{ words.people.publicLink }}</h2>
          <p>{{ words.setup.publicLinkText }}</p>
          <sotto-secret-text [text]="origin + overview.publicLink" [label]="words.people.publicLink" />
          <p>{{ words.people.fingerprint }}: <span class="fingerprint">{{ overview.fingerprint }}</span></p>
        </section>
        <sotto-site-accent />
        <sotto-audit-log [report]="null" />
      } @else if (flow.busy()) {
        <p class="waiting" role="status">{{ shared.waiting }}</p>
      }
    </div>
  `,
})
export class People {
  protected readonly flow = inject(MemberFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);
  /** The activation link of the person invited last, until the administrator has handed it over. */
  protected readonly link$ = signal<{ readonly name: string; readonly path: string } | null>(null);
  protected readonly link = this.link$.asReadonly();
  protected readonly origin = location.origin;
  protected readonly settings = inject(SettingsFlow);
  /** Names of those who could give this person the key that signs. */
  protected readonly signers = computed(() => this.settings.signers().map(({ name }) => name));
}
