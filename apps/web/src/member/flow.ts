/** Where a recipient or administrator is, and every act that leads on. The address stays `/login`; it never holds an id. */
import { computed, Injectable, inject, signal } from '@angular/core';
import type {
  ActivationView,
  MemberView,
  NewsView,
  OnProgress,
  OverviewView,
  Progress,
  ReportRow,
  ReportView,
  SecurityView,
  SetupForm,
  SetupResult,
  SiteView,
} from '@sotto/client/views';
import { MEMBER_AGENT } from '../platform/agents.ts';
import { takeFragment } from '../platform/fragment.ts';
import { askBeforeLeaving } from '../platform/leaving.ts';
import { type Failure, failureOf } from '../platform/remote-call.ts';
import { showAccent } from '../platform/site-colour.ts';
import { forgetTab, rememberedTab, rememberTab } from '../platform/tab-memory.ts';
import { SessionWatch } from '../shared/session-watch.ts';
import type { FetchFile } from '../shared/ui/report-files.ts';
import { UploadQueue } from '../shared/upload-queue.ts';
import { SIGN_IN_WORDS } from '../words/sign-in-catalogue.ts';
import { linkIn, type Place } from './place.ts';

/** What is shown once, after an account's keys were made. */
export type KeysMade = {
  readonly recoveryKey: string;
  readonly links: Pick<SetupResult, 'activationLink' | 'publicLink'> | null;
  readonly invited: string;
};

@Injectable({ providedIn: 'root' })
export class MemberFlow {
  private readonly agent = inject(MEMBER_AGENT);
  private readonly words = inject(SIGN_IN_WORDS);

  readonly place = signal<Place>('starting');
  readonly site = signal<SiteView | null>(null);
  readonly member = signal<MemberView | null>(null);
  /** Why the sign-in is shown, when it was not asked for. */
  readonly ended = signal<'signed-out' | 'session-ended' | null>(null);
  readonly busy = signal(false);
  /** Whether what is shown was just asked for again. */
  readonly refreshed = signal(false);
  readonly progress = signal<Progress | null>(null);
  readonly problem = signal<Failure | null>(null);
  readonly activation = signal<ActivationView | null>(null);
  readonly keysMade = signal<KeysMade | null>(null);
  readonly rows = signal<readonly ReportRow[] | null>(null);
  readonly olderRows = signal<string | null>(null);
  readonly report = signal<ReportView | null>(null);
  /** The title of the open report, as the list has it. */
  readonly reportTitle = signal<string | null>(null);
  readonly message = signal('');
  readonly overview = signal<OverviewView | null>(null);
  /** What others did meanwhile that concerns this person's keys; null once it was read. */
  readonly news = signal<NewsView | null>(null);
  readonly session = new SessionWatch(this.agent, () => {
    if (this.member() !== null) this.forget('session-ended');
  });
  readonly moreFiles: UploadQueue = new UploadQueue(
    async (id, file, onProgress) => {
      const { id: reportId } = this.openReport();
      const report = await this.agent.attach(reportId, id, file, onProgress);
      this.moreFiles.remove(id);
      this.show(report);
    },
    (id) => this.agent.pause(this.openReport().id, id),
  );
  readonly isRecipient = computed(() => this.member()?.roles.includes('recipient') ?? false);
  readonly isAdministrator = computed(() => this.member()?.roles.includes('administrator') ?? false);
  /** Messages that are not sent, by report: neither another report nor a session that ends takes one away. */
  private readonly unsent = signal<Readonly<Record<string, string>>>({});
  /** The report that was open when the session ended. */
  private lastMember: string | null = null;
  private wasOpen: Pick<ReportRow, 'id' | 'title'> | null = null;
  /** The browser has asked whether the page shall be left, and the person stayed. */
  readonly stayed = signal(false);
  /** What closing or reloading the page would lose, in words. */
  readonly losses = computed((): readonly string[] => {
    const words = this.words.losses;
    const written = [this.message(), ...Object.values(this.unsent())].some((text) => text.trim() !== '');
    const losses: (string | null)[] = [
      this.keysMade() === null ? null : words.keys,
      written ? words.message : null,
      this.moreFiles.underWay() === 0 ? null : words.files(this.moreFiles.underWay()),
    ];
    return losses.filter((loss) => loss !== null);
  });
  readonly onProgress: OnProgress = (progress) => this.progress.set(progress);
  /** Kind and secret of the link in the address, until it is used. */
  private link = linkIn(takeFragment());

