/** Files on their way out, by the page's own name for each: asked again, a file goes on as the same file with the same key (S7). */
import type { FileContent } from '@sotto/contract/items';
import type { Bytes, Uuid } from '@sotto/protocol/bytes';
import type { Environment } from './environment.ts';
import { ClientError } from './errors.ts';
import { describeFile, newId } from './items.ts';
import { type FileRoutes, upload } from './transfer.ts';
import type { FileDescription, OnProgress, PickedFile } from './views.ts';

/** Its id is that of the `file` item and of the upload. */
export type OutgoingFile = { readonly id: Uuid; readonly content: FileContent; readonly key: Bytes };

export class OutgoingFiles {
  readonly #environment: Environment;
  readonly #byName = new Map<string, OutgoingFile>();
  readonly #sending = new Map<string, AbortController>();
  /** Begun before a reload: what is picked for them now may be another file. */
  readonly #begunBefore = new Set<string>();

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** The file of this name, described with a new key the first time. */
  fileOf(name: string, described: FileDescription): OutgoingFile {
    const { library } = this.#environment;
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const made = { id: newId(library), ...describeFile(library, described) };
    this.#byName.set(name, made);
    return made;
  }

  all(): readonly (OutgoingFile & { readonly name: string })[] {
    return [...this.#byName].map(([name, file]) => ({ name, ...file }));
  }

  knows(name: string): boolean {
    return this.#byName.has(name);
  }

  /** Takes a file up that was begun before a reload. */
  takeUp(name: string, file: OutgoingFile): void {
    this.#byName.set(name, file);
    this.#begunBefore.add(name);
  }

  /** The file, as long as nobody has said that what is picked now is the same. */
  begunBefore(name: string): OutgoingFile | undefined {
    return this.#begunBefore.has(name) ? this.#byName.get(name) : undefined;
  }

  /** What is picked now is the file that was begun. */
  isSame(name: string): void {
    this.#begunBefore.delete(name);
  }

  /** Stops sending and forgets the file. @returns it, if it was known. */
  remove(name: string): OutgoingFile | undefined {
    this.pause(name);
    const file = this.#byName.get(name);
    this.#byName.delete(name);
    this.#begunBefore.delete(name);
    return file;
  }

  /** Stops sending; what arrived is kept, and sending again goes on from there. */
  pause(name: string): void {
    this.#sending.get(name)?.abort(new ClientError('PAUSED'));
  }

  /** Sends what the server misses of a file. @throws ClientError `PAUSED` when it was paused or removed meanwhile. */
  async send(name: string, routes: FileRoutes, picked: PickedFile, onProgress: OnProgress): Promise<void> {
    const { content, key } = this.fileOf(name, descriptionOf(picked));
    const sending = new AbortController();
    this.#sending.set(name, sending);
    try {
      const file = { key, size: content.size };
      await upload(this.#environment, routes, file, picked.content, sending.signal, onProgress);
    } finally {
      if (this.#sending.get(name) === sending) this.#sending.delete(name);
    }
  }
}

export function descriptionOf({ name, type, content }: PickedFile): FileDescription {
  return { name, type, size: content.size };
}
