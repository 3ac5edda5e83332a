/** An audit log (S15) as its readers see it: read when it is opened, newest first, with a word on whether history still holds. */
import { Component, inject, input, signal } from '@angular/core';
import type { AuditEntryView, AuditView } from '@sotto/client/views';
import { MEMBER_AGENT } from '../platform/agents.ts';
import { type Failure, failureOf } from '../platform/remote-call.ts';
import { ProblemNotice } from '../shared/ui/problem-notice.ts';
import { SHARED_WORDS } from '../words/catalogue.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';

@Component({
  selector: 'sotto-audit-log',
  imports: [ProblemNotice],
  template: `
    <details class="audit" (toggle)="toggled($event)">
      <summary>{{ report() === null ? words.ofSite : words.ofReport }}</summary>
      <p class="help">{{ words.help }}</p>
      <sotto-problem [failure]="problem()" [canRetry]="true" (retry)="load()" />
      @if (log(); as log) {
        @if (log.verdict === 'changed') {
          <p class="notice notice-problem" role="alert">{{ words.changed }}</p>
        } @else {
          <p class="quiet" role="status">{{ log.verdict === 'first-look' ? words.firstLook : words.asBefore }}</p>
        }
        <ol class="audit-entries" reversed [attr.aria-label]="words.newestFirst">
          @for (entry of newestFirst(log); track entry.order) {
            <li dir="auto"><time [attr.datetime]="entry.day">{{ shared.day(entry.day) }}</time> {{ sentence(entry) }}</li>
          } @empty {
            <li>{{ words.none }}</li>
          }
        </ol>
      } @else if (problem() === null) {
        <p class="waiting" role="status">{{ shared.waiting }}</p>
      }
    </details>
  `,
})
export class AuditLog {
  /** Id of a report, or null for the site's own log. */
  readonly report = input.required<string | null>();
  protected readonly words = inject(MEMBER_WORDS).audit;
  protected readonly shared = inject(SHARED_WORDS);
  protected readonly log = signal<AuditView | null>(null);
  protected readonly problem = signal<Failure | null>(null);
  private readonly agent = inject(MEMBER_AGENT);

  /** Read anew each time it is opened. */
  protected toggled(event: Event): void {
    if (event.target instanceof HTMLDetailsElement && event.target.open) void this.load();
  }

  protected async load(): Promise<void> {
    const report = this.report();
    this.problem.set(null);
    try {
      this.log.set(await (report === null ? this.agent.siteAudit() : this.agent.reportAudit(report)));
    } catch (error) {
      this.problem.set(failureOf(error));
    }
  }

  protected newestFirst(log: AuditView): readonly AuditEntryView[] {
    return log.entries.toReversed();
  }

  protected sentence(entry: AuditEntryView): string {
    const say = this.words.acts[entry.act];
    return say === undefined ? entry.act : say(this.whoOf(entry), entry.what);
  }

  private whoOf({ from, who }: AuditEntryView): string {
    if (from === 'self') return this.words.self;
    if (from === 'other') return who ?? this.words.gone;
    return this.report() === null ? this.words.operator : this.words.whistleblower;
  }
}
