/** What went wrong, whether anything was sent, what to do now. */
import { Component, computed, inject, input, output } from '@angular/core';
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
  /** A code of an error, or null when nothing is wrong. */
  readonly code = input.required<string | null>();
  readonly canRetry = input(false);
  readonly retry = output();
  protected readonly words = inject(SHARED_WORDS);
  private readonly errorWords = inject(ERROR_WORDS);
  protected readonly problem = computed(() => {
    const code = this.code();
    return code === null ? null : this.errorWords(code);
  });
}
