/**
 * Slowdown of guesses: after five failures the answer waits, right or wrong, random(min(x,42)…min(x²,42)) seconds for x failures. It is
 * kept for each account and each client, so that nobody can lock a person out for good; what waits is a timer and a request.
 */
import { randomInt } from 'node:crypto';
import type { ErrorCode } from '@sotto/contract/errors';
import { Refusal } from '../http/refusal.ts';
import type { Clients } from './clients.ts';

/** Failures that cost nothing: people mistype. */
const freeFailures = 5;
/** Seconds that nobody waits longer than. */
const longest = 42;
/** Requests that wait at once; whoever comes beyond is told to come back, and nothing of theirs is looked at. */
const mostWaiting = 1000;

/** What counts as a failure. */
const wrong: ReadonlySet<ErrorCode> = new Set(['WRONG_CREDENTIAL', 'WRONG_CODE']);

/** Passes time. Rejects when the signal says that nobody waits for the answer any more. */
export type Wait = (milliseconds: number, gone: AbortSignal) => Promise<void>;

/** One attempt, which must be told how it ended. */
export type Attempt = {
  succeeded(): void;
  failed(): void;
  /** Neither counts nor clears what was counted. */
  leftOpen(): void;
};

/** Who attempts: an account by its folded name, whether anybody has it or not, and the client where it can be told. */
export type Attempter = { readonly account?: string; readonly client: string | null };

/** The slowdown of a site. */
export type Slowdown = {
  /** Waits as long as must be. @throws Refusal `TOO_MANY` when too many wait already, `MALFORMED` when nobody waits any more. */
  begin(by: Attempter, gone: AbortSignal): Promise<Attempt>;
};

export function makeSlowdown(clients: Clients, wait: Wait): Slowdown {
  let waiting = 0;
  const underWay = new Map<string, number>();
  const run = (name: string, by: number): number => {
    const count = (underWay.get(name) ?? 0) + by;
    if (count > 0) underWay.set(name, count);
    else underWay.delete(name);
    return count;
  };
  return {
    async begin({ account, client }, gone) {
      const accountName = account === undefined ? null : clients.name('account', account);
      const names = [accountName, client].filter((name) => name !== null);
      // Attempts under way count as failures: a thousand at once are no faster than one after the other.
      const failures = Math.max(
        0,
        ...names.map((name) => clients.counts('failures').of(name) + run(name, 1) - 1),
      );
      const end = (): void => {
        for (const name of names) run(name, -1);
      };
      try {
        if (failures >= freeFailures) {
          if (waiting >= mostWaiting) throw new Refusal('TOO_MANY', longest);
          waiting += 1;
          try {
            await wait(secondsFor(failures) * 1000, gone);
          } catch {
            throw new Refusal('MALFORMED');
          } finally {
            waiting -= 1;
          }
        }
      } catch (failure) {
        end();
        throw failure;
      }
      return {
        /** The account's owner is here. A client that knows one password may still be guessing others. */
        succeeded() {
          end();
          if (accountName !== null) clients.counts('failures').drop(accountName);
        },
        failed() {
          end();
          for (const name of names) clients.counts('failures').add(name);
        },
        leftOpen: end,
      };
    },
  };
}

/**
 * Makes one attempt, after the wait that those before it have earned. What fails for another reason than a wrong secret is left open, and so is
 * a right password of an account whose code is wanted as well: a thief of the password must not clear the count between two guesses at the code.
 *
 * @throws what `act` throws; Refusal `TOO_MANY`, `MALFORMED` of the waiting.
 */
export async function slowed<T>(
  slowdown: Slowdown,
  by: Attempter,
  gone: AbortSignal,
  act: () => Promise<T>,
): Promise<T> {
  const attempt = await slowdown.begin(by, gone);
  try {
    const done = await act();
    attempt.succeeded();
    return done;
  } catch (failure) {
    if (failure instanceof Refusal && wrong.has(failure.code)) attempt.failed();
    else attempt.leftOpen();
    throw failure;
  }
}

/** @returns whole seconds, both ends included. */
export function secondsFor(failures: number): number {
  return randomInt(Math.min(failures, longest), Math.min(failures ** 2, longest) + 1);
}
