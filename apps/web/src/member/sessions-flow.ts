/** Where a person is signed in, and being out everywhere. */
import { Injectable, inject, signal } from '@angular/core';
import type { SessionRow } from '@sotto/client/views';
import { MEMBER_AGENT } from '../platform/agents.ts';
import { MemberFlow } from './flow.ts';

@Injectable({ providedIn: 'root' })
export class SessionsFlow {
  private readonly agent = inject(MEMBER_AGENT);
  private readonly flow = inject(MemberFlow);

  readonly sessions = signal<readonly SessionRow[] | null>(null);

  async show(): Promise<void> {
    this.sessions.set(null);
    this.flow.go('sessions');
    await this.flow.act(async () => this.sessions.set(await this.agent.sessions()));
  }

  /** Out everywhere, here as well. */
  async endAll(): Promise<void> {
    await this.flow.act(async () => {
      await this.agent.endSessions();
      this.flow.forget('signed-out');
    });
  }
}
