/**
 * Every room but the sign-in. A chunk of its own, fetched at once when the first view stands (decision 0043).
 */
import { Component, inject } from '@angular/core';
import { People } from '../administrator/people.ts';
import { Settings } from '../administrator/settings.ts';
import { OneReport } from '../recipient/one-report.ts';
import { ReportList } from '../recipient/report-list.ts';
import { SessionNotice } from '../shared/ui/session-notice.ts';
import { Activation } from './activation.ts';
import { EnterCode } from './enter-code.ts';
import { MemberFlow } from './flow.ts';
import { ForgotPassword } from './forgot-password.ts';
import { KeysMade } from './keys-made.ts';
import { News } from './news.ts';
import { OwnSessions } from './own-sessions.ts';
import { Due } from './preferences/due.ts';
import { Preferences } from './preferences/preferences.ts';
import { ResetPassword } from './reset-password.ts';
import { SiteSetup } from './site-setup.ts';

@Component({
  selector: 'sotto-rooms',
  imports: [
    Activation,
    Due,
    EnterCode,
    ForgotPassword,
    KeysMade,
    News,
    OneReport,
    OwnSessions,
    People,
    Preferences,
    ReportList,
    ResetPassword,
    SessionNotice,
    Settings,
    SiteSetup,
  ],
  template: `
    @if (flow.member() !== null && flow.place() !== 'keys-made') {
      <sotto-news />
      <sotto-session-notice [watch]="flow.session" />
    }
    @switch (flow.place()) {
      @case ('code') { <sotto-enter-code /> }
      @case ('due') { <sotto-due /> }
      @case ('preferences') { <sotto-preferences /> }
      @case ('setup') { <sotto-site-setup /> }
      @case ('activation') { <sotto-activation /> }
      @case ('forgot') { <sotto-forgot-password /> }
      @case ('reset') { <sotto-reset-password /> }
      @case ('settings') { <sotto-settings /> }
      @case ('keys-made') { <sotto-keys-made /> }
      @case ('list') { <sotto-report-list /> }
      @case ('report') { <sotto-one-report /> }
      @case ('people') { <sotto-people /> }
      @case ('sessions') { <sotto-own-sessions /> }
    }
  `,
})
export class Rooms {
  protected readonly flow = inject(MemberFlow);
}
