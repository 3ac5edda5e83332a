/** One step of the questionnaire. */
import { Component, computed, inject, input, signal } from '@angular/core';
import { isAsked } from '@sotto/contract/answering';
import { FilePicker } from '../shared/ui/file-picker.ts';
import { QuestionField } from '../shared/ui/question-field.ts';
import { UploadList } from '../shared/ui/upload-list.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { WHISTLEBLOWER_WORDS } from '../words/whistleblower-catalogue.ts';
import { WhistleblowerFlow } from './flow.ts';
import { answersTooLong, problemsOf } from './unfinished.ts';

@Component({
  selector: 'sotto-question-step',
  imports: [FilePicker, QuestionField, UploadList, ViewHeading],
  template: `
    @if (flow.site(); as site) {
      @if (step(); as step) {
        <form class="view" autocomplete="off" novalidate (submit)="goOn($event)">
          <p class="step-count">
            <span>{{ words.steps(index() + 1, site.questionnaire.steps.length) }}</span>
            <span class="step-bar" aria-hidden="true">
              @for (each of site.questionnaire.steps; track each.key) {
                <span [class.step-done]="$index <= index()"></span>
              }
            </span>
          </p>
          <h1 viewHeading dir="auto">{{ step.title }}</h1>
          @if (asked() && problemCount() > 0) {
            <p class="notice notice-problem" role="alert">{{ shared.questions.summary(problemCount()) }}</p>
          }
          @for (question of questions(); track question.key) {
            <div class="question">
              @if (question.type === 'files') {
                <h2 class="question-title" dir="auto">
                  {{ question.label }} <span class="mark">{{ question.required ? shared.required : shared.optional }}</span>
                </h2>
                @if (question.help; as help) {
                  <p class="help" dir="auto">{{ help }}</p>
                }
                <sotto-uploads
                  [uploads]="flow.draft.files.uploads()"
                  (remove)="flow.draft.removeFile($event)"
                  (pause)="flow.draft.files.pause($event)"
                  (retry)="flow.draft.files.retry($event)"
                />
                <sotto-file-picker
                  [fieldId]="'files-' + question.key"
                  [fileBytes]="site.limits.fileBytes"
                  [bytesLeft]="site.limits.reportBytes - flow.draft.files.bytes()"
                  [filesLeft]="flow.draft.filesLeft()"
                  (picked)="flow.draft.files.add($event)"
                />
              } @else {
                <sotto-question
                  [asked]="question"
                  [answer]="flow.draft.answers()[question.key] ?? ''"
                  [problem]="asked() ? (problems()[question.key] ?? null) : null"
                  (answered)="flow.draft.answer(question.key, $event)"
                />
              }
            </div>
          }
          @if (tooLong()) {
            <p class="notice notice-problem" role="alert">{{ shared.questions.tooMuch }}</p>
          }
          <p class="actions">
            <button type="submit" class="button-main">{{ shared.next }}</button>
            <button type="button" (click)="goBack()">{{ shared.back }}</button>
          </p>
        </form>
      }
    }
  `,
})
export class QuestionStep {
  /** Which step, from 0. */
  readonly index = input.required<number>();
  protected readonly flow = inject(WhistleblowerFlow);
  protected readonly words = inject(WHISTLEBLOWER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);
  /** Whether the person asked to go on: before that, nobody is told what is missing. */
  protected readonly asked = signal(false);
  protected readonly step = computed(() => this.flow.site()?.questionnaire.steps[this.index()]);
  /** Those that are asked, given the answers so far. */
  protected readonly questions = computed(() => {
    const questionnaire = this.flow.site()?.questionnaire ?? { steps: [] };
    const asked = this.step()?.questions ?? [];
    return asked.filter((question) => isAsked(questionnaire, question, this.flow.draft.answers()));
  });
  protected readonly problems = computed(() =>
    problemsOf(this.flow.site()?.questionnaire ?? { steps: [] }, this.questions(), this.flow.draft.answers()),
  );
  protected readonly problemCount = computed(() => Object.keys(this.problems()).length);
  protected readonly tooLong = computed(() =>
    answersTooLong(this.flow.site()?.questionnaire ?? { steps: [] }, this.flow.draft.answers()),
  );

  protected goOn(event: Event): void {
    event.preventDefault();
    this.asked.set(true);
    const [first] = Object.keys(this.problems());
    if (first !== undefined) document.getElementById(`question-${first}`)?.focus();
    if (first !== undefined || this.tooLong()) return;
    const steps = this.flow.site()?.questionnaire.steps.length ?? 0;
    if (this.index() + 1 < steps) this.flow.goToStep(this.index() + 1);
    else this.flow.go('review');
  }

  protected goBack(): void {
    if (this.index() > 0) this.flow.goToStep(this.index() - 1);
    else this.flow.go('channel');
  }
}
