/** What others did since one was here that concerns one's own keys (S11, S14), until one says to have read it. */
import { Component, computed, inject } from '@angular/core';
import type { NoticeView } from '@sotto/client/views';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { MemberFlow } from './flow.ts';

@Component({
  selector: 'sotto-news',
  template: `
    @if (news(); as news) {
      <section class="notice news" role="status" aria-labelledby="news-title">
        <h2 id="news-title">{{ words.escrow.noticesTitle }}</h2>
        @if (news.newKey; as newKey) {
          <p>{{ words.siteKey.changed }}</p>
          <ul>
            <li>{{ words.siteKey.before }}: <span class="fingerprint">{{ newKey.before }}</span></li>
            <li>{{ words.siteKey.now }}: <span class="fingerprint">{{ newKey.now }}</span></li>
          </ul>
        }
        @if (news.notices.length > 0) {
          <ul>
            @for (notice of news.notices; track notice.order) {
              <li dir="auto">{{ shared.day(notice.day) }}: {{ sentence(notice) }}</li>
            }
          </ul>
          <p>{{ words.escrow.notYou }}</p>
        }
        <p><button type="button" [disabled]="flow.busy()" (click)="flow.seeNews()">{{ words.escrow.seen }}</button></p>
      </section>
    }
  `,
})
export class News {
  protected readonly flow = inject(MemberFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);
  /** Null when there is nothing to tell. */
  protected readonly news = computed(() => {
    const news = this.flow.news();
    return news === null || (news.notices.length === 0 && news.newKey === null) ? null : news;
  });

  protected sentence({ act, by, whom }: NoticeView): string {
    const { notices, somebody } = this.words.escrow;
    return notices[act](by ?? somebody, whom ?? somebody);
  }
}
