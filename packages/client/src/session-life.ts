/** How long a session has still to go, and going on: a session ends after half an hour unless somebody works for it (S3, S9). */
import { sessionSeconds } from '@sotto/contract/account';
import type { Environment } from './environment.ts';
import type { Server } from './server.ts';
import type { OnProgress } from './views.ts';

/** An act that goes on by itself renews the session it needs when less than this is left, in seconds. */
const enough = 5 * 60;

export class SessionLife {
  readonly #clock: Environment['clock'];
  readonly #server: Server;
  readonly #session: string;
  #ends: number;
  /** False once work brings no more: a member's session ends after half a day. */
  #grows = true;
  #renewing: Promise<void> | null = null;

  /** @param left seconds, as the server says; a new session has its whole life before it. */
  constructor({ clock }: Pick<Environment, 'clock'>, server: Server, session: string, left = sessionSeconds) {
    this.#clock = clock;
    this.#server = server;
    this.#session = session;
    this.#ends = clock() + left * 1000;
  }

  /** Seconds, 0 when it is over. */
  left(): number {
    return Math.max(0, Math.floor((this.#ends - this.#clock()) / 1000));
  }

  /** Another half hour, for a proof of work. Asked twice at once, it is done once. */
  async renew(onProgress?: OnProgress): Promise<void> {
    this.#renewing ??= this.#renew(onProgress).finally(() => {
      this.#renewing = null;
    });
    await this.#renewing;
  }

  /** For each step of an act that takes its time, as a large file does: nobody has to sit beside it. */
  async keep(): Promise<void> {
    const left = this.left();
    // What is over already is told by the server: the clock here may be wrong.
    if (this.#grows && left > 0 && left < enough) await this.renew();
  }

  async #renew(onProgress: OnProgress | undefined): Promise<void> {
    const { left } = await this.#server.call('renewSession', {
      session: this.#session,
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    this.#ends = this.#clock() + left * 1000;
    this.#grows = left >= enough;
  }
}
