/** The whistleblower's own report: the conversation first, then files, then what was told. */
import { Component, inject } from '@angular/core';
import { AnswerList } from '../shared/ui/answer-list.ts';
import { Conversation } from '../shared/ui/conversation.ts';
import { FilePicker } from '../shared/ui/file-picker.ts';
import { ReportFiles } from '../shared/ui/report-files.ts';
import { ReportWarnings } from '../shared/ui/report-warnings.ts';
import { UploadList } from '../shared/ui/upload-list.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { takenBy } from '../shared/upload-queue.ts';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { WHISTLEBLOWER_WORDS } from '../words/whistleblower-catalogue.ts';
import { WhistleblowerFlow } from './flow.ts';

@Component({
  selector: 'sotto-own-report',
  imports: [AnswerList, Conversation, FilePicker, ReportFiles, ReportWarnings, UploadList, ViewHeading],
  template: `
    @if (flow.report(); as report) {
      <div class="view report">
        <h1 viewHeading>{{ words.report.title }}</h1>
        <p class="report-about">
          <bdi>{{ report.channel }}</bdi> · {{ words.report.came(shared.day(report.day)) }} ·
          {{ shared.status[report.status] }}
        </p>
        <p class="report-about">
          {{ words.report.readers }}
          @for (person of report.recipients; track person.id) {
            <bdi>{{ person.name }}</bdi>{{ $last ? '' : ', ' }}
          }
        </p>
        <p class="actions">
          <button type="button" class="button-small" [attr.aria-disabled]="flow.busy() || null" (click)="flow.refresh()">{{ shared.conversation.refresh }}</button>
          <button type="button" class="button-small" (click)="flow.leave()">{{ words.report.leave }}</button>
          <span class="quiet" role="status">{{ flow.refreshed() ? shared.conversation.refreshed : '' }}</span>
        </p>
        <sotto-warnings [warnings]="report.warnings" />
        <sotto-conversation
          [messages]="report.messages"
          [writeLabel]="words.report.writeLabel"
          [empty]="words.report.empty"
          [busy]="flow.busy()"
          [problem]="flow.problem()"
          [(text)]="flow.message"
          (send)="flow.sendMessage()"
        />
        <section aria-labelledby="files-title">
          <h2 id="files-title">{{ shared.files.title }}</h2>
          <sotto-report-files [files]="report.files" side="whistleblower" [fetchFile]="flow.download" />
          <sotto-uploads
            [uploads]="flow.moreFiles.uploads()"
            [removable]="false"
            (pause)="flow.moreFiles.pause($event)"
            (retry)="flow.moreFiles.retry($event)"
          />
          @if (flow.site(); as site) {
            <sotto-file-picker
              fieldId="more-files"
              [fileBytes]="site.limits.fileBytes"
              [bytesLeft]="site.limits.reportBytes - taken(report.files) - flow.moreFiles.bytes()"
              (picked)="flow.moreFiles.add($event)"
            />
          }
        </section>
        <details>
          <summary>{{ words.report.answers }}</summary>
          <sotto-answers [questionnaire]="report.questionnaire" [answers]="report.answers" />
        </details>
      </div>
    }
  `,
})
export class OwnReport {
  protected readonly flow = inject(WhistleblowerFlow);
  protected readonly words = inject(WHISTLEBLOWER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);
  protected readonly taken = takenBy;
}
