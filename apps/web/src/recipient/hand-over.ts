/** Handing all one's reports to a colleague. */
import { Component, inject, signal } from '@angular/core';
import { MemberFlow } from '../member/flow.ts';
import { ProgressLine } from '../shared/ui/progress-line.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { ColleagueChoice } from './colleague-choice.ts';
import { SharingFlow } from './sharing-flow.ts';

@Component({
  selector: 'sotto-hand-over',
  imports: [ColleagueChoice, ProgressLine],
  template: `
    <details #details (toggle)="open.set(details.open)">
      <summary>{{ words.handOver }}</summary>
      @if (open()) {
        <div class="part">
          <p class="help">{{ words.handOverHelp }}</p>
          <sotto-colleague-choice fieldName="hand-over" [act]="words.handOverGo" (given)="handOver($event)">
            <label class="choice">
              <input type="checkbox" autocomplete="off" [checked]="leaving()" (change)="leaving.set(!leaving())" />
              <span>{{ words.handOverLeave }}</span>
            </label>
          </sotto-colleague-choice>
          @if (working()) {
            <sotto-progress [progress]="flow.progress()" />
          }
        </div>
      }
    </details>
    @if (done(); as done) {
      <p class="file-done" role="status">{{ done }}</p>
    }
  `,
})
export class HandOver {
  protected readonly flow = inject(MemberFlow);
  private readonly sharing = inject(SharingFlow);
  protected readonly words = inject(MEMBER_WORDS).leaving;
  protected readonly open = signal(false);
  protected readonly leaving = signal(false);
  protected readonly working = signal(false);
  protected readonly done = signal<string | null>(null);

  protected async handOver({ id, name }: { readonly id: string; readonly name: string }): Promise<void> {
    this.done.set(null);
    this.working.set(true);
    const handed = await this.sharing.handOver(id, this.leaving());
    this.working.set(false);
    if (handed === null) return;
    this.done.set(this.words.handedOver(name, handed.given, handed.unreadable));
    await this.flow.showReports();
  }
}
