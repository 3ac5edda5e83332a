/** What the server does by itself: it finishes forgetting, forgets what was never finished, and cuts the journal. */
import type { Backend } from '../backend.ts';
import { currentChannel } from '../directory/directory.ts';
import { type Forgotten, markDraft, markFiling, markReport, markUpload } from '../forgetting/forget.ts';
import { codeOf } from '../http/api.ts';
import { forgetAlone } from '../kept/kept-alone.ts';
import { isOfReport } from '../sessions/sessions.ts';
import { day } from '../storage/home.ts';

const minute = 60_000;
const hour = 60 * minute;
/** After a whole day nobody goes on with it. Days are all that is kept, so it goes after 24 to 48 hours. */
const unfinishedLife = 24 * hour;
const wholeDay = 24 * hour;

type Job = { readonly name: string; readonly every: number; run(backend: Backend): Promise<void> | void };

const jobs: readonly Job[] = [
  { name: 'forget', every: 10 * minute, run: (backend) => finishForgetting(backend) },
  { name: 'unfinished', every: hour, run: (backend) => forgetUnfinished(backend) },
  { name: 'expired', every: hour, run: (backend) => forgetExpired(backend) },
  { name: 'activations', every: hour, run: (backend) => dropActivations(backend) },
  { name: 'resets', every: hour, run: (backend) => dropResets(backend) },
  { name: 'sessions', every: minute, run: (backend) => backend.sessions.dropEnded() },
  { name: 'checkpoint', every: minute, run: (backend) => void backend.home.checkpoint() },
];

/** Runs every job now and then at its own interval, until the returned function stops them; it waits for those that run. */
export function startJobs(backend: Backend): () => Promise<void> {
  const running = new Set<Promise<void>>();
  const start = (job: Job): void => {
    const run = runJob(backend, job).finally(() => running.delete(run));
    running.add(run);
  };
  const timers = jobs.map((job) => {
    start(job);
    return setInterval(start, job.every, job).unref();
  });
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await Promise.all(running);
  };
}

/** A job that fails is logged and tried again at its next time; the server goes on. */
async function runJob(backend: Backend, job: Job): Promise<void> {
  try {
    await job.run(backend);
  } catch (error) {
    backend.log({ entry: 'job-failed', job: job.name, code: codeOf(error) });
  }
}

/** Finishes all that is marked, and logs how much it was. */
export async function finishForgetting(backend: Backend): Promise<void> {
  logForgotten(backend, await backend.home.forget.finish());
}

/** The same before the server ends, as far as `patience` milliseconds reach; the rest is done after the next start. */
export async function endForgetting(backend: Backend, patience: number): Promise<void> {
  logForgotten(backend, await backend.home.forget.stop(patience));
}

function logForgotten({ log }: Backend, { slots, rows, files }: Forgotten): void {
  if (slots + rows + files > 0) log({ entry: 'forgotten', slots, rows, files });
}

/** Forgets reports that were begun and attachments that were announced, and not finished in time. */
export async function forgetUnfinished(backend: Backend): Promise<void> {
  const { store } = backend.home;
  const before = day(backend.clock() - unfinishedLife);
  await store.transaction(async (transaction) => {
    for (const filing of await store.filings.before(transaction, before)) {
      await markFiling(store, transaction, filing.site_id, filing.report_id);
    }
    // Of a report that was filed, and whose agent never said that it has shown the receipt.
    for (const draft of await store.drafts.before(transaction, before)) {
      await markDraft(store, transaction, draft.site_id, draft.report_id);
    }
    for (const upload of await store.uploads.unfinishedBefore(transaction, before)) {
      await markUpload(store, transaction, upload.site_id, upload.item_id);
    }
  });
  await finishForgetting(backend);
}

/** Forgets reports older than the days their channel states. */
export async function forgetExpired(backend: Backend): Promise<void> {
  const { store } = backend.home;
  const expired = await store.transaction(async (transaction) => {
    const ids: string[] = [];
    for (const { subject_id: channelId, kind } of await store.statements.list(transaction, backend.siteId)) {
      if (kind !== 'channel') continue;
      const channel = await currentChannel(backend, transaction, channelId);
      if (channel === undefined) continue;
      const before = day(backend.clock() - channel.days * wholeDay);
      ids.push(...(await store.reports.idsBefore(transaction, backend.siteId, channelId, before)));
    }
    for (const id of ids) await markReport(store, transaction, backend.siteId, id);
    return new Set(ids);
  });
  backend.sessions.endAll((session) => isOfReport(session, expired));
  await finishForgetting(backend);
}

async function dropResets(backend: Backend): Promise<void> {
  const { store } = backend.home;
  const now = Math.floor(backend.clock() / 1000);
  await store.transaction((transaction) => store.resets.dropExpired(transaction, now));
}

/** Drops activation links whose time is over, and forgets the box of a way back that nobody took (S11). */
export async function dropActivations(backend: Backend): Promise<void> {
  const { store } = backend.home;
  const now = Math.floor(backend.clock() / 1000);
  await store.transaction(async (transaction) => {
    for (const { user_id } of await store.activations.expired(transaction, now)) {
      await forgetAlone(backend, transaction, user_id, 'restore');
    }
    await store.activations.dropExpired(transaction, now);
  });
  await finishForgetting(backend);
}
