/**
 * Watches how long the session still lasts, so that nobody is surprised by its end: the agent knows without asking anybody. Going on is
 * the person's own choice, and costs a proof of work (S3, S9).
 */
import { computed, signal } from '@angular/core';
import type { OnProgress, Progress } from '@sotto/client/views';
import { type Failure, failureOf } from '../platform/remote-call.ts';

/** Seconds before the end at which a person is told. */
const warnAt = 5 * 60;
/** Milliseconds between two looks at the clock. */
const every = 10_000;

type Agent = {
  sessionLeft(): Promise<number | null>;
  renewSession(onProgress: OnProgress): Promise<number>;
};

export class SessionWatch {
  private readonly agent: Agent;
  private readonly left = signal<number | null>(null);
  /** Whole minutes, at the least one; null while there is nothing to say. */
  readonly minutesLeft = computed(() => {
    const left = this.left();
    return left === null || left > warnAt ? null : Math.max(1, Math.ceil(left / 60));
  });
  /** Whether work brought no more: it ends now, whatever is done (S3). */
  readonly isLast = signal(false);
  readonly renewing = signal(false);
  readonly progress = signal<Progress | null>(null);
  readonly problem = signal<Failure | null>(null);

  /** @param ended told once when the time is over. */
  constructor(agent: Agent, ended: () => void) {
    this.agent = agent;
    setInterval(() => void this.look(ended), every);
  }

  /** Another half hour. */
  async renew(): Promise<void> {
    if (this.renewing()) return;
    this.renewing.set(true);
    this.problem.set(null);
    this.progress.set(null);
    try {
      const left = await this.agent.renewSession((progress) => this.progress.set(progress));
      this.left.set(left);
      this.isLast.set(left <= warnAt);
    } catch (error) {
      this.problem.set(failureOf(error));
    }
    this.renewing.set(false);
  }

  private async look(ended: () => void): Promise<void> {
    // While the worker does not answer, nothing is known.
    const left = await this.agent.sessionLeft().catch(() => null);
    const before = this.left();
    this.left.set(left);
    if (left === null || left > warnAt) this.isLast.set(false);
    if (left !== 0 || before === 0) return;
    this.problem.set(null);
    ended();
  }
}