  constructor() {
    const wouldLose = computed(() => this.losses().length > 0);
    askBeforeLeaving(wouldLose, () => this.stayed.set(true));
    showAccent(computed(() => this.site()?.accent ?? null));
    void this.start();
  }

  /** Follows the link in the address, goes on with this tab's session, or asks for the password. */
  async start(): Promise<void> {
    const [kind, secret] = this.link;
    // With nothing to follow, the form is there before the site has answered.
    if (kind === '' && rememberedTab() === null) {
      this.go('sign-in');
      return await this.openSite();
    }
    await this.act(async () => {
      this.site.set(await this.agent.openSite());
      if (kind === 'setup') return this.go('setup');
      if (kind === 'activate') {
        this.activation.set(await this.agent.readActivation(secret));
        return this.go('activation');
      }
      if (kind === 'reset') {
        await this.agent.checkReset(secret);
        return this.go('reset');
      }
      const tab = rememberedTab();
      const member = tab === null ? null : await this.agent.resume(tab);
      if (member !== null) return this.enter(member);
      if (tab !== null) this.ended.set('session-ended');
      forgetTab();
      this.go('sign-in');
    });
  }

  /** Name, colour and limits of the site. A failure is shown where the person is. */
  private async openSite(): Promise<void> {
    try {
      this.site.set(await this.agent.openSite());
    } catch (error) {
      this.problem.set(failureOf(error));
    }
  }

  async setUp(form: Omit<SetupForm, 'secret'>): Promise<void> {
    await this.act(async () => {
      const made = await this.agent.setup({ ...form, secret: this.link[1] }, this.onProgress);
      const invited = form.firstRecipient === 'administrator' ? '' : form.firstRecipient.name;
      this.showKeys(made.member, { recoveryKey: made.recoveryKey, links: made, invited });
    });
  }

  async activate(password: string): Promise<void> {
    await this.act(async () => {
      const { member, recoveryKey } = await this.agent.activate(this.link[1], password, this.onProgress);
      this.showKeys(member, { recoveryKey, links: null, invited: '' });
    });
  }

  async signIn(userName: string, password: string): Promise<void> {
    this.ended.set(null);
    await this.act(async () => {
      const member = await this.agent.signIn(userName, password, this.onProgress);
      return member === null ? this.go('code') : this.enter(member);
    });
  }

  /** Goes on with a sign-in that wanted a code. */
  async enterCode(code: string): Promise<void> {
    await this.act(async () => this.enter(await this.agent.enterCode(code, this.onProgress)));
  }

  /** Leaves the sign-in that wanted a code. */
  showSignIn(): void {
    this.go('sign-in');
  }

  /** Does what was wanted first, then goes in. */
  async secured(security: SecurityView): Promise<void> {
    const member = this.member();
    if (member === null) return;
    this.member.set({ ...member, security });
    if (this.place() === 'due') await this.enter({ ...member, security });
  }

  showPreferences(): void {
    this.go('preferences');
  }

  /** The recovery key was saved. */
  async keysSaved(): Promise<void> {
    this.keysMade.set(null);
    const member = this.member();
    if (member === null) this.go('code');
    else await this.enter(member);
  }

  /** What was told is not told again. */
  async seeNews(): Promise<void> {
    const upTo = this.news()?.notices.at(-1)?.order ?? 0;
    await this.act(async () => {
      await this.agent.seeNews(upTo);
      this.news.set(null);
    });
  }

  async signOut(): Promise<void> {
    // The keys are gone from the worker even when the server does not answer.
    await this.agent.signOut().catch(() => {});
    this.forget('signed-out');
  }

  async showReports(): Promise<void> {
    this.go('list');
    await this.act(async () => {
      const { rows, next } = await this.agent.reports(null);
      this.rows.set(rows);
      this.olderRows.set(next);
    });
  }

  async showOlder(): Promise<void> {
    await this.act(async () => {
      const { rows, next } = await this.agent.reports(this.olderRows());
      this.rows.update((before) => [...(before ?? []), ...rows]);
      this.olderRows.set(next);
    });
  }

  async open({ id, title }: Pick<ReportRow, 'id' | 'title'>): Promise<void> {
    await this.act(async () => {
      const report = await this.agent.openReport(id);
      this.setAside();
      this.message.set(this.unsent()[id] ?? '');
      this.unsent.update(({ [id]: _, ...others }) => others);
      this.moreFiles.clear();
      this.report.set(report);
      this.reportTitle.set(title);
      this.go('report');
    });
  }

