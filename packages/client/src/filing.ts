/** A report being written (S4): its keys are made once, its files go up while the person still writes, and it lands whole or not at all. */

import { answersSize, askedAnswers } from '@sotto/contract/answering';
import { type AnswersContent, type DraftContent, titleMaxLength } from '@sotto/contract/items';
import type { Answers, Questionnaire } from '@sotto/contract/questionnaire';
import type { SubmitRequest } from '@sotto/contract/report';
import { type Bytes, fromBase64url, parseUuid, toBase64url, type Uuid } from '@sotto/protocol/bytes';
import { credentialHash, makeReceipt, receiptBytes, stretchCredential } from '@sotto/protocol/credential';
import { boxIdentity, type Identity, makeIdentity } from '@sotto/protocol/identity';
import { type ItemKind, sealItem } from '@sotto/protocol/item';
import type { ReportKey } from '@sotto/protocol/key-carrier';
import type { Library } from '@sotto/protocol/library';
import { makeReportKey, reportCheck, sealReportKey } from '@sotto/protocol/report';
import { paddedFileSize } from '@sotto/protocol/sizes';
import { type Channel, type Person, reachable } from './directory.ts';
import type { Environment } from './environment.ts';
import { ClientError } from './errors.ts';
import { newId } from './items.ts';
import { KeptDraft } from './kept-draft.ts';
import { descriptionOf, type OutgoingFile, OutgoingFiles } from './outgoing-files.ts';
import type { Server } from './server.ts';
import { arrivedShare, type FileRoutes, isSameFile } from './transfer.ts';
import type { DraftView, OnProgress, PickedFile, ResumedFile } from './views.ts';

type Holder = Person & { publicKey: Bytes };
/** What was built for one set of answers: sent again after a lost answer, it is the same to the byte. */
type Submission = { readonly of: string; readonly request: SubmitRequest };

export class Filing {
  readonly identity: Identity;
  readonly reportKey: ReportKey;
  readonly #environment: Environment;
  readonly #server: Server;
  readonly #receipt: string;
  readonly #files: OutgoingFiles;
  #session: Promise<string> | null;
  #kept: KeptDraft | null;
  #submission: Submission | null = null;

  /** @param resumed of a kept draft: the filing goes on as the same report. */
  constructor(environment: Environment, server: Server, resumed?: { kept: KeptDraft; session: string }) {
    this.#environment = environment;
    this.#server = server;
    this.#files = new OutgoingFiles(environment);
    const { reportKey, identity, receipt } = resumed?.kept.keys ?? newKeys(environment.library);
    this.identity = identity;
    this.reportKey = reportKey;
    this.#receipt = receipt;
    this.#kept = resumed?.kept ?? null;
    this.#session = resumed === undefined ? null : Promise.resolve(resumed.session);
  }

