/**
 * An open report and what is said in it (S6, S7), the same for both sides. What was lost on the way is sent again as it was,
 * so that nothing is there twice.
 */
import type { ItemRequest } from '@sotto/contract/report';
import { fromBase64url, parseUuid, type Uuid } from '@sotto/protocol/bytes';
import type { Reachable } from './directory.ts';
import type { Environment } from './environment.ts';
import { ClientError } from './errors.ts';
import { commentRequest, describedName, fileRequest, grantRequest, type WritingPlace } from './items.ts';
import type { OpenReport } from './open-report.ts';
import { descriptionOf, OutgoingFiles } from './outgoing-files.ts';
import { download, downloadInto, type FileRoutes, type FileTarget, isSameFile } from './transfer.ts';
import type { OnProgress, PickedFile, ReportView } from './views.ts';

/** What differs between the two sides. */
export type ReportCalls = {
  /** A user's id; null for the whistleblower. */
  readonly author: Uuid | null;
  read(): Promise<OpenReport>;
  write(request: ItemRequest): Promise<unknown>;
  file(id: Uuid): FileRoutes;
};

export class Conversation {
  readonly #environment: Environment;
  readonly #calls: ReportCalls;
  readonly #files: OutgoingFiles;
  /** Built and perhaps sent, not yet seen in the report: by what the person did. */
  readonly #unseen = new Map<string, ItemRequest>();
  /** Files whose item is acknowledged: what is left is to send the rest of them. */
  readonly #written = new Set<Uuid>();
  #open: OpenReport | null = null;

  constructor(environment: Environment, calls: ReportCalls) {
    this.#environment = environment;
    this.#calls = calls;
    this.#files = new OutgoingFiles(environment);
  }

  /** Reads the report anew. */
  async read(): Promise<ReportView> {
    this.#open = await this.#calls.read();
    return this.#open.view;
  }

  async comment(text: string): Promise<ReportView> {
    const act = `comment ${text}`;
    await this.#write(act, (place) => commentRequest(this.#environment.library, place, text));
    return await this.#done(act);
  }

  /** Writes the `file` item once, then sends what the server misses of the file. One that was begun before a reload goes on. */
  async attach(name: string, picked: PickedFile, onProgress: OnProgress): Promise<ReportView> {
    if (!this.#files.knows(name)) await this.#takeUp(name, picked);
    const { id, content } = this.#files.fileOf(name, descriptionOf(picked));
    if (!this.#written.has(id)) {
      await this.#write(`file ${name}`, (place) =>
        fileRequest(this.#environment.library, place, id, content),
      );
      this.#written.add(id);
    }
    await this.#files.send(name, this.#calls.file(id), picked, onProgress);
    const view = await this.#done(`file ${name}`);
    this.#files.remove(name);
    return view;
  }

  /** Gives the report to one more person (S8). */
  async grant(to: Reachable): Promise<ReportView> {
    const act = `grant ${to.id}`;
    if (this.#open === null) await this.read();
    // It was given on an answer that was lost, or by somebody else.
    if (!this.#opened().response.holders.includes(to.id))
      await this.#write(act, (place) => grantRequest(this.#environment.library, place, to));
    return await this.#done(act);
  }

  pause(name: string): void {
    this.#files.pause(name);
  }

  async download(fileId: string, onProgress: OnProgress): Promise<Blob> {
    const { routes, file, type } = this.#fileOf(fileId);
    return await download(this.#environment, routes, file, type, onProgress);
  }

  async downloadInto(fileId: string, target: FileTarget, onProgress: OnProgress): Promise<void> {
    const { routes, file } = this.#fileOf(fileId);
    await downloadInto(this.#environment, routes, file, target, onProgress);
  }

  #fileOf(fileId: string) {
    const content = this.#open?.files.get(fileId);
    if (content === undefined) throw new ClientError('NOTHING_OPEN');
    const { key, size, type } = content;
    return { routes: this.#calls.file(parseUuid(fileId)), file: { key: fromBase64url(key), size }, type };
  }

  /** Looks for a file of one's own that is not whole and is the one picked now (S7); else it is a new upload. */
  async #takeUp(name: string, picked: PickedFile): Promise<void> {
    if (this.#open === null) await this.read();
    const underWay = new Set(this.#files.all().map(({ id }) => id));
    for (const { id, content } of this.#opened().unfinished) {
      if (underWay.has(id) || content.name !== describedName(picked.name)) continue;
      const key = fromBase64url(content.key);
      const file = { key, size: content.size };
      const same = await isSameFile(this.#environment, this.#calls.file(id), file, picked.content).catch(
        forgottenIsAnother,
      );
      if (!same) continue;
      this.#files.takeUp(name, { id, content, key });
      this.#files.isSame(name);
      this.#written.add(id);
      return;
    }
  }

  /** The report with what was written in it: only from now on the same act is another one. */
  async #done(act: string): Promise<ReportView> {
    const view = await this.read();
    this.#unseen.delete(act);
    return view;
  }

  /** Sends a request until it is acknowledged; once more, read and built anew, when epoch or holders changed meanwhile (S8). */
  async #write(act: string, build: (place: WritingPlace) => ItemRequest): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      if (this.#open === null) await this.read();
      const request = this.#unseen.get(act) ?? build({ ...this.#opened(), author: this.#calls.author });
      this.#unseen.set(act, request);
      try {
        await this.#calls.write(request);
        return;
      } catch (failure) {
        const moved = failure instanceof ClientError && failure.code === 'EPOCH_MOVED';
        // Refused, it was not kept: what is built next time may differ.
        if (moved) this.#unseen.delete(act);
        if (!moved || tries > 0) throw failure;
        this.#open = null;
      }
    }
  }

  #opened(): OpenReport {
    if (this.#open === null) throw new ClientError('NOTHING_OPEN');
    return this.#open;
  }
}

/** What never became whole is forgotten after a day; its item stays. */
function forgottenIsAnother(failure: unknown): false {
  if (failure instanceof ClientError && failure.code === 'NOT_FOUND') return false;
  throw failure;
}
