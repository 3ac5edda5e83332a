/** What is wanted before anything else: a new password, then a second factor. */
import { Component, computed, inject } from '@angular/core';
import { ViewHeading } from '../../shared/ui/view-heading.ts';
import { MEMBER_WORDS } from '../../words/member-catalogue.ts';
import { MemberFlow } from '../flow.ts';
import { ChangePassword } from './change-password.ts';
import { SecondFactor } from './second-factor.ts';

@Component({
  selector: 'sotto-due',
  imports: [ChangePassword, SecondFactor, ViewHeading],
  template: `
    <div class="view">
      @if (due() === 'password') {
        <h1 viewHeading>{{ words.due.password }}</h1>
        <p class="lead">{{ words.due.passwordLead }}</p>
        <sotto-change-password />
      } @else {
        <h1 viewHeading>{{ words.due.factor }}</h1>
        <p class="lead">{{ words.due.factorLead }}</p>
        <sotto-second-factor />
      }
    </div>
  `,
})
export class Due {
  protected readonly flow = inject(MemberFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly due = computed(() => this.flow.member()?.security.due[0] ?? 'second-factor');
}