  /** Keeps what is written so far for a reload of the tab (S3). @returns the key for the tab, the same each time. */
  async keep({ channelId, place, step, answers, files }: DraftView): Promise<string> {
    const { library } = this.#environment;
    this.#kept ??= KeptDraft.make(library, {
      reportKey: this.reportKey,
      identity: this.identity,
      receipt: this.#receipt,
    });
    const kept = this.#kept;
    const body = kept.request({
      channel: channelId === null ? null : parseUuid(channelId),
      place,
      step,
      answers,
      files: files.map((file) => {
        const { id, content } = this.#files.fileOf(file.id, file);
        return { name: parseUuid(file.id), id, content };
      }),
    });
    await this.#withSession((session) => this.#server.call('keepDraft', { session, body }));
    return kept.key;
  }

  get isKept(): boolean {
    return this.#kept !== null;
  }

  /** Forgets the kept draft at once (S13); the report can still be filed from here. */
  async forgetDraft(): Promise<void> {
    this.#kept = null;
    await this.#withSession((session) => this.#server.call('forgetDraft', { session }));
  }

  /** Takes up what a kept draft says of the files. @returns of each how much has arrived. */
  async takeUp(files: DraftContent['files']): Promise<readonly ResumedFile[]> {
    return await Promise.all(
      files.map(async ({ name, id, content }) => {
        this.#files.takeUp(name, { id, content, key: fromBase64url(content.key) });
        // Not announced before the reload, or forgotten since: nothing of it is there.
        const arrived = await this.#fileRoutes(id).state().then(arrivedShare, notThereIsNothing);
        return { id: name, name: content.name, type: content.type, size: content.size, arrived };
      }),
    );
  }

  /** Leaves the report unwritten: files and draft are forgotten (S13). */
  async drop(): Promise<void> {
    if (this.#session !== null)
      await this.#withSession((session) => this.#server.call('dropFiling', { session }));
  }

  /** Uploads a file ahead of the report that will name it; called again for the same name, it goes on where it was. */
  async attach(name: string, picked: PickedFile, onProgress: OnProgress): Promise<void> {
    await this.#compare(name, picked);
    const file = this.#files.fileOf(name, descriptionOf(picked));
    await this.#announce(file);
    await this.#files.send(name, this.#fileRoutes(file.id), picked, onProgress);
  }

  /** A file picked again after a reload goes on if it is the same; else it is a new upload (S7). */
  async #compare(name: string, picked: PickedFile): Promise<void> {
    const begun = this.#files.begunBefore(name);
    if (begun === undefined) return;
    const file = { key: begun.key, size: begun.content.size };
    await this.#announce(begun);
    if (await isSameFile(this.#environment, this.#fileRoutes(begun.id), file, picked.content))
      this.#files.isSame(name);
    else await this.remove(name);
  }

  async #announce({ id, content }: OutgoingFile): Promise<void> {
    const body = { file: id, size: paddedFileSize(content.size) };
    await this.#withSession((session) => this.#server.call('announceFile', { session, body }));
  }

  pause(name: string): void {
    this.#files.pause(name);
  }

  async remove(name: string): Promise<void> {
    const file = this.#files.remove(name);
    if (file === undefined) return;
    const path = { file: file.id };
    await this.#withSession((session) => this.#server.call('withdrawFile', { session, path }));
  }

  /** @returns the receipt and the session, which has become that of the filed report. */
  async submit(
    channel: Channel,
    questionnaire: Questionnaire,
    given: Answers,
    receiptSalt: Bytes,
    onProgress: OnProgress,
  ): Promise<{ receipt: string; session: string }> {
    const holders = reachable(channel);
    const answers = askedAnswers(questionnaire, given);
    const { bytes, most } = answersSize(answers);
    if (bytes > most) throw new ClientError('TEXT_TOO_LONG');
    if (holders.length === 0) throw new ClientError('CHANNEL_NOT_OFFERED');
    const of = JSON.stringify([
      channel.body.id,
      holders.map(({ id }) => id),
      questionnaire,
      answers,
      this.#files.all().map(({ name }) => name),
    ]);
    if (this.#submission?.of !== of) {
      const request = await this.#build(channel, holders, questionnaire, answers, receiptSalt, onProgress);
      this.#submission = { of, request };
    }
    const { request } = this.#submission;
    await this.#begin(onProgress);
    onProgress({ stage: 'sending', done: 0, total: 1 });
    await this.#withSession((session) => this.#server.call('submit', { session, body: request, onProgress }));
    onProgress({ stage: 'sending', done: 1, total: 1 });
    return { receipt: this.#receipt, session: await this.#begin() };
  }

  async #build(
    channel: Channel,
    holders: readonly Holder[],
    questionnaire: Questionnaire,
    answers: Answers,
    receiptSalt: Bytes,
    onProgress: OnProgress,
  ): Promise<SubmitRequest> {
    const { library, stretcher, agent } = this.#environment;
    const credential = await stretchCredential(
      library,
      stretcher,
      'receipt',
      receiptBytes(this.#receipt),
      receiptSalt,
      (done) => onProgress({ stage: 'stretching', done: Math.round(done * 1000), total: 1000 }),
    );
    const content: AnswersContent = {
      siteKey: channel.siteKey,
      channel: channel.body.id,
      questionnaire,
      answers,
      agent,
      holders: holders.map(({ id, publicKey }) => ({ id, publicKey: toBase64url(publicKey) })),
    };
    return {
      channel: channel.body.id,
      publicKey: toBase64url(this.identity.publicKey),
      credential: toBase64url(credentialHash(library, credential)),
      identity: toBase64url(boxIdentity(library, credential.wrapKey, this.identity)),
      seal: toBase64url(sealReportKey(library, this.identity.publicKey, this.reportKey)),
      seals: holders.map(({ id, publicKey }) => ({
        holder: id,
        seal: toBase64url(sealReportKey(library, publicKey, this.reportKey)),
      })),
      answers: this.#item('answers', newId(library), content),
      summary: this.#item('summary', newId(library), { title: titleOf(answers) }),
      files: this.#files.all().map((file) => this.#item('file', file.id, file.content)),
    };
  }

  #item(kind: ItemKind, item: Uuid, content: unknown): { id: Uuid; box: string } {
    const { report, key } = this.reportKey;
    const place = { kind, report, item, author: null };
    return {
      id: item,
      box: toBase64url(sealItem(this.#environment.library, key, place, { seen: null, content })),
    };
  }

  #fileRoutes(file: Uuid): FileRoutes {
    const server = this.#server;
    const path = { file };
    return {
      state: () => this.#withSession((session) => server.call('ownFile', { session, path })),
      put: (index, body) =>
        this.#withSession((session) => server.call('putOwnChunk', { session, path: { file, index }, body })),
      get: (index) =>
        this.#withSession((session) => server.call('getOwnChunk', { session, path: { file, index } })),
    };
  }

  /** One session for the whole filing; a second caller waits for the first one's. */
  #begin(onProgress?: OnProgress): Promise<string> {
    this.#session ??= this.#server
      .call('startFiling', {
        session: null,
        ...(onProgress === undefined ? {} : { onProgress }),
        body: {
          report: this.reportKey.report,
          check: toBase64url(reportCheck(this.#environment.library, this.reportKey)),
        },
      })
      .then(
        ({ session }) => session,
        (failure: unknown) => {
          this.#session = null;
          throw failure;
        },
      );
    return this.#session;
  }

  /** A session that ended meanwhile costs nothing: the check value of R opens another for the same report. */
  async #withSession<T>(act: (session: string) => Promise<T>): Promise<T> {
    const begun = this.#begin();
    const session = await begun;
    try {
      return await act(session);
    } catch (failure) {
      if (!(failure instanceof ClientError) || failure.code !== 'SESSION_ENDED') throw failure;
      if (this.#session === begun) this.#session = null;
      return await act(await this.#begin());
    }
  }
}

/** What a new report is made of: nothing of it is known to anybody yet. */
function newKeys(library: Library) {
  const report = newId(library);
  const identity = makeIdentity(library, report);
  const reportKey = makeReportKey(library, report, identity.publicKey);
  return { reportKey, identity, receipt: makeReceipt(library.random) };
}

function notThereIsNothing(failure: unknown): 0 {
  if (failure instanceof ClientError && failure.code === 'NOT_FOUND') return 0;
  throw failure;
}

/** The first line of the title the person gave, for lists. */
function titleOf(answers: Answers): string {
  const line = (answers['title'] ?? '').split('\n')[0] ?? '';
  return [...line].slice(0, titleMaxLength / 2).join('');
}
