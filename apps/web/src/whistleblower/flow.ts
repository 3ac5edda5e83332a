/** Where the whistleblower is, and every act that leads on. No address changes: the place is known to this tab alone. */
import { computed, effect, Injectable, inject, signal, untracked } from '@angular/core';
import type { DraftView, OnProgress, Progress, ReportView, SiteView } from '@sotto/client/views';
import { WHISTLEBLOWER_AGENT } from '../platform/agents.ts';
import { linkKey } from '../platform/fragment.ts';
import { askBeforeLeaving, leaveQuickly } from '../platform/leaving.ts';
import { type Failure, failedBy, failureOf } from '../platform/remote-call.ts';
import { showAccent } from '../platform/site-colour.ts';
import { rememberedDraft } from '../platform/tab-memory.ts';
import { SessionWatch } from '../shared/session-watch.ts';
import type { FetchFile } from '../shared/ui/report-files.ts';
import { UploadQueue } from '../shared/upload-queue.ts';
import { FIRST_VIEW_WORDS } from '../words/first-view-catalogue.ts';
import { Draft } from './draft.ts';
import { DraftKeeping } from './draft-keeping.ts';

export type Place =
  | 'home'
  | 'draft'
  | 'channel'
  | 'step'
  | 'review'
  | 'sending'
  | 'receipt'
  | 'return'
  | 'report';

/** Where "leave quickly" goes while the site's own choice is not known yet: a page that nobody wonders about. */
const exitBeforeSite = 'https://www.wikipedia.org/';

@Injectable({ providedIn: 'root' })
export class WhistleblowerFlow {
  private readonly agent = inject(WHISTLEBLOWER_AGENT);
  private readonly words = inject(FIRST_VIEW_WORDS);
  readonly draft = inject(Draft);
  readonly keeping = new DraftKeeping(this.agent);

  readonly place = signal<Place>('home');
  readonly step = signal(0);
  readonly site = signal<SiteView | null>(null);
  readonly progress = signal<Progress | null>(null);
  /** What went wrong last, where the person is now. */
  readonly problem = signal<Failure | null>(null);
  readonly receipt = signal<string | null>(null);
  readonly report = signal<ReportView | null>(null);
  /** A message being written; a session that ends does not take it away. */
  readonly message = signal('');
  readonly busy = signal(false);
  /** Whether what is shown was just asked for again. */
  readonly refreshed = signal(false);
  readonly session = new SessionWatch(this.agent, () => {
    if (this.place() === 'report') this.failed(failedBy('SESSION_ENDED'));
  });
  readonly moreFiles: UploadQueue = new UploadQueue(
    async (id, file, onProgress) => {
      const report = await this.agent.attach(id, file, onProgress);
      // From now on it stands among the report's files.
      this.moreFiles.remove(id);
      this.report.set(report);
    },
    (id) => this.agent.pause(id),
  );
  readonly channel = computed(
    () => this.site()?.channels.find(({ id }) => id === this.draft.channelId()) ?? null,
  );
  /** The kept draft was asked for after a reload, and is not there any more. */
  readonly draftGone = signal(false);
  /** The browser has asked whether the page shall be left, and the person stayed. */
  readonly stayed = signal(false);
  /** What closing or reloading the page would lose, in words. */
  readonly losses = computed((): readonly string[] => {
    const words = this.words.losses;
    const { files } = this.draft;
    const isKept = this.keeping.kept();
    const losses: (string | null)[] = [
      this.receipt() === null ? null : words.receipt,
      isKept || this.draft.answered() === 0 ? null : words.answers(this.draft.answered()),
      isKept || files.uploads().length === 0 ? null : words.files(files.uploads().length),
      isKept && this.keeping.state() !== 'saved' ? words.changes : null,
      isKept && files.underWay() > 0 ? words.again(files.underWay()) : null,
      this.message().trim() === '' ? null : words.message,
      this.moreFiles.underWay() === 0 ? null : words.again(this.moreFiles.underWay()),
    ];
    return losses.filter((loss) => loss !== null);
  });
  /** What a kept draft keeps; where nothing is asked, the place before. */
  private readonly kept = computed((): DraftView => {
    const place = this.place();
    const kept = place === 'step' || place === 'channel' ? place : place === 'home' ? 'channel' : 'review';
    return { ...this.draft.content(), place: kept, step: this.step() };
  });
  private readonly onProgress: OnProgress = (progress) => this.progress.set(progress);

