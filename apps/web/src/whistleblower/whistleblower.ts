/** The whistleblower's page: a frame that is always there, and one view in it. */
import { Component, inject } from '@angular/core';
import { RestMissing } from '../shared/ui/rest-missing.ts';
import { WouldLose } from '../shared/ui/would-lose.ts';
import { FIRST_VIEW_WORDS } from '../words/first-view-catalogue.ts';
import { FRAME_WORDS } from '../words/frame-catalogue.ts';
import { WhistleblowerFlow } from './flow.ts';
import { Home } from './home.ts';
import { Places } from './places.ts';

@Component({
  selector: 'sotto-whistleblower',
  imports: [Home, Places, RestMissing, WouldLose],
  host: { '[attr.dir]': 'frame.direction', '[attr.lang]': 'frame.language' },
  template: `
    <a class="skip" href="#content" (click)="skip($event, content)">{{ frame.skip }}</a>
    <header class="site-header">
      <p class="site-name"><bdi>{{ flow.site()?.name }}</bdi></p>
      <button type="button" class="leave" [title]="words.leaveHint" (click)="flow.leaveQuickly()">
        {{ words.leaveQuickly }}
      </button>
    </header>
    <main id="content" tabindex="-1" #content>
      <sotto-would-lose [asked]="flow.stayed()" [losses]="flow.losses()" (seen)="flow.stayed.set(false)" />
      @defer (when flow.place() !== 'home' || flow.problem() !== null; prefetch on immediate) {
        <sotto-places />
      } @loading {
        <p class="waiting" role="status">{{ frame.rest.waiting }}</p>
      } @error {
        <sotto-rest-missing [text]="flow.place() === 'draft' ? words.places.failedDraft : words.places.failedText" />
      }
      @if (flow.place() === 'home') { <sotto-home /> }
    </main>
  `,
})
export class Whistleblower {
  protected readonly flow = inject(WhistleblowerFlow);
  protected readonly words = inject(FIRST_VIEW_WORDS);
  protected readonly frame = inject(FRAME_WORDS);

  /** The address bar never changes, so the link moves the focus itself. */
  protected skip(event: Event, content: HTMLElement): void {
    event.preventDefault();
    content.focus();
  }
}
