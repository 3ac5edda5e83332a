/** A button and a place to drop files. What is too large or empty is refused with a sentence, the rest goes on. */
import { Component, ElementRef, inject, input, output, signal, viewChild } from '@angular/core';
import { paddedFileSize } from '@sotto/protocol/sizes';
import { shownFileName } from '../../platform/file-name.ts';
import { SHARED_WORDS } from '../../words/catalogue.ts';

@Component({
  selector: 'sotto-file-picker',
  template: `
    <div
      class="picker"
      [class.picker-over]="over()"
      (dragover)="dragged($event)"
      (dragleave)="over.set(false)"
      (drop)="dropped($event)"
    >
      <input
        #field
        type="file"
        multiple
        class="for-readers"
        tabindex="-1"
        aria-hidden="true"
        autocomplete="off"
        (change)="chosen()"
      />
      <button type="button" (click)="field.click()" [attr.aria-describedby]="fieldId() + '-limit'">
        {{ words.files.choose }}
      </button>
      <span class="picker-drop">{{ words.files.drop }}</span>
      <p class="help" [id]="fieldId() + '-limit'">{{ words.files.limit(fileBytes()) }} {{ words.files.traces }}</p>
      @for (refusal of refusals(); track $index) {
        <p class="field-problem" role="alert">{{ refusal }}</p>
      }
    </div>
  `,
})
export class FilePicker {
  /** An id of the page that nothing else has. */
  readonly fieldId = input.required<string>();
  /** Largest file, in bytes. */
  readonly fileBytes = input.required<number>();
  /** What all further files together may still take with their padding, in bytes. */
  readonly bytesLeft = input.required<number>();
  /** How many further files can be taken now. */
  readonly filesLeft = input(Number.POSITIVE_INFINITY);
  readonly picked = output<readonly File[]>();
  protected readonly words = inject(SHARED_WORDS);
  protected readonly over = signal(false);
  protected readonly refusals = signal<readonly string[]>([]);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  protected chosen(): void {
    const { nativeElement } = this.field();
    this.take([...(nativeElement.files ?? [])]);
    // The same file can be chosen again after it was removed.
    nativeElement.value = '';
  }

  protected dragged(event: DragEvent): void {
    event.preventDefault();
    this.over.set(true);
  }

  protected dropped(event: DragEvent): void {
    event.preventDefault();
    this.over.set(false);
    this.take([...(event.dataTransfer?.files ?? [])]);
  }

  private take(files: readonly File[]): void {
    const refusals: string[] = [];
    const accepted: File[] = [];
    let left = this.bytesLeft();
    for (const file of files) {
      if (file.size === 0) refusals.push(this.words.files.empty(shownFileName(file.name)));
      else if (file.size > this.fileBytes())
        refusals.push(this.words.files.tooLarge(shownFileName(file.name), this.fileBytes()));
      else if (paddedFileSize(file.size) > left)
        refusals.push(this.words.files.allTooLarge(shownFileName(file.name), Math.max(0, left)));
      else if (accepted.length >= this.filesLeft())
        refusals.push(this.words.files.tooMany(shownFileName(file.name)));
      else {
        left -= paddedFileSize(file.size);
        accepted.push(file);
      }
    }
    this.refusals.set(refusals);
    if (accepted.length > 0) this.picked.emit(accepted);
  }
}
