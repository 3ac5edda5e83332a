/**
 * Group commit: transactions that wait at the same time share one commit and one sync of the journal, which takes longer than
 * most of them; while it goes on, the next group gathers. They run one by one; each stays whole or not at all without
 * savepoints, which the authorizer denies: when one of a group fails, the group is undone and each runs again alone.
 */
import { setImmediate } from 'node:timers/promises';
import type { OpenDatabase } from './sqlite/open-database.ts';
import type { Transaction } from './transaction.ts';

type Database = Pick<OpenDatabase, 'kysely' | 'durable'>;

/** Bounds how long the first of a group waits for the last. */
const groupMax = 64;

/** One that waits. What `run` resolves with tells its caller, once all is durable. */
type Member = { run(transaction: Transaction): Promise<() => void>; fail(error: unknown): void };

/**
 * Runs transactions in groups.
 *
 * @param ended runs after every group, whether it was kept or not, before anybody is told.
 */
export function groupCommit(
  database: Database,
  ended: () => void,
): <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T> {
  const waiting: Member[] = [];
  let running = false;
  const runAll = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      // One turn of the loop: requests that have come in already join.
      await setImmediate();
      await runGroup(database, ended, waiting.splice(0, groupMax));
    }
    running = false;
  };
  return (work) =>
    new Promise((resolve, reject) => {
      const run: Member['run'] = async (transaction) => {
        const result = await work(transaction);
        return () => resolve(result);
      };
      waiting.push({ run, fail: reject });
      if (!running) void runAll();
    });
}

/** Never rejects: each member is told. */
async function runGroup(database: Database, ended: () => void, members: readonly Member[]): Promise<void> {
  const outcome = await tryGroup(database, members);
  try {
    ended();
    await database.durable();
  } catch (error) {
    for (const member of members) member.fail(error);
    return;
  }
  if (outcome.kept) for (const tell of outcome.tell) tell();
  else if (members.length > 1) for (const member of members) await runGroup(database, ended, [member]);
  else members[0]?.fail(outcome.error);
}

type Outcome = { kept: true; tell: readonly (() => void)[] } | { kept: false; error: unknown };

async function tryGroup({ kysely }: Database, members: readonly Member[]): Promise<Outcome> {
  try {
    const tell = await kysely.transaction().execute(async (transaction) => {
      const done: (() => void)[] = [];
      for (const member of members) done.push(await member.run(transaction));
      return done;
    });
    return { kept: true, tell };
  } catch (error) {
    return { kept: false, error };
  }
}
