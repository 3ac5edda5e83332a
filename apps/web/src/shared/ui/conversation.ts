/** The messages of a report, oldest first, and a field to write the next one. */

import { Component, computed, inject, input, model, output } from '@angular/core';
import type { MessageView } from '@sotto/client/views';
import { commentMaxBytes } from '@sotto/contract/answer-limits';
import type { Failure } from '../../platform/remote-call.ts';
import { SHARED_WORDS } from '../../words/catalogue.ts';
import { ProblemNotice } from './problem-notice.ts';

/** From here on the bytes left are shown: messages are counted, never cut. */
const countFrom = commentMaxBytes * 0.8;

@Component({
  selector: 'sotto-conversation',
  imports: [ProblemNotice],
  template: `
    <section class="conversation" aria-labelledby="conversation-title">
      <h2 id="conversation-title">{{ words.conversation.title }}</h2>
      @if (messages().length === 0) {
        <p class="quiet">{{ empty() }}</p>
      }
      <ol class="messages">
        @for (message of messages(); track message.id) {
          <li class="message" [class.message-own]="message.own">
            <p class="message-author"><bdi>{{ authorOf(message) }}</bdi></p>
            <p class="written" dir="auto">{{ message.text }}</p>
          </li>
        }
      </ol>
      <form autocomplete="off" (submit)="sendNow($event)" class="message-form">
        <label for="message-text">{{ writeLabel() }}</label>
        @if (help(); as help) {
          <p class="help" id="message-help">{{ help }}</p>
        }
        <textarea
          id="message-text"
          rows="4"
          dir="auto"
          autocomplete="off"
          [attr.aria-describedby]="help() ? 'message-help' : null"
          [attr.aria-invalid]="over() > 0 ? true : null"
          [value]="text()"
          (input)="text.set(valueOf($event))"
        ></textarea>
        @if (over() > 0) {
          <p class="field-problem" role="status">{{ words.questions.over(over()) }}</p>
        } @else if (size() > countFrom) {
          <p class="help" role="status">{{ words.questions.left(-over()) }}</p>
        }
        <sotto-problem [failure]="problem()" />
        <button type="submit" class="button-main" [attr.aria-disabled]="busy() || over() > 0 || text().trim() === '' || null">
          {{ busy() ? words.conversation.sending : words.conversation.send }}
        </button>
      </form>
    </section>
  `,
})
export class Conversation {
  readonly messages = input.required<readonly MessageView[]>();
  readonly writeLabel = input.required<string>();
  readonly empty = input.required<string>();
  readonly help = input<string | null>(null);
  readonly busy = input(false);
  readonly problem = input<Failure | null>(null);
  /** What is being written; kept outside, so that it survives whatever happens to this view. */
  readonly text = model.required<string>();
  readonly send = output();
  protected readonly words = inject(SHARED_WORDS);
  protected readonly countFrom = countFrom;
  protected readonly size = computed(() => new TextEncoder().encode(this.text()).length);
  protected readonly over = computed(() => this.size() - commentMaxBytes);

  protected authorOf(message: MessageView): string {
    if (message.own) return this.words.conversation.you;
    return message.from === 'whistleblower' ? this.words.conversation.whistleblower : message.name;
  }

  protected sendNow(event: Event): void {
    event.preventDefault();
    if (!this.busy() && this.over() <= 0 && this.text().trim() !== '') this.send.emit();
  }

  protected valueOf(event: Event): string {
    // why: the template listens on a textarea
    return (event.target as HTMLTextAreaElement).value;
  }
}
