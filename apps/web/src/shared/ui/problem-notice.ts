/** What went wrong, whether anything was sent, what to do now. */
import { Component, computed, inject, input, output } from '@angular/core';
import type { Failure } from '../../platform/remote-call.ts';
import { SHARED_WORDS } from '../../words/catalogue.ts';
import { ERROR_WORDS } from '../../words/error-catalogue.ts';

@Component({
  selector: 'sotto-problem',
  template: `
    @if (problem(); as problem) {
      <div class="notice notice-problem" role="alert">
        <p><strong>{{ problem.happened }}</strong></p>
        <p>{{ problem.sent }} {{ problem.now }}</p>
        @if (canRetry()) {
          <button type="button" class="button-quiet" (click)="retry.emit()">{{ words.retry }}</button>
        }
      </div>
    }
  `,
})
export class ProblemNotice {
  /** Null when nothing is wrong. */
  readonly failure = input.required<Failure | null>();
  readonly canRetry = input(false);
  readonly retry = output();
  protected readonly words = inject(SHARED_WORDS);
  private readonly errorWords = inject(ERROR_WORDS);
  protected readonly problem = computed(() => {
    const failure = this.failure();
    if (failure === null) return null;
    const problem = this.errorWords(failure.code);
    return failure.retryAfter === null
      ? problem
      : { ...problem, now: this.words.againIn(failure.retryAfter) };
  });
}
