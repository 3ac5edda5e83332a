/** The whistleblower's agent: files a report, comes back to it by its receipt, writes and downloads (S4–S7). */
import { questionnaire } from '@sotto/contract/built-in-questionnaire';
import type { Answers } from '@sotto/contract/questionnaire';
import type { OpenSite } from '@sotto/contract/site';
import { fromBase64url, toBase64url } from '@sotto/protocol/bytes';
import { receiptBytes, stretchCredential } from '@sotto/protocol/credential';
import { type Identity, openIdentity } from '@sotto/protocol/identity';
import { openReportKey } from '@sotto/protocol/report';
import type { WhistleblowerAgent } from './agents.ts';
import { Conversation } from './conversation.ts';
import { type Directory, openDirectory, siteView } from './directory.ts';
import type { Environment } from './environment.ts';
import { ClientError } from './errors.ts';
import { Filing } from './filing.ts';
import { readAllItems } from './items.ts';
import { KeptDraft } from './kept-draft.ts';
import { readReport } from './open-report.ts';
import { patiently } from './patience.ts';
import { connect, type Server } from './server.ts';
import { SessionLife } from './session-life.ts';
import type { OnProgress } from './views.ts';

/** What is open between two acts: everything here is gone with the worker. */
type Session = { readonly id: string; readonly identity: Identity; readonly life: SessionLife };

