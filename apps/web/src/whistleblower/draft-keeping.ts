/** Keeps the report being written for a reload of this tab, once the person has chosen it (S3); forgets it when they say so. */
import { computed, signal } from '@angular/core';
import type { WhistleblowerAgent } from '@sotto/client/agents';
import type { DraftView, OnProgress, ResumedDraft } from '@sotto/client/views';
import { type Failure, failureOf } from '../platform/remote-call.ts';
import { forgetDraft, rememberDraft, rememberedDraft } from '../platform/tab-memory.ts';

/** A moment of rest in the writing, and how long a line that is gone is left alone; in milliseconds. */
const restBeforeSaving = 1000;
const restAfterFailing = 5000;

/** `asked`: the first time is on its way. `unsaved`: the last changes are not there yet, and it goes on trying. */
export type KeepingState = 'off' | 'asked' | 'saving' | 'saved' | 'unsaved';

export class DraftKeeping {
  private readonly agent: WhistleblowerAgent;
  readonly state = signal<KeepingState>('off');
  /** Why it could not be kept or forgotten. */
  readonly problem = signal<Failure | null>(null);
  /** Whether a reload goes on. */
  readonly kept = computed(() => this.state() !== 'off' && this.state() !== 'asked');
  private newest: DraftView | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private underWay: Promise<unknown> = Promise.resolve();

  constructor(agent: WhistleblowerAgent) {
    this.agent = agent;
  }

  /** The person's choice. Only once the server has it does the tab store the key. */
  async keep(draft: DraftView): Promise<void> {
    if (this.state() !== 'off') return;
    this.problem.set(null);
    this.state.set('asked');
    this.newest = draft;
    try {
      await this.save(draft);
    } catch (error) {
      this.over();
      this.problem.set(failureOf(error));
    }
  }

  /** What is written has changed: it is saved when the writing rests. */
  changed(draft: DraftView): void {
    if (!this.kept()) {
      // Written while the first time is on its way: the next save has it.
      if (this.state() === 'asked') this.newest = draft;
      return;
    }
    if (draft === this.newest) return;
    this.newest = draft;
    this.state.set('saving');
    this.saveIn(restBeforeSaving);
  }

  /** Takes the choice back: the key leaves the tab at once, and the server forgets (S13). */
  async forget(): Promise<void> {
    this.over();
    try {
      await this.underWay.catch(() => {});
      await this.agent.forgetDraft();
    } catch (error) {
      this.problem.set(failureOf(error));
    }
  }

  /** Filed, left or taken back: this tab keeps nothing any more. */
  over(): void {
    clearTimeout(this.timer);
    forgetDraft();
    this.newest = null;
    this.problem.set(null);
    this.state.set('off');
  }

  /** @returns null when there is no such draft any more. */
  async resume(onProgress: OnProgress): Promise<ResumedDraft | null> {
    const key = rememberedDraft();
    const resumed = key === null ? null : await this.agent.resumeDraft(key, onProgress);
    if (resumed?.state !== 'writing') this.over();
    return resumed;
  }

  /** What was kept is in the page again: it is saved already. */
  restored(draft: DraftView): void {
    this.newest = draft;
    this.state.set('saved');
  }

  private saveIn(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const draft = this.newest;
      if (draft === null || !this.kept()) return;
      this.save(draft).catch(() => {
        if (!this.kept()) return;
        this.state.set('unsaved');
        this.saveIn(restAfterFailing);
      });
    }, milliseconds);
  }

  /** One after another, so that an older one never comes last. */
  private async save(draft: DraftView): Promise<void> {
    const saving = this.underWay.catch(() => {}).then(() => this.agent.keepDraft(draft));
    this.underWay = saving;
    const { key } = await saving;
    if (this.state() === 'off') return;
    rememberDraft(key);
    const rests = draft === this.newest;
    this.state.set(rests ? 'saved' : 'saving');
    if (!rests) this.saveIn(restBeforeSaving);
  }
}