  constructor() {
    const wouldLose = computed(() => this.losses().length > 0);
    askBeforeLeaving(wouldLose, () => this.stayed.set(true));
    showAccent(computed(() => this.site()?.accent ?? null));
    effect(() => {
      const draft = this.kept();
      untracked(() => this.keeping.changed(draft));
    });
    if (rememberedDraft() === null) void this.openSite();
    else void this.resume();
  }

  /** Goes on with the kept draft after a reload. */
  async resume(): Promise<void> {
    this.place.set('draft');
    this.progress.set(null);
    await this.openSite();
    if (this.site() === null) return;
    try {
      const resumed = await this.keeping.resume(this.onProgress);
      if (resumed === null) this.draftGone.set(true);
      else if (resumed.state === 'filed') {
        this.receipt.set(resumed.receipt);
        this.go('receipt');
      } else {
        this.draft.restore(resumed.draft);
        this.step.set(Math.min(resumed.draft.step, (this.site()?.questionnaire.steps.length ?? 1) - 1));
        this.go(resumed.draft.place);
        this.keeping.restored(this.kept());
      }
    } catch (error) {
      this.problem.set(failureOf(error));
    }
  }

  /** The person's choice to keep the report being written (S3). */
  async keep(): Promise<void> {
    await this.keeping.keep(this.kept());
  }

  async openSite(): Promise<void> {
    this.problem.set(null);
    try {
      this.site.set(await this.agent.openSite(linkKey()));
    } catch (error) {
      this.problem.set(failureOf(error));
    }
  }

  go(place: Place): void {
    // What went wrong with the site stays in view until the site is there.
    if (this.site() !== null) this.problem.set(null);
    this.stayed.set(false);
    this.place.set(place);
  }

  choose(channelId: string): void {
    this.draft.channelId.set(channelId);
    this.goToStep(0);
  }

  goToStep(step: number): void {
    this.step.set(step);
    this.go('step');
  }

  /** S4. Asked twice, it files once: a second click finds the place changed, a lost answer is asked for again. */
  async submit(): Promise<void> {
    const channelId = this.draft.channelId();
    if (this.place() === 'sending' || channelId === null) return;
    this.progress.set(null);
    this.go('sending');
    try {
      const { receipt } = await this.agent.submit(channelId, this.draft.answers(), this.onProgress);
      this.receipt.set(receipt);
      this.keeping.over();
      this.draft.clear();
      this.go('receipt');
    } catch (error) {
      this.go('review');
      this.problem.set(failureOf(error));
    }
  }

  /** S5. */
  async returnWith(receipt: string): Promise<void> {
    if (this.busy()) return;
    this.progress.set(null);
    await this.act(async () => {
      this.report.set(await this.agent.returnWith(receipt, this.onProgress));
      this.go('report');
    });
  }

  async sendMessage(): Promise<void> {
    await this.act(async () => {
      this.report.set(await this.agent.comment(this.message()));
      this.message.set('');
    });
  }

  async refresh(): Promise<void> {
    await this.act(async () => {
      this.report.set(await this.agent.refresh());
      this.refreshed.set(true);
    });
  }

  readonly download: FetchFile = async (fileId, chosen, onProgress) => {
    if (chosen === null) return await this.agent.download(fileId, onProgress);
    await this.agent.downloadInto(fileId, chosen, onProgress);
    return null;
  };

  /** Ends the session and forgets the keys and everything written. */
  async leave(): Promise<void> {
    this.keeping.over();
    this.draft.clear();
    this.receipt.set(null);
    this.report.set(null);
    this.message.set('');
    this.moreFiles.clear();
    this.go('home');
    // The keys are gone from the worker even when the server does not answer; what was begun it then forgets by itself.
    await this.agent.leave().catch(() => {});
  }

  leaveQuickly(): void {
    // First what is on this device.
    this.keeping.over();
    void this.agent.leave().catch(() => {});
    leaveQuickly(this.site()?.exitAddress ?? exitBeforeSite);
  }

  private async act(act: () => Promise<unknown>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.refreshed.set(false);
    this.problem.set(null);
    try {
      await act();
    } catch (error) {
      this.failed(failureOf(error));
    }
    this.busy.set(false);
  }

  private failed(failure: Failure): void {
    // Without a session only the receipt helps; the message stays and is there again afterwards.
    if (failure.code === 'SESSION_ENDED' && this.place() === 'report') this.go('return');
    this.problem.set(failure);
  }
}
