/** The recipient's reports, newest first. */
import { Component, inject } from '@angular/core';
import { MemberFlow } from '../member/flow.ts';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { ViewHeading } from '../shared/ui/view-heading.ts';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { HandOver } from './hand-over.ts';

@Component({
  selector: 'sotto-report-list',
  imports: [HandOver, ProblemNotice, ViewHeading],
  template: `
    <div class="view">
      <h1 viewHeading>{{ words.list.title }}</h1>
      <p class="actions">
        <button type="button" class="button-small" [disabled]="flow.busy()" (click)="flow.showReports()">
          {{ words.list.refresh }}
        </button>
      </p>
      <sotto-problem [failure]="flow.problem()" />
      @if (flow.rows(); as rows) {
        <ul class="rows">
          @for (row of rows; track row.id) {
            <li>
              <button type="button" class="row" (click)="flow.open(row)">
                <span class="row-title" [class.unanswered]="row.title === null" dir="auto">{{
                  row.title ?? words.list.untitled
                }}</span>
                <span [class]="'state state-' + row.status">{{ shared.status[row.status] }}</span>
                <span class="row-about">
                  <bdi>{{ row.channel }}</bdi>
                  <span>{{ shared.day(row.day) }}</span>
                  <span>{{ words.list.items(row.items) }}</span>
                </span>
              </button>
            </li>
          } @empty {
            <li class="empty">
              <h2>{{ words.list.none }}</h2>
              <p>{{ words.list.noneText }}</p>
            </li>
          }
        </ul>
        @if (flow.olderRows() !== null) {
          <p class="actions">
            <button type="button" [disabled]="flow.busy()" (click)="flow.showOlder()">{{ words.list.more }}</button>
          </p>
        }
        @if (rows.length > 0) {
          <sotto-hand-over />
        }
      } @else if (flow.busy()) {
        <p class="waiting" role="status">{{ shared.waiting }}</p>
      }
    </div>
  `,
})
export class ReportList {
  protected readonly flow = inject(MemberFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly shared = inject(SHARED_WORDS);
}
