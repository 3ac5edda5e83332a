/**
 * Every place but the first view, and what went wrong with that. A chunk of its own, fetched at once when the first view stands, whatever the person does then: on a slow
 * line the first button comes before it, and a request tells nobody which button was pressed.
 */
import { Component, computed, inject, viewChild } from '@angular/core';
import { AskDialog } from '../shared/ui/ask-dialog.ts';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { SessionNotice } from '../shared/ui/session-notice.ts';
import { WHISTLEBLOWER_WORDS } from '../words/whistleblower-catalogue.ts';
import { ChannelChoice } from './channel-choice.ts';
import { DraftResume } from './draft-resume.ts';
import { WhistleblowerFlow } from './flow.ts';
import { KeepDraft } from './keep-draft.ts';
import { OwnReport } from './own-report.ts';
import { QuestionStep } from './question-step.ts';
import { ReceiptOnce } from './receipt-once.ts';
import { ReturnWithReceipt } from './return-with-receipt.ts';
import { ReviewAnswers } from './review-answers.ts';
import { SendingReport } from './sending-report.ts';

@Component({
  selector: 'sotto-places',
  imports: [
    AskDialog,
    ChannelChoice,
    DraftResume,
    KeepDraft,
    OwnReport,
    ProblemNotice,
    QuestionStep,
    ReceiptOnce,
    ReturnWithReceipt,
    ReviewAnswers,
    SendingReport,
    SessionNotice,
  ],
  template: `
    @switch (flow.place()) {
      @case ('home') {
        <sotto-problem [failure]="flow.problem()" [canRetry]="true" (retry)="flow.openSite()" />
      }
      @case ('draft') { <sotto-draft-resume /> }
      @case ('channel') { <sotto-channel-choice /> }
      @case ('step') {
        @for (step of [flow.step()]; track step) { <sotto-question-step [index]="step" /> }
      }
      @case ('review') { <sotto-review /> }
      @case ('sending') { <sotto-sending /> }
      @case ('receipt') { <sotto-receipt /> }
      @case ('return') { <sotto-return /> }
      @case ('report') {
        <sotto-session-notice [watch]="flow.session" />
        <sotto-own-report />
      }
    }
    @if (writing()) {
      <sotto-keep-draft />
      <p class="way-out">
        <button type="button" class="button-link" (click)="ask().ask()">{{ words.startOver }}</button>
      </p>
    }
    <sotto-ask
      #startOver
      [heading]="words.startOverAsk.title"
      [text]="words.startOverAsk.text"
      [stay]="words.startOverAsk.stay"
      [go]="words.startOverAsk.leave"
      (confirmed)="flow.leave()"
    />
  `,
})
export class Places {
  protected readonly flow = inject(WhistleblowerFlow);
  protected readonly words = inject(WHISTLEBLOWER_WORDS);
  protected readonly ask = viewChild.required<AskDialog>('startOver');
  protected readonly writing = computed(() => ['channel', 'step', 'review'].includes(this.flow.place()));
}
