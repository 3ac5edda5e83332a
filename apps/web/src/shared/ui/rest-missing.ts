/** The rest of a page did not arrive (decision 0043): what that means, and the page anew. */
import { Component, inject, input } from '@angular/core';
import { FRAME_WORDS } from '../../words/frame-catalogue.ts';
import { ViewHeading } from './view-heading.ts';

@Component({
  selector: 'sotto-rest-missing',
  imports: [ViewHeading],
  template: `
    <div class="view">
      <h1 viewHeading>{{ words.failed }}</h1>
      <p role="alert">{{ text() }}</p>
      <p><button type="button" class="button-main" (click)="reload()">{{ words.reload }}</button></p>
    </div>
  `,
})
export class RestMissing {
  /** What was lost, and what to do now. */
  readonly text = input.required<string>();
  protected readonly words = inject(FRAME_WORDS).rest;

  /** A program that did not arrive is asked for anew with its page. */
  protected reload(): void {
    globalThis.location.reload();
  }
}