export function createWhistleblowerAgent(environment: Environment): WhistleblowerAgent {
  const { library, stretcher } = environment;
  const server: Server = connect(environment);
  let linkKey: string | null = null;
  let site: { readonly response: OpenSite; readonly directory: Directory } | null = null;
  let filing: Filing | null = null;
  let submitting: Promise<{ receipt: string }> | null = null;
  let session: Session | null = null;
  let conversation: Conversation | null = null;
  /** After the report is filed: leaving waits for it. */
  let forgettingDraft: Promise<unknown> = Promise.resolve();

  /** The directory as it is now; a key other than the first one seen is refused for as long as the tab lives. */
  async function fetchSite() {
    const response = await server.call('site', { session: null });
    if (response.state === 'unclaimed') return { response, directory: null };
    const directory = openDirectory(library, response, linkKey ?? site?.response.publicKey ?? null);
    site = { response, directory };
    return { response, directory };
  }

  async function openSiteNow(): Promise<{ response: OpenSite; directory: Directory }> {
    await fetchSite();
    if (site === null) throw new ClientError('NOT_SET_UP');
    return site;
  }

  async function submit(
    channelId: string,
    answers: Answers,
    onProgress: OnProgress,
  ): Promise<{ receipt: string }> {
    const { response, directory } = await openSiteNow();
    const channel = [...directory.channels.values()].find(({ body }) => body.id === channelId);
    if (channel === undefined) throw new ClientError('CHANNEL_NOT_OFFERED');
    filing ??= new Filing(environment, server);
    const salt = fromBase64url(response.receiptSalt);
    const filed = await filing.submit(channel, questionnaire, answers, salt, onProgress);
    enter(opened(filed.session, filing.identity));
    if (filing.isKept) forgetKeptDraft(filed.session);
    filing = null;
    return { receipt: filed.receipt };
  }

  const opened = (id: string, identity: Identity): Session => ({
    id,
    identity,
    life: new SessionLife(environment, server, id),
  });

  /** Once the receipt is here, the vault that holds it is forgotten. Nobody waits: at the latest it goes by itself. */
  function forgetKeptDraft(sessionId: string): void {
    const never = new AbortController().signal;
    const forget = () => server.call('forgetDraft', { session: sessionId });
    forgettingDraft = patiently(forget, environment.wait, never).catch(() => {});
  }

  /** S5. */
  async function comeBack(receipt: string, onProgress: OnProgress): Promise<Conversation> {
    const secret = receiptBytes(receipt);
    const { response } = await openSiteNow();
    const credential = await stretchCredential(
      library,
      stretcher,
      'receipt',
      secret,
      fromBase64url(response.receiptSalt),
      (done) => onProgress({ stage: 'stretching', done: Math.round(done * 1000), total: 1000 }),
    );
    const answer = await server.call('returnWithReceipt', {
      session: null,
      body: { authKey: toBase64url(credential.authKey) },
      onProgress,
    });
    const identity = openIdentity(library, credential.wrapKey, answer.report, fromBase64url(answer.identity));
    return enter(opened(answer.session, identity));
  }

  /** The report of a session, as its whistleblower reads and writes it; a later session of the same report goes on with it. */
  function converse(identity: Identity): Conversation {
    const now = (): Session => {
      if (session === null) throw new ClientError('NOTHING_OPEN');
      return session;
    };
    return new Conversation(environment, {
      author: null,
      async read() {
        const { id: sessionId } = now();
        const { directory } = site ?? (await openSiteNow());
        const response = await server.call('ownReport', { session: sessionId });
        const seal = fromBase64url(response.seal);
        const key = openReportKey(library, identity, seal, identity.owner, response.epoch);
        const items = await readAllItems((after) =>
          server.call('ownItems', { session: sessionId, query: { after: String(after) } }),
        );
        return readReport(library, directory, null, key, response, items);
      },
      write: async (body) => await server.call('writeOwnItem', { session: now().id, body }),
      file: (file) => ({
        state: async () => await server.call('ownFile', { session: now().id, path: { file } }),
        async put(index, body) {
          await now().life.keep();
          return await server.call('putOwnChunk', { session: now().id, path: { file, index }, body });
        },
        async get(index) {
          await now().life.keep();
          return await server.call('getOwnChunk', { session: now().id, path: { file, index } });
        },
      }),
    });
  }

  /** What was on its way when a session ended is sent again as it was, so that nothing is there twice. */
  function enter(begun: Session): Conversation {
    const sameReport = session?.identity.owner === begun.identity.owner;
    session = begun;
    conversation = (sameReport ? conversation : null) ?? converse(begun.identity);
    return conversation;
  }

  function openConversation(): Conversation {
    if (conversation === null) throw new ClientError('NOTHING_OPEN');
    return conversation;
  }

  return {
    async openSite(key) {
      linkKey = key ?? linkKey;
      const { response, directory } = await fetchSite();
      return siteView(library, response, directory, linkKey);
    },

    async attachToDraft(fileId, file, onProgress) {
      filing ??= new Filing(environment, server);
      await filing.attach(fileId, file, onProgress);
    },

    async removeFromDraft(fileId) {
      await filing?.remove(fileId);
    },

    async submit(channelId, answers, onProgress) {
      // A second click while the first is on its way waits for the same receipt.
      submitting ??= submit(channelId, answers, onProgress).finally(() => {
        submitting = null;
      });
      return await submitting;
    },

    async keepDraft(draft) {
      filing ??= new Filing(environment, server);
      return { key: await filing.keep(draft) };
    },

    async resumeDraft(key, onProgress) {
      const body = { name: KeptDraft.nameOf(library, key) };
      const answer = await server.call('resumeDraft', { session: null, body }).catch(notThereIsNull);
      if (answer === null) return null;
      const { kept, content } = KeptDraft.open(library, key, answer);
      if (content === null) {
        const { receipt } = kept.keys;
        await comeBack(receipt, onProgress);
        if (session !== null) forgetKeptDraft(session.id);
        return { state: 'filed', receipt };
      }
      const resumed = new Filing(environment, server, { kept, session: answer.session });
      const files = await resumed.takeUp(content.files);
      filing = resumed;
      const { channel: channelId, place, step, answers } = content;
      return { state: 'writing', draft: { channelId, place, step, answers, files } };
    },

    async forgetDraft() {
      await filing?.forgetDraft();
    },

    returnWith: async (receipt, onProgress) => await (await comeBack(receipt, onProgress)).read(),
    refresh: async () => await openConversation().read(),
    comment: async (text) => await openConversation().comment(text),
    attach: async (fileId, file, onProgress) => await openConversation().attach(fileId, file, onProgress),
    download: async (fileId, onProgress) => await openConversation().download(fileId, onProgress),

    downloadInto: async (fileId, target, onProgress) =>
      await openConversation().downloadInto(fileId, target, onProgress),

    async pause(fileId) {
      filing?.pause(fileId);
      conversation?.pause(fileId);
    },

    sessionLeft: async () => session?.life.left() ?? null,
    async renewSession(onProgress) {
      if (session === null) throw new ClientError('NOTHING_OPEN');
      await session.life.renew(onProgress);
      return session.life.left();
    },

    async leave() {
      const [ended, left] = [session, filing];
      session = null;
      conversation = null;
      filing = null;
      // What cannot be said now happens by itself after a day.
      await left?.drop().catch(() => {});
      await forgettingDraft;
      if (ended !== null) await server.call('endSession', { session: ended.id });
    },
  };
}

function notThereIsNull(failure: unknown): null {
  if (failure instanceof ClientError && failure.code === 'NOT_FOUND') return null;
  throw failure;
}
