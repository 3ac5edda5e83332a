/** The ways to the rooms of this member, in the header; the one they are in is marked. */
import { Component, computed, inject } from '@angular/core';
import { SettingsFlow } from '../administrator/settings-flow.ts';
import { SIGN_IN_WORDS } from '../words/sign-in-catalogue.ts';
import { MemberFlow } from './flow.ts';
import type { Place } from './place.ts';

type Way = { readonly place: Place; readonly name: string; readonly go: () => void };

@Component({
  selector: 'nav[sottoNavigation]',
  host: { class: 'navigation', '[attr.aria-label]': 'words.label' },
  template: `
    @for (way of ways(); track way.place) {
      <button
        type="button"
        class="button-link"
        [attr.aria-current]="flow.place() === way.place ? 'page' : null"
        (click)="way.go()"
      >
        {{ way.name }}
      </button>
    }
  `,
})
export class Navigation {
  protected readonly flow = inject(MemberFlow);
  private readonly settings = inject(SettingsFlow);
  protected readonly words = inject(SIGN_IN_WORDS).navigation;
  protected readonly ways = computed((): readonly Way[] => {
    const { reports, people, settings, preferences } = this.words;
    const ofRecipients: Way[] = [{ place: 'list', name: reports, go: () => this.flow.showReports() }];
    const ofAdministrators: Way[] = [
      { place: 'people', name: people, go: () => this.flow.showPeople() },
      { place: 'settings', name: settings, go: () => this.settings.show() },
    ];
    return [
      ...(this.flow.isRecipient() ? ofRecipients : []),
      ...(this.flow.isAdministrator() ? ofAdministrators : []),
      { place: 'preferences', name: preferences, go: () => this.flow.showPreferences() },
    ];
  });
}
