/** One's own security, under the header of every view: always in sight, and the way to the preferences. */
import { Component, computed, inject } from '@angular/core';
import { MEMBER_WORDS } from '../../words/member-catalogue.ts';
import { MemberFlow } from '../flow.ts';
import { securityItems } from './security-items.ts';

@Component({
  selector: 'sotto-security-strip',
  template: `
    <aside class="security-strip" [attr.aria-label]="words.security.title">
      <ul>
        @for (item of items(); track item.name) {
          <li [attr.data-kind]="item.kind">
            <span class="strip-name">{{ item.name }}</span> <span class="strip-state"><bdi>{{ item.state }}</bdi></span>
          </li>
        }
      </ul>
    </aside>
  `,
})
export class SecurityStrip {
  protected readonly flow = inject(MemberFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly items = computed(() => {
    const member = this.flow.member();
    return member === null ? [] : securityItems(member, this.flow.site(), Date.now(), this.words);
  });
}
