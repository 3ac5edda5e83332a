/** A question with two answers, in a native dialog: Escape and the first button change nothing. */
import {
  afterNextRender,
  Component,
  type ElementRef,
  Injector,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';

/** A page may hold several. */
let dialogs = 0;

@Component({
  selector: 'sotto-ask',
  template: `
    <dialog
      #dialog
      [attr.aria-labelledby]="id + '-title'"
      [attr.aria-describedby]="id + '-text'"
      (close)="asked.set(false)"
    >
      @if (asked()) {
        <h2 [id]="id + '-title'">{{ heading() }}</h2>
        <div [id]="id + '-text'">
          <p>{{ text() }}</p>
          <ng-content />
        </div>
        <p class="actions">
          <button type="button" class="button-main" (click)="dialog.close()">{{ stay() }}</button>
          <button type="button" (click)="dialog.close(); confirmed.emit()">{{ go() }}</button>
        </p>
      }
    </dialog>
  `,
})
export class AskDialog {
  readonly heading = input.required<string>();
  readonly text = input.required<string>();
  readonly stay = input.required<string>();
  readonly go = input.required<string>();
  readonly confirmed = output();
  protected readonly id = `ask-${++dialogs}`;
  /** A question that is not asked is not on the page: a list of people has one for each. */
  protected readonly asked = signal(false);
  private readonly injector = inject(Injector);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  ask(): void {
    this.asked.set(true);
    // The first button gets the focus, so it must be there.
    afterNextRender(() => this.dialog().nativeElement.showModal(), { injector: this.injector });
  }
}
