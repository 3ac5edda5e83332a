/** The first view: what this is, how one is protected, and the two ways on. It is there before the site has answered. */
import { Component, computed, inject } from '@angular/core';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { WHISTLEBLOWER_WORDS } from '../words/whistleblower-catalogue.ts';
import { WhistleblowerFlow } from './flow.ts';

@Component({
  selector: 'sotto-home',
  imports: [ViewHeading],
  template: `
    <div class="view home">
      <h1 viewHeading>{{ words.home.title }}</h1>
      <p class="lead">{{ words.home.lead }}</p>
      @if (closed(); as closed) {
        <p class="notice">{{ closed }}</p>
      } @else {
        <p class="home-ways">
          <button type="button" class="button-main" (click)="flow.go('channel')">{{ words.home.write }}</button>
          <button type="button" (click)="flow.go('return')">{{ words.home.return }}</button>
        </p>
      }
      <section class="protection" aria-labelledby="protection-title">
        <h2 id="protection-title">{{ words.home.protectionTitle }}</h2>
        <ul>
          @for (promise of words.home.protection; track $index) {
            <li><h3>{{ promise.title }}</h3><p>{{ promise.text }}</p></li>
          }
        </ul>
      </section>
      <section aria-labelledby="cannot-title">
        <h2 id="cannot-title">{{ words.home.cannotTitle }}</h2>
        <p>{{ words.home.cannot }}</p>
        @if (holders(); as holders) {
          <p>{{ words.home.escrow(holders) }}</p>
        }
      </section>
      @if (flow.site(); as site) {
        <section aria-labelledby="connection-title">
          <h2 id="connection-title">{{ words.home.connectionTitle }}</h2>
          <p>{{ words.home.connection[site.connection] }}</p>
          @if (site.connection !== 'onion') {
            <p>
              <a href="https://www.torproject.org/download/" target="_blank" rel="noopener noreferrer"
                >{{ words.home.torLink }} <span class="for-readers">({{ shared.newTab }})</span></a
              >
            </p>
          }
        </section>
        @if (site.fingerprint; as fingerprint) {
          <details class="key-of-site" [open]="site.keyCheck !== 'nothing-to-compare'">
            <summary>{{ words.home.keyTitle }}</summary>
            <p class="fingerprint">{{ fingerprint }}</p>
            <p>{{ words.home.keyChecks[site.keyCheck] }}</p>
          </details>
        }
      }
    </div>
  `,
})
export class Home {
  protected readonly flow = inject(WhistleblowerFlow);
  protected readonly words = inject(WHISTLEBLOWER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);
  /** Who could let a recipient back in, and so read (S11); null while escrow is off. */
  protected readonly holders = computed(() => {
    const escrow = this.flow.site()?.escrow;
    return escrow?.on ? escrow.holders.map(({ name }) => name) : null;
  });
  /** Why nothing can be written here, when it is so. */
  protected readonly closed = computed(() =>
    this.flow.site()?.state === 'unclaimed' ? this.words.home.unclaimed : null,
  );
}
