/** An act that proves first who asks, by a password or a key: that the proof was wrong is said at its field, and not below the form. */
import { computed, signal } from '@angular/core';
import type { OnProgress } from '@sotto/client/views';
import type { SignInWords } from '../../words/sign-in-catalogue.ts';
import type { MemberFlow } from '../flow.ts';
import { filledProblem } from '../form-problems.ts';

export class Proof {
  private readonly flow: MemberFlow;
  /** What was typed as the proof is not it. */
  readonly wrong = signal(false);
  /** What else went wrong. */
  readonly problem = computed(() => (this.wrong() ? null : this.flow.problem()));

  constructor(flow: MemberFlow) {
    this.flow = flow;
  }

  /** What is said at the proof's field. @param wrong when it is not it. */
  problemOf(typed: string, wrong: string, words: Pick<SignInWords, 'fields'>): string | null {
    return this.wrong() ? wrong : filledProblem(typed, words);
  }

  /** Does an act, as `MemberFlow.done` does it. */
  async done(act: (onProgress: OnProgress) => Promise<unknown>): Promise<boolean> {
    const done = await this.flow.done(act);
    this.wrong.set(this.flow.problem()?.code === 'WRONG_CREDENTIAL');
    return done;
  }
}
