/** What could not be shown as it should be. Never silent. */
import { Component, inject, input } from '@angular/core';
import type { ReportWarning } from '@sotto/client/views';
import { SHARED_WORDS } from '../../words/catalogue.ts';

@Component({
  selector: 'sotto-warnings',
  template: `
    @for (warning of warnings(); track warning) {
      <p class="notice notice-warning" role="alert">{{ words.warnings[warning] }}</p>
    }
  `,
})
export class ReportWarnings {
  readonly warnings = input.required<readonly ReportWarning[]>();
  protected readonly words = inject(SHARED_WORDS);
}
