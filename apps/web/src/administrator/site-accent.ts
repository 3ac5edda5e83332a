/** The site's colour: twelve hues with names. Each can be read in light and dark (styles/tokens.css). */
import { Component, inject } from '@angular/core';
import { MemberFlow } from '../member/flow.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { SettingsFlow } from './settings-flow.ts';

/** Degrees of OKLCH, in the order of the names in the catalogue. */
const hues = [10, 32, 62, 92, 122, 150, 178, 205, 235, 265, 300, 340] as const;

@Component({
  selector: 'sotto-site-accent',
  template: `
    @if (flow.site(); as site) {
      <fieldset class="accents">
        <legend>{{ words.accent.title }}</legend>
        <p class="help">{{ words.accent.help }}</p>
        <div class="accent-choices">
          @for (hue of hues; track hue) {
            <label class="choice accent" [style.--hue]="hue">
              <input
                type="radio"
                name="accent"
                autocomplete="off"
                [checked]="hue === site.accent"
                (change)="settings.setAccent(hue)"
              />
              <span>{{ words.accent.names[$index] }}</span>
            </label>
          }
        </div>
      </fieldset>
    }
  `,
})
export class SiteAccent {
  protected readonly flow = inject(MemberFlow);
  protected readonly settings = inject(SettingsFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly hues = hues;
}
