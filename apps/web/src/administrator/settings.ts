/** The administrator's view of what concerns the whole site. */
import { Component, inject } from '@angular/core';
import { MemberFlow } from '../member/flow.ts';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { EscrowSettings } from './escrow-settings.ts';
import { MailSettings } from './mail-settings.ts';
import { SettingsFlow } from './settings-flow.ts';
import { SiteKeySettings } from './site-key-settings.ts';
import { SiteLimits } from './site-limits.ts';

@Component({
  selector: 'sotto-settings',
  imports: [EscrowSettings, MailSettings, ProblemNotice, SiteKeySettings, SiteLimits, ViewHeading],
  template: `
    <div class="view people">
      <h1 viewHeading>{{ words.mail.title }}</h1>
      @if (settings.mail(); as mail) {
        <sotto-escrow-settings />
        <sotto-site-key-settings />
        <sotto-mail-settings [mail]="mail" />
      } @else if (flow.busy()) {
        <p class="waiting" role="status">{{ shared.waiting }}</p>
      }
      @if (settings.site(); as site) {
        <sotto-site-limits [now]="site" />
      }
      <sotto-problem [failure]="flow.problem()" />
    </div>
  `,
})
export class Settings {
  protected readonly flow = inject(MemberFlow);
  protected readonly settings = inject(SettingsFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);
}
