/** How far a long act is: a bar and a sentence. It says 100 % only when the act is done. */
import { Component, computed, inject, input } from '@angular/core';
import type { Progress } from '@sotto/client/views';
import { SHARED_WORDS } from '../../words/catalogue.ts';

@Component({
  selector: 'sotto-progress',
  template: `
    @if (progress(); as progress) {
      <div class="progress-line">
        <p role="status" aria-atomic="false">
          <span>{{ words.progress[progress.stage] }}</span>
          <span class="progress-share" aria-hidden="true">{{ words.percent(share()) }}</span>
          <span class="for-readers">{{ quarter() }}</span>
        </p>
        <progress [value]="share()" max="1" [attr.aria-label]="words.progress[progress.stage]"></progress>
      </div>
    } @else {
      <p class="waiting" role="status">{{ words.waiting }}</p>
    }
  `,
})
export class ProgressLine {
  /** Null while nothing is known yet. */
  readonly progress = input.required<Progress | null>();
  protected readonly words = inject(SHARED_WORDS);
  protected readonly share = computed(() => shareOf(this.progress()));
  /** Read aloud at each quarter: every percent would drown the words. */
  protected readonly quarter = computed(() => {
    const quarters = Math.floor(this.share() * 4);
    return quarters === 0 ? '' : this.words.percent(quarters / 4);
  });
}

/** From 0 to 1. Rounded down to whole percents, so that it reads 100 % only when all is done. */
export function shareOf(progress: Progress | null): number {
  if (progress === null || progress.total <= 0) return 0;
  return Math.min(1, Math.max(0, Math.floor((progress.done / progress.total) * 100) / 100));
}
