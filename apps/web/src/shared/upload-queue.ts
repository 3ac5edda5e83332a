/** Files going to the server one after another, so that a slow line finishes one before it begins the next. */
import { computed, signal } from '@angular/core';
import type { FileView, OnProgress, PickedFile, ResumedFile } from '@sotto/client/views';
import { paddedFileSize } from '@sotto/protocol/sizes';
import { randomId } from '../platform/random-id.ts';
import { failureOf } from '../platform/remote-call.ts';
import type { Upload } from './ui/upload-list.ts';

/** Sends one file, by the page's name for it; resolves when all of it is durable. */
export type SendFile = (id: string, file: PickedFile, onProgress: OnProgress) => Promise<void>;

/** Stops sending a file; what arrived is kept. */
export type PauseFile = (id: string) => Promise<void>;

/** What files take of a report's bound, in bytes: each with its padding (S12). */
function paddedTotal(files: readonly { readonly size: number }[]): number {
  return files.reduce((sum, { size }) => sum + paddedFileSize(size), 0);
}

/** What the files of a report take of its bound. One that is not whole is not counted, so that it can be picked again. */
export function takenBy(files: readonly FileView[]): number {
  return paddedTotal(files.filter(({ whole }) => whole));
}

export class UploadQueue {
  private readonly list = signal<readonly Upload[]>([]);
  private readonly send: SendFile;
  private readonly stop: PauseFile;
  /** One file at a time, until its act has ended. */
  private busy = false;
  readonly uploads = this.list.asReadonly();
  /** With their padding, as the site counts them; a file that is to be picked again is counted when it is. */
  readonly bytes = computed(() => paddedTotal(this.list().filter(({ state }) => state !== 'again')));
  /** Files that wait, rest or are on their way. */
  readonly underWay = computed(() => this.count('waiting', 'sending', 'paused'));
  /** Files that were begun before a reload, and go on once they are picked again. */
  readonly again = computed(() => this.count('again'));
  readonly failed = computed(() => this.list().filter(({ state }) => typeof state === 'object').length);

  constructor(send: SendFile, stop: PauseFile) {
    this.send = send;
    this.stop = stop;
  }

  /** A file that looks like one to be picked again takes its place. */
  add(files: readonly File[]): void {
    for (const file of files) {
      const begun = this.list().find(
        ({ state, name, size }) => state === 'again' && name === file.name && size === file.size,
      );
      if (begun !== undefined) this.change(begun.id, { file, state: 'waiting' });
      else this.list.update((uploads) => [...uploads, added(file)]);
    }
    void this.next();
  }

  /** Shows the files of a kept draft: what has arrived is there, the rest waits to be picked again. */
  restore(files: readonly ResumedFile[]): void {
    this.list.set(
      files.map(({ id, name, type, size, arrived }) => ({
        id,
        name,
        type,
        size,
        file: null,
        state: arrived === 1 ? 'sent' : 'again',
        progress: { stage: 'sending', done: arrived * size, total: size },
        since: 0,
      })),
    );
  }

  /** Lets a file rest, now or when its turn comes; the next one begins. */
  pause(id: string): void {
    const sending = this.list().some((upload) => upload.id === id && upload.state === 'sending');
    this.change(id, { state: 'paused' });
    if (sending) void this.stop(id);
  }

  /** Sends a file that failed or rests, from where it was. */
  retry(id: string): void {
    this.change(id, { state: 'waiting' });
    void this.next();
  }

  /** Takes a file out; the next one begins. What the server has of it is the caller's to remove. */
  remove(id: string): void {
    this.list.update((uploads) => uploads.filter((upload) => upload.id !== id));
    void this.next();
  }

  clear(): void {
    this.list.set([]);
  }

  private async next(): Promise<void> {
    if (this.busy) return;
    const upload = this.list().find(({ state }) => state === 'waiting');
    if (upload === undefined || upload.file === null) return;
    this.busy = true;
    this.change(upload.id, { state: 'sending', since: performance.now() });
    try {
      const { name, type } = upload;
      const picked = { name, type, content: upload.file };
      await this.send(upload.id, picked, (progress) => this.change(upload.id, { progress }));
      this.change(upload.id, { state: 'sent', progress: null });
    } catch (error) {
      const failure = failureOf(error);
      // Paused, it has its state already; its progress stays to be seen.
      if (failure.code !== 'PAUSED') this.change(upload.id, { state: failure, progress: null });
    }
    this.busy = false;
    await this.next();
  }

  private count(...states: readonly Upload['state'][]): number {
    return this.list().filter(({ state }) => states.includes(state)).length;
  }

  /** Does nothing for a file that was taken out meanwhile. */
  private change(id: string, change: Partial<Upload>): void {
    this.list.update((uploads) =>
      uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)),
    );
  }
}

function added(file: File): Upload {
  const { name, type, size } = file;
  return { id: randomId(), name, type, size, file, state: 'waiting', progress: null, since: 0 };
}
