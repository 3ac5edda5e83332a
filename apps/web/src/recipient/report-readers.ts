/** Who else may read the open report, and leaving it to them. */
import { Component, computed, inject, input, signal } from '@angular/core';
import type { ReportView } from '@sotto/client/views';
import { MemberFlow } from '../member/flow.ts';
import { AskDialog } from '../shared/ui/ask-dialog.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { ColleagueChoice } from './colleague-choice.ts';
import { SharingFlow } from './sharing-flow.ts';

@Component({
  selector: 'sotto-report-readers',
  imports: [AskDialog, ColleagueChoice],
  template: `
    <details #details (toggle)="open.set(details.open)">
      <summary>{{ words.share }}</summary>
      @if (open()) {
        <div class="part">
          <p class="help">{{ words.shareHelp }}</p>
          <sotto-colleague-choice
            fieldName="report-reader"
            [act]="words.give"
            [without]="readers()"
            (given)="give($event)"
          />
        </div>
      }
    </details>
    @if (given(); as name) {
      <p class="file-done" role="status">{{ words.given(name) }}</p>
    }
    @if (report().recipients.length > 1) {
      <p>
        <button type="button" class="button-link" [disabled]="flow.busy()" (click)="ask.ask()">{{ words.leave }}</button>
      </p>
      <sotto-ask
        #ask
        [heading]="words.leaveAsk.title"
        [text]="words.leaveAsk.text"
        [stay]="words.leaveAsk.stay"
        [go]="words.leaveAsk.go"
        (confirmed)="sharing.leave(report().id)"
      />
    }
  `,
})
export class ReportReaders {
  readonly report = input.required<ReportView>();
  protected readonly flow = inject(MemberFlow);
  protected readonly sharing = inject(SharingFlow);
  protected readonly words = inject(MEMBER_WORDS).leaving;
  protected readonly open = signal(false);
  protected readonly given = signal<string | null>(null);
  protected readonly readers = computed(() => this.report().recipients.map(({ id }) => id));

  protected async give({ id, name }: { readonly id: string; readonly name: string }): Promise<void> {
    this.given.set(null);
    if (await this.sharing.give(this.report().id, id)) this.given.set(name);
  }
}
