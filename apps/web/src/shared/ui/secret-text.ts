/** Something shown once — receipt, recovery key, link — to be copied, printed or written down. */
import { Component, computed, ElementRef, inject, input, signal, viewChild } from '@angular/core';
import { copyText } from '../../platform/copy-text.ts';
import { SHARED_WORDS } from '../../words/catalogue.ts';

@Component({
  selector: 'sotto-secret-text',
  template: `
    <div class="secret-card" role="group" [attr.aria-label]="label()">
      <p
        class="secret"
        [class.secret-long]="groups() === null"
        [class.secret-four]="groups()?.length === 4"
        [attr.aria-hidden]="groups() === null ? null : true"
        #shown
      >@for (group of groups() ?? []; track $index) {<span class="secret-group">{{ group }}</span>{{ $last ? '' : ' ' }}}@empty {<bdi>{{ text() }}</bdi>}</p>
      @if (groups() !== null) {
        <p class="for-readers">{{ spelled() }}</p>
      }
      <p class="actions">
        <button type="button" (click)="copy()">{{ words.copy }}</button>
        @if (printable()) {
          <button type="button" (click)="print()">{{ words.print }}</button>
        }
      </p>
      <p class="secret-answer" role="status">
        @if (copied() === 'yes') { {{ words.copied }} }
        @if (copied() === 'no') { {{ words.copyFailed }} }
      </p>
    </div>
  `,
})
export class SecretText {
  readonly text = input.required<string>();
  readonly label = input.required<string>();
  /** Characters in a group, or null to show the text as it is. */
  readonly groupSize = input<number | null>(null);
  readonly printable = input(false);
  protected readonly words = inject(SHARED_WORDS);
  protected readonly copied = signal<'yes' | 'no' | null>(null);
  private readonly shown = viewChild.required<ElementRef<HTMLElement>>('shown');
  protected readonly groups = computed(() => {
    const size = this.groupSize();
    return size === null ? null : grouped(this.text(), size);
  });

  /** Sign by sign, as it is dictated: a screen reader would read 4096 as a number. */
  protected readonly spelled = computed(() =>
    (this.groups() ?? []).map((group) => [...group].join(' ')).join(', '),
  );

  protected copy(): void {
    this.copied.set(copyText(this.shown().nativeElement) ? 'yes' : 'no');
  }

  protected print(): void {
    print();
  }
}

/** `1234567890123456` in fours: `1234`, `5678`, …; separators that are there already are dropped. */
export function grouped(text: string, size: number): readonly string[] {
  return text.replaceAll(/[\s-]/g, '').match(new RegExp(`.{1,${size}}`, 'gu')) ?? [];
}
