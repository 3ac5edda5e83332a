/** Sends what waits, one mail after another, and tries again with growing waits what no server has taken. */
import { randomBytes } from 'node:crypto';
import { setTimeout as later } from 'node:timers/promises';
import type { MailFailure } from '@sotto/contract/mail';
import { sha256 } from '@sotto/protocol/server/credential';
import { keyBytes } from '@sotto/protocol/sizes';
import { settingVerifier } from '../accounts/credentials.ts';
import type { Backend } from '../backend.ts';
import { codeOf } from '../http/api.ts';
import { encoded } from '../http/encoded.ts';
import type { MailQueueRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';
import { addressOf } from './addresses.ts';
import { resetLife, resetMessage, testMessage } from './messages.ts';
import { forgetMail, userOfMail } from './queue.ts';
import { type MailWay, readMailWay } from './settings.ts';
import type { Mail, MailTransport } from './transport.ts';

/** Milliseconds between two looks at the queue, when nobody wakes it. */
const lookEvery = 10_000;
/** Seconds to the second try; doubled each time, up to an hour. */
const firstWait = 30;
const longestWait = 3600;
/** About a day; then it is forgotten, since nobody waits for it any more. */
const triesMax = 30;
/** Links of one user that may live at a time: whoever asks a hundred times fills no mailbox. */
const livingMax = 3;

/** The one place that sends mail. */
export type PostOffice = {
  /** Begins to look at the queue, now and from time to time. */
  start(): void;
  /** Looks at the queue soon. */
  wake(): void;
  /** Sends one test mail now. @returns null once it was taken, `undefined` while no server is set. */
  test(to: string): Promise<MailFailure | null | undefined>;
  /** Why the last try failed; null when it did not, or there was none. */
  lastFailure(): MailFailure | null;
  /** Ends after the mail that is under way. */
  stop(): Promise<void>;
};

type Ready = {
  readonly entry: MailQueueRow;
  readonly way: MailWay;
  readonly mail: Mail;
  readonly verifier: Uint8Array;
};

/** Opens it; nothing is sent before `start`. */
export function openPostOffice(backend: Backend, transport: MailTransport): PostOffice {
  const { store } = backend.home;
  const stopping = new AbortController();
  let lastFailure: MailFailure | null = null;
  let woken = Promise.withResolvers<void>();

  async function deliverDue(): Promise<void> {
    while (!stopping.signal.aborted) {
      const ready = await store.transaction((transaction) => prepare(backend, transaction));
      if (ready === 'nothing') return;
      if (ready === 'dropped') {
        backend.forgetSoon();
        continue;
      }
      lastFailure = await transport(ready.way.server, ready.mail);
      await settle(backend, ready, lastFailure);
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await deliverDue().catch((error) =>
        backend.log({ entry: 'job-failed', job: 'mail', code: codeOf(error) }),
      );
      const pause = new AbortController();
      const time = later(lookEvery, undefined, { ref: false, signal: pause.signal }).catch(() => {});
      await Promise.race([woken.promise, time]);
      pause.abort();
      woken = Promise.withResolvers<void>();
    }
  }

  let ended: Promise<void> = Promise.resolve();
  return {
    start() {
      ended = run();
    },
    wake: () => woken.resolve(),
    async test(to) {
      const { way, siteName } = await store.transaction(async (transaction) => ({
        way: await readMailWay(backend, transaction),
        siteName: (await store.sites.only(transaction))?.name ?? '',
      }));
      if (way === undefined) return undefined;
      lastFailure = await transport(way.server, { from: way.sender, to, ...testMessage(siteName) });
      return lastFailure;
    },
    lastFailure: () => lastFailure,
    async stop() {
      stopping.abort();
      woken.resolve();
      await ended;
    },
  };
}

/** The next mail with everything looked up. An entry for nobody, or for somebody without an address, is dropped in silence. */
async function prepare(backend: Backend, transaction: Transaction): Promise<Ready | 'dropped' | 'nothing'> {
  const { store, slotFile } = backend.home;
  const now = Math.floor(backend.clock() / 1000);
  const entry = await store.mailQueue.next(transaction, backend.siteId, now);
  if (entry === undefined) return 'nothing';
  const userId = await userOfMail(backend, transaction, entry);
  const way = await readMailWay(backend, transaction);
  const user = userId === undefined ? undefined : await store.users.find(transaction, backend.siteId, userId);
  const to = user === undefined ? null : await addressOf(backend, transaction, user.user_id);
  const mayReset = user !== undefined && user.recovery_verifier !== null;
  const links = mayReset ? await store.resets.living(transaction, backend.siteId, user.user_id, now) : 0;
  if (!mayReset || to === null || way === undefined || links >= livingMax) {
    await forgetMail(backend, transaction, entry);
    return 'dropped';
  }
  const secret = randomBytes(keyBytes);
  const verifier = await settingVerifier(slotFile, sha256(secret));
  // Durable before the mail leaves: whoever is quick finds the link alive.
  await store.resets.add(transaction, {
    site_id: backend.siteId,
    verifier,
    user_id: user.user_id,
    expires: now + resetLife,
    used_by: null,
  });
  const siteName = (await store.sites.only(transaction))?.name ?? '';
  const link = `${way.siteAddress}/login#reset=${encoded(secret)}`;
  secret.fill(0);
  return { entry, way, mail: { from: way.sender, to, ...resetMessage(siteName, link) }, verifier };
}

/** Taken: the entry is forgotten. Not taken: the link that nobody has is gone, and the entry waits longer than before. */
async function settle(
  backend: Backend,
  { entry, verifier }: Ready,
  failure: MailFailure | null,
): Promise<void> {
  const { store } = backend.home;
  const tries = entry.tries + 1;
  await store.transaction(async (transaction) => {
    if (failure !== null) await store.resets.drop(transaction, backend.siteId, verifier);
    if (failure === null || tries >= triesMax) return forgetMail(backend, transaction, entry);
    const wait = Math.min(firstWait * 2 ** entry.tries, longestWait);
    const due = Math.floor(backend.clock() / 1000) + wait;
    return store.mailQueue.postpone(transaction, { ...entry, tries, due });
  });
  if (failure === null) backend.log({ entry: 'mail-sent', tries });
  else backend.log({ entry: 'mail-not-taken', code: failure, tries });
  backend.forgetSoon();
}