  async refreshReport(): Promise<void> {
    await this.act(async () => {
      this.show(await this.agent.openReport(this.openReport().id));
      this.refreshed.set(true);
    });
  }

  async sendMessage(): Promise<void> {
    await this.act(async () => {
      this.show(await this.agent.comment(this.openReport().id, this.message()));
      this.message.set('');
    });
  }

  /** Forgets the open report, for everybody; the list is shown without it. */
  async deleteReport(): Promise<void> {
    if (!(await this.done(() => this.agent.deleteReport(this.openReport().id)))) return;
    this.message.set('');
    await this.showReports();
  }

  readonly download: FetchFile = async (fileId, chosen, onProgress) => {
    const { id } = this.openReport();
    if (chosen === null) return await this.agent.download(id, fileId, onProgress);
    await this.agent.downloadInto(id, fileId, chosen, onProgress);
    return null;
  };

  async showPeople(): Promise<void> {
    this.go('people');
    await this.act(async () => this.overview.set(await this.agent.overview()));
  }

  /** The secret of the link that brought the person here. */
  linkSecret(): string {
    return this.link[1];
  }

  /** Shows what is shown once, after keys were made or wrapped anew. @param member null while a code of the second factor is still wanted. */
  showKeys(member: MemberView | null, made: KeysMade): void {
    this.link = ['', ''];
    this.member.set(member);
    if (member !== null) rememberTab(member.tab);
    this.keysMade.set(made);
    this.go('keys-made');
  }

  private async enter(member: MemberView): Promise<void> {
    // What somebody else was writing in this tab is not shown to this person.
    if (this.lastMember !== member.id) this.forgetUnsent();
    this.lastMember = member.id;
    this.member.set(member);
    rememberTab(member.tab);
    // What is wanted first comes first: until then the server answers nothing else.
    if (member.security.due.length > 0) {
      this.busy.set(false);
      return this.go('due');
    }
    this.news.set(await this.agent.news());
    this.busy.set(false);
    if (this.site() === null) await this.openSite();
    await (this.isRecipient() ? this.showReports() : this.showPeople());
    const open = this.wasOpen;
    this.wasOpen = null;
    if (open !== null && this.isRecipient()) await this.open(open);
  }

  private forgetUnsent(): void {
    this.wasOpen = null;
    this.unsent.set({});
    this.message.set('');
  }

  /** Keeps the message being written with its report. */
  private setAside(): void {
    const id = this.report()?.id;
    const text = this.message();
    if (id !== undefined && text !== '') this.unsent.update((unsent) => ({ ...unsent, [id]: text }));
    this.message.set('');
  }

  private openReport(): ReportView {
    const report = this.report();
    if (report === null) throw new Error('no report is open');
    return report;
  }

  /** Shows the report as it is now, unless the person has gone on to another. */
  private show(report: ReportView): void {
    if (this.report()?.id === report.id) this.report.set(report);
  }

  go(place: Place): void {
    this.problem.set(null);
    this.stayed.set(false);
    this.place.set(place);
  }

  /** Shows the sign-in, and nothing of what was open. */
  forget(why: 'signed-out' | 'session-ended'): void {
    forgetTab();
    // What was being written is kept in memory when a session ends by itself.
    const open = this.report();
    this.setAside();
    if (why === 'signed-out') this.forgetUnsent();
    else if (open !== null && this.place() === 'report')
      this.wasOpen = { id: open.id, title: this.reportTitle() };
    this.member.set(null);
    this.rows.set(null);
    this.report.set(null);
    this.reportTitle.set(null);
    this.overview.set(null);
    this.news.set(null);
    this.moreFiles.clear();
    this.ended.set(why);
    this.go('sign-in');
  }

  /** Does an act and says whether it was done; what went wrong is shown. */
  async done(act: (onProgress: OnProgress) => Promise<unknown>): Promise<boolean> {
    let done = false;
    await this.act(async () => {
      await act(this.onProgress);
      done = true;
    });
    return done;
  }

  async act(act: () => Promise<unknown> | unknown): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.refreshed.set(false);
    this.progress.set(null);
    this.problem.set(null);
    try {
      await act();
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code === 'SESSION_ENDED' && this.member() !== null) this.forget('session-ended');
      else this.problem.set(failure);
    }
    this.busy.set(false);
  }
}
