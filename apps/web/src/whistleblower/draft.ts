/** The report being written: it lives in this tab's memory, and is gone with it unless the person chose to keep it. */
import { computed, Injectable, inject, signal } from '@angular/core';
import type { DraftView, ResumedFile } from '@sotto/client/views';
import { submittedFilesMax } from '@sotto/contract/answer-limits';
import type { Answers } from '@sotto/contract/questionnaire';
import { WHISTLEBLOWER_AGENT } from '../platform/agents.ts';
import { UploadQueue } from '../shared/upload-queue.ts';

@Injectable({ providedIn: 'root' })
export class Draft {
  private readonly agent = inject(WHISTLEBLOWER_AGENT);
  readonly channelId = signal<string | null>(null);
  readonly answers = signal<Answers>({});
  readonly files = new UploadQueue(
    (id, file, onProgress) => this.agent.attachToDraft(id, file, onProgress),
    (id) => this.agent.pause(id),
  );
  /** How many more files the report can begin with; one that is to be picked again has its place. */
  readonly filesLeft = computed(() => submittedFilesMax - this.files.uploads().length + this.files.again());
  readonly answered = computed(
    () => Object.values(this.answers()).filter((answer) => answer.trim() !== '').length,
  );
  /** Whether there is anything that closing the page would lose. */
  readonly begun = computed(() => this.files.uploads().length > 0 || this.answered() > 0);
  /** Which files there are; how far each is changes nothing here. */
  private readonly fileList = computed(
    () => this.files.uploads().map(({ id, name, type, size }) => ({ id, name, type, size })),
    { equal: (before, now) => JSON.stringify(before) === JSON.stringify(now) },
  );
  /** What a kept draft keeps, but for the place. */
  readonly content = computed(
    (): Omit<DraftView, 'place' | 'step'> => ({
      channelId: this.channelId(),
      answers: this.answers(),
      files: this.fileList(),
    }),
  );

  answer(key: string, answer: string): void {
    this.answers.update((answers) => ({ ...answers, [key]: answer }));
  }

  /** Takes a file out, here and on the server, whatever had arrived of it. */
  async removeFile(id: string): Promise<void> {
    this.files.remove(id);
    // What cannot be removed now is forgotten by the server after a day.
    await this.agent.removeFromDraft(id).catch(() => {});
  }

  /** Puts what was kept back where it was. */
  restore({ channelId, answers, files }: DraftView<ResumedFile>): void {
    this.channelId.set(channelId);
    this.answers.set(answers);
    this.files.restore(files);
  }

  /** Filed or left: nothing of it stays in the page. */
  clear(): void {
    this.files.clear();
    this.answers.set({});
    this.channelId.set(null);
  }
}
