/** Files on their way to the server: progress, cancel, retry, remove. */

import { Component, inject, input, output } from '@angular/core';
import type { Progress } from '@sotto/client/views';
import { shownFileName } from '../../platform/file-name.ts';
import type { Failure } from '../../platform/remote-call.ts';
import { SHARED_WORDS } from '../../words/catalogue.ts';
import { ProblemNotice } from './problem-notice.ts';
import { shareOf } from './progress-line.ts';

/** Before that, a rate says little. */
const enoughSeconds = 3;

/** A file on its way. */
export type Upload = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** Null after a reload, until it is picked again. */
  readonly file: File | null;
  /** `again`: begun before a reload, it goes on once it is picked again. */
  readonly state: 'waiting' | 'sending' | 'paused' | 'sent' | 'again' | Failure;
  readonly progress: Progress | null;
  /** When sending began this time, by the page's clock, in milliseconds. */
  readonly since: number;
};

@Component({
  selector: 'sotto-uploads',
  imports: [ProblemNotice],
  template: `
    <ul class="file-list">
      @for (upload of uploads(); track upload.id) {
        <li class="file">
          <div class="file-words">
            <p class="file-name"><bdi>{{ shown(upload.name) }}</bdi></p>
            <p class="file-about">
              {{ words.size(upload.size) }} ·
              @if (upload.state === 'waiting') { {{ words.files.waiting }} }
              @else if (upload.state === 'sending') {
                {{ sentence(upload) }}
                @if (secondsLeft(upload); as seconds) { · {{ words.files.secondsLeft(seconds) }} }
              }
              @else if (upload.state === 'paused') { {{ words.files.paused(words.percent(share(upload.progress))) }} }
              @else if (upload.state === 'again') { {{ words.files.again(words.percent(share(upload.progress))) }} }
              @else if (upload.state === 'sent') { <span class="file-done">{{ words.files.sent }}</span> }
              @else { {{ words.files.failed }} }
            </p>
            @if (upload.state === 'sending' || upload.state === 'paused') {
              <progress [value]="share(upload.progress)" max="1" [attr.aria-label]="shown(upload.name)"></progress>
            }
          </div>
          <div class="file-acts">
            @if (upload.state === 'sending' || upload.state === 'waiting') {
              <button type="button" class="button-quiet" (click)="pause.emit(upload.id)">
                {{ words.files.pause }}<span class="for-readers">: {{ shown(upload.name) }}</span>
              </button>
            } @else if (upload.state === 'paused') {
              <button type="button" class="button-quiet" (click)="retry.emit(upload.id)">
                {{ words.files.goOn }}<span class="for-readers">: {{ shown(upload.name) }}</span>
              </button>
            }
            @if (removable()) {
              <button type="button" class="button-quiet" (click)="remove.emit(upload.id)">
                {{ upload.state === 'sending' ? words.cancel : words.remove
                }}<span class="for-readers">: {{ shown(upload.name) }}</span>
              </button>
            }
          </div>
          @if (failure(upload); as failure) {
            <sotto-problem [failure]="failure" [canRetry]="true" (retry)="retry.emit(upload.id)" />
          }
        </li>
      }
    </ul>
  `,
})
export class UploadList {
  readonly uploads = input.required<readonly Upload[]>();
  /** Whether what is here can be taken out again. */
  readonly removable = input(true);
  readonly remove = output<string>();
  readonly pause = output<string>();
  readonly retry = output<string>();
  protected readonly words = inject(SHARED_WORDS);
  protected readonly shown = shownFileName;
  protected readonly share = shareOf;

  protected failure(upload: Upload): Failure | null {
    return typeof upload.state === 'object' ? upload.state : null;
  }

  protected sentence({ progress }: Upload): string {
    const share = this.words.percent(shareOf(progress));
    return progress?.stage === 'waiting'
      ? this.words.files.waitingForLine(share)
      : this.words.files.sending(share);
  }

  /** From the rate so far; null in the first seconds, and while the line is gone. */
  protected secondsLeft({ progress, since }: Upload): number | null {
    if (progress === null || progress.stage !== 'sending' || progress.done === 0) return null;
    const seconds = (performance.now() - since) / 1000;
    if (seconds < enoughSeconds) return null;
    return (seconds * (progress.total - progress.done)) / progress.done;
  }
}
