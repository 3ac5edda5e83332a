/** One report as a recipient reads it: what was told, files, and the conversation. */
import { Component, inject } from '@angular/core';
import { AuditLog } from '../member/audit-log.ts';
import { MemberFlow } from '../member/flow.ts';
import { AnswerList } from '../shared/ui/answer-list.ts';
import { AskDialog } from '../shared/ui/ask-dialog.ts';
import { Conversation } from '../shared/ui/conversation.ts';
import { FilePicker } from '../shared/ui/file-picker.ts';
import { ReportFiles } from '../shared/ui/report-files.ts';
import { ReportWarnings } from '../shared/ui/report-warnings.ts';
import { UploadList } from '../shared/ui/upload-list.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { takenBy } from '../shared/upload-queue.ts';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { ReportReaders } from './report-readers.ts';

@Component({
  selector: 'sotto-one-report',
  imports: [
    AnswerList,
    AskDialog,
    AuditLog,
    Conversation,
    FilePicker,
    ReportFiles,
    ReportReaders,
    ReportWarnings,
    UploadList,
    ViewHeading,
  ],
  template: `
    @if (flow.report(); as report) {
      <div class="view report">
        <p class="actions">
          <button type="button" class="button-small" (click)="flow.showReports()">{{ words.report.back }}</button>
          <button type="button" class="button-small" [disabled]="flow.busy()" (click)="flow.refreshReport()">
            {{ shared.conversation.refresh }}
          </button>
          <span class="quiet" role="status">{{ flow.refreshed() ? shared.conversation.refreshed : '' }}</span>
        </p>
        <h1 viewHeading dir="auto">{{ flow.reportTitle() ?? words.report.title }}</h1>
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
        <sotto-report-readers [report]="report" />
        <sotto-warnings [warnings]="report.warnings" />
        <div class="report-halves">
          <div class="report-half">
            <section aria-labelledby="answers-title">
              <h2 id="answers-title">{{ words.report.answers }}</h2>
              <sotto-answers [questionnaire]="report.questionnaire" [answers]="report.answers" />
            </section>
            <section aria-labelledby="files-title">
              <h2 id="files-title">{{ shared.files.title }}</h2>
              <sotto-report-files [files]="report.files" side="recipient" [fetchFile]="flow.download" />
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
          </div>
          <div class="report-half">
            <sotto-conversation
              [messages]="report.messages"
              [writeLabel]="words.report.writeLabel"
              [help]="words.report.writeHelp"
              [empty]="words.report.empty"
              [busy]="flow.busy()"
              [problem]="flow.problem()"
              [(text)]="flow.message"
              (send)="flow.sendMessage()"
            />
          </div>
        </div>
        <sotto-audit-log [report]="report.id" />
        <section class="report-end" aria-labelledby="end-title">
          <h2 id="end-title">{{ words.report.deleteTitle }}</h2>
          <p class="help">{{ words.report.deleteHelp }}</p>
          <button type="button" [disabled]="flow.busy()" (click)="ask.ask()">{{ words.report.delete }}</button>
          <sotto-ask
            #ask
            [heading]="words.report.deleteAsk.title"
            [text]="words.report.deleteAsk.text"
            [stay]="words.report.deleteAsk.stay"
            [go]="words.report.deleteAsk.delete"
            (confirmed)="flow.deleteReport()"
          />
        </section>
      </div>
    }
  `,
})
export class OneReport {
  protected readonly flow = inject(MemberFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);
  protected readonly taken = takenBy;
}
