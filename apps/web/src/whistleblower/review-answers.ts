/** Everything once more before it goes. */
import { Component, computed, inject } from '@angular/core';
import { AnswerList } from '../shared/ui/answer-list.ts';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { UploadList } from '../shared/ui/upload-list.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { WHISTLEBLOWER_WORDS } from '../words/whistleblower-catalogue.ts';
import { WhistleblowerFlow } from './flow.ts';
import { answersTooLong, isUnfinished } from './unfinished.ts';

@Component({
  selector: 'sotto-review',
  imports: [AnswerList, ProblemNotice, UploadList, ViewHeading],
  template: `
    @if (flow.site(); as site) {
      <div class="view">
        <h1 viewHeading>{{ words.review.title }}</h1>
        <p class="lead">{{ words.review.lead }}</p>
        @if (flow.channel(); as channel) {
          <section class="answers">
            <h2 class="answers-title">
              <span>{{ words.review.to }} <bdi>{{ channel.name }}</bdi></span>
              <button type="button" class="button-link" (click)="flow.go('channel')">
                {{ words.review.change }}<span class="for-readers">: {{ words.channel.title }}</span>
              </button>
            </h2>
            <p>
              {{ words.channel.readers }}
              @for (person of channel.recipients; track person.id) {
                <bdi>{{ person.name }}</bdi>{{ $last ? '' : ', ' }}
              }
            </p>
          </section>
        }
        <sotto-answers
          [questionnaire]="site.questionnaire"
          [answers]="flow.draft.answers()"
          [changeLabel]="words.review.change"
          [level]="2"
          (change)="flow.goToStep($event)"
        >
          @if (flow.draft.files.uploads().length > 0) {
            <sotto-uploads
              [uploads]="flow.draft.files.uploads()"
              (remove)="flow.draft.removeFile($event)"
              (pause)="flow.draft.files.pause($event)"
              (retry)="flow.draft.files.retry($event)"
            />
          } @else {
            <p class="unanswered">{{ shared.files.none }}</p>
          }
        </sotto-answers>
        @if (hindrance(); as hindrance) {
          <p class="notice" role="status">{{ hindrance }}</p>
        }
        <sotto-problem [failure]="flow.problem()" />
        <p class="actions">
          <button type="button" class="button-main" [disabled]="hindrance() !== null" (click)="flow.submit()">
            {{ words.review.send }}
          </button>
          <button type="button" (click)="flow.goToStep(site.questionnaire.steps.length - 1)">{{ shared.back }}</button>
        </p>
      </div>
    }
  `,
})
export class ReviewAnswers {
  protected readonly flow = inject(WhistleblowerFlow);
  protected readonly words = inject(WHISTLEBLOWER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);
  /** What must be done before it can go. */
  protected readonly hindrance = computed(() => {
    const { files, answers } = this.flow.draft;
    const questionnaire = this.flow.site()?.questionnaire;
    if (questionnaire === undefined || isUnfinished(questionnaire, answers()))
      return this.shared.questions.problems.missing;
    if (answersTooLong(questionnaire, answers())) return this.shared.questions.tooMuch;
    if (files.failed() > 0) return this.words.review.filesFailed(files.failed());
    if (files.again() > 0) return this.words.review.filesAgain(files.again());
    return files.underWay() > 0 ? this.words.review.filesWaiting(files.underWay()) : null;
  });
}
