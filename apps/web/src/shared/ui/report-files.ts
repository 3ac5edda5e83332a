/** The files of a report: who sent them, how large they are, and a button that fetches, checks and saves. */
import { Component, inject, input, signal } from '@angular/core';
import type { FileView, OnProgress, Progress } from '@sotto/client/views';
import { shownFileName } from '../../platform/file-name.ts';
import { type Failure, failureOf } from '../../platform/remote-call.ts';
import { type ChosenFile, chooseFile, dropChosen, saveFile } from '../../platform/save-file.ts';
import { SHARED_WORDS } from '../../words/catalogue.ts';
import { ProblemNotice } from './problem-notice.ts';
import { shareOf } from './progress-line.ts';

/** Fetches and verifies one file, into the file that was chosen or, without one, to be saved. @returns null for the first. */
export type FetchFile = (
  fileId: string,
  chosen: ChosenFile | null,
  onProgress: OnProgress,
) => Promise<Blob | null>;

type Download = {
  readonly progress: Progress | null;
  readonly state: 'running' | 'saved' | 'saved-there' | Failure;
};

@Component({
  selector: 'sotto-report-files',
  imports: [ProblemNotice],
  template: `
    @if (files().length === 0) {
      <p class="quiet">{{ words.files.none }}</p>
    } @else if (side() === 'recipient') {
      <p class="help">{{ words.files.danger }}</p>
    }
    <ul class="file-list">
      @for (file of files(); track file.id) {
        <li class="file">
          <div class="file-words">
            <p class="file-name"><bdi>{{ shown(file.name) }}</bdi></p>
            <p class="file-about">{{ words.size(file.size) }}, {{ by(file) }}</p>
            @if (downloads()[file.id]; as download) {
              @if (download.state === 'running') {
                <progress [value]="share(download.progress)" max="1" [attr.aria-label]="shown(file.name)"></progress>
                <p class="file-about">{{ words.files.downloading(words.percent(share(download.progress))) }}</p>
              } @else if (download.state === 'saved') {
                <p class="file-about file-done" role="status">{{ words.files.saved }}</p>
              } @else if (download.state === 'saved-there') {
                <p class="file-about file-done" role="status">{{ words.files.savedThere }}</p>
              }
            }
          </div>
          @if (file.whole) {
            <button type="button" [disabled]="downloads()[file.id]?.state === 'running'" (click)="save(file)">
              {{ words.files.download }}<span class="for-readers">: {{ shown(file.name) }}</span>
            </button>
          } @else {
            <p class="file-about">{{ file.own ? words.files.unfinishedOwn : words.files.unfinished }}</p>
          }
          @if (failure(file.id); as failure) {
            <sotto-problem [failure]="failure" />
          }
        </li>
      }
    </ul>
  `,
})
export class ReportFiles {
  readonly files = input.required<readonly FileView[]>();
  /** Which side reads this. */
  readonly side = input.required<FileView['from']>();
  readonly fetchFile = input.required<FetchFile>();
  protected readonly words = inject(SHARED_WORDS);
  protected readonly downloads = signal<Readonly<Record<string, Download>>>({});
  protected readonly shown = shownFileName;
  protected readonly share = shareOf;

  protected by(file: FileView): string {
    const own = file.from === 'whistleblower' && this.side() === 'whistleblower';
    return own ? this.words.files.by.you : this.words.files.by[file.from];
  }

  protected failure(id: string): Failure | null {
    const state = this.downloads()[id]?.state;
    return typeof state === 'object' ? state : null;
  }

  protected async save(file: FileView): Promise<void> {
    if (this.downloads()[file.id]?.state === 'running') return;
    const chosen = await chooseFile(file.name, file.size);
    if (chosen === 'cancelled') return;
    this.set(file.id, { progress: null, state: 'running' });
    try {
      const content = await this.fetchFile()(file.id, chosen, (progress) =>
        this.set(file.id, { progress, state: 'running' }),
      );
      if (content !== null) saveFile(content, file.name);
      this.set(file.id, { progress: null, state: content === null ? 'saved-there' : 'saved' });
    } catch (error) {
      if (chosen !== null) await dropChosen(chosen);
      this.set(file.id, { progress: null, state: failureOf(error) });
    }
  }

  private set(id: string, download: Download): void {
    this.downloads.update((downloads) => ({ ...downloads, [id]: download }));
  }
}
