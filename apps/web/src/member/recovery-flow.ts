/** A forgotten password, step by step (S10): asked for, answered by mail, opened with the recovery key, set anew. */
import { Injectable, inject, signal } from '@angular/core';
import type { ResetView } from '@sotto/client/views';
import { MEMBER_AGENT } from '../platform/agents.ts';
import { codeOf } from '../platform/remote-call.ts';
import { MemberFlow } from './flow.ts';

@Injectable({ providedIn: 'root' })
export class RecoveryFlow {
  private readonly agent = inject(MEMBER_AGENT);
  private readonly flow = inject(MemberFlow);

  /** Whether a link was asked for; the answer is the same for everybody. */
  readonly asked = signal(false);
  /** Whose account link and recovery key have opened. */
  readonly opened = signal<ResetView | null>(null);

  /** Whether a code of the second factor is wanted as well. */
  readonly codeWanted = signal(false);

  async ask(nameOrMail: string): Promise<void> {
    await this.flow.act(async () => {
      await this.agent.askReset(nameOrMail, this.flow.onProgress);
      this.asked.set(true);
    });
  }

  async open(recoveryKey: string): Promise<void> {
    await this.flow.act(async () => {
      const secret = this.flow.linkSecret();
      this.opened.set(await this.agent.openReset(secret, recoveryKey, this.flow.onProgress));
    });
  }

  /** @param code of the second factor, once it was asked for. */
  async finish(password: string, code: string | null): Promise<void> {
    await this.flow.act(async () => {
      try {
        const { member, recoveryKey } = await this.agent.finishReset(password, code, this.flow.onProgress);
        this.opened.set(null);
        this.codeWanted.set(false);
        this.flow.showKeys(member, { recoveryKey, links: null, invited: '' });
      } catch (failure) {
        if (codeOf(failure) === 'SECOND_FACTOR') this.codeWanted.set(true);
        throw failure;
      }
    });
  }
}
