/** The first view: what this is, how one is protected, and the two ways on. It is there before the site has answered. */
import { Component, computed, inject } from '@angular/core';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { FIRST_VIEW_WORDS } from '../words/first-view-catalogue.ts';
import { FRAME_WORDS } from '../words/frame-catalogue.ts';
import { WhistleblowerFlow } from './flow.ts';

@Component({
  selector: 'sotto-home',
  imports: [ViewHeading],
  template: `
    <div class="view home">
      <h1 viewHeading>{{ words.title }}</h1>
      <p class="lead">{{ words.lead }}</p>
      @if (closed(); as closed) {
        <p class="notice">{{ closed }}</p>
      } @else {
        <p class="home-ways">
          <button type="button" class="button-main" (click)="flow.go('channel')">{{ words.write }}</button>
          <button type="button" (click)="flow.go('return')">{{ words.return }}</button>
        </p>
      }
      <section class="protection" aria-labelledby="protection-title">
        <h2 id="protection-title">{{ words.protectionTitle }}</h2>
        <ul>
          @for (promise of words.protection; track $index) {
            <li><h3>{{ promise.title }}</h3><p>{{ promise.text }}</p></li>
          }
        </ul>
      </section>
      <section aria-labelledby="cannot-title">
        <h2 id="cannot-title">{{ words.cannotTitle }}</h2>
        <p>{{ words.cannot }}</p>
        @if (holders(); as holders) {
          <p>{{ words.escrow(holders) }}</p>
        }
      </section>
      @if (flow.site(); as site) {
        <section aria-labelledby="connection-title">
          <h2 id="connection-title">{{ words.connectionTitle }}</h2>
          <p>{{ words.connection[site.connection] }}</p>
          @if (site.connection !== 'onion') {
            <p>
              <a href="https://www.torproject.org/download/" target="_blank" rel="noopener noreferrer"
                >{{ words.torLink }} <span class="for-readers">({{ frame.newTab }})</span></a
              >
            </p>
          }
        </section>
        @if (site.fingerprint; as fingerprint) {
          <details class="key-of-site" [open]="site.keyCheck !== 'nothing-to-compare'">
            <summary>{{ words.keyTitle }}</summary>
            <p class="fingerprint">{{ fingerprint }}</p>
            <p>{{ words.keyChecks[site.keyCheck] }}</p>
          </details>
        }
      }
    </div>
  `,
})
export class Home {
  protected readonly flow = inject(WhistleblowerFlow);
  protected readonly words = inject(FIRST_VIEW_WORDS).home;
  protected readonly frame = inject(FRAME_WORDS);
  /** Who could let a recipient back in, and so read (S11); null while escrow is off. */
  protected readonly holders = computed(() => {
    const escrow = this.flow.site()?.escrow;
    return escrow?.on ? escrow.holders.map(({ name }) => name) : null;
  });
  /** Why nothing can be written here, when it is so. */
  protected readonly closed = computed(() =>
    this.flow.site()?.state === 'unclaimed' ? this.words.unclaimed : null,
  );
}
