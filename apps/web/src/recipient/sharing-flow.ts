/** Giving reports to colleagues, one or all, and leaving them (S8). What there is of reports is shown by the flow of the page. */
import { Injectable, inject, signal } from '@angular/core';
import type { HandedOver, PersonView } from '@sotto/client/views';
import { MemberFlow } from '../member/flow.ts';
import { MEMBER_AGENT } from '../platform/agents.ts';

@Injectable({ providedIn: 'root' })
export class SharingFlow {
  private readonly agent = inject(MEMBER_AGENT);
  private readonly flow = inject(MemberFlow);
  /** Whom a report can be given to; null until it was asked for. */
  readonly colleagues = signal<readonly PersonView[] | null>(null);

  async findColleagues(): Promise<void> {
    await this.flow.act(async () => this.colleagues.set(await this.agent.colleagues()));
  }

  /** @returns whether the colleague can read it now. */
  give(reportId: string, userId: string): Promise<boolean> {
    return this.flow.done(async () => this.flow.report.set(await this.agent.grant(reportId, userId)));
  }

  async leave(reportId: string): Promise<void> {
    if (await this.flow.done(() => this.agent.leaveReport(reportId))) await this.flow.showReports();
  }

  /** @returns what it came to; null when it failed: what was given is given, and asked again it goes on. */
  async handOver(userId: string, leaving: boolean): Promise<HandedOver | null> {
    let handed: HandedOver | null = null;
    await this.flow.act(async () => {
      const onProgress = this.flow.progress.set.bind(this.flow.progress);
      handed = await this.agent.handOver(userId, leaving, onProgress);
    });
    return handed;
  }
}
