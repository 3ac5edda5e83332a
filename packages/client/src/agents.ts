/**
 * The two agents a page can talk to, as seen across a worker's edge: named acts that take and give plain values
 * (protocol, Agents). The key worker implements them; a page holds only these types.
 */
import type { Answers } from '@sotto/contract/questionnaire';
import type { SiteSettings } from '@sotto/contract/settings';
import type { FileTarget } from './transfer.ts';
import type {
  ActivationResult,
  ActivationView,
  AuditView,
  DraftView,
  HandedOver,
  Invitation,
  MailForm,
  MailView,
  MemberView,
  NewFactorView,
  NewsView,
  OnProgress,
  OverviewView,
  PersonRules,
  PersonView,
  PickedFile,
  ReportRow,
  ReportView,
  ResetView,
  ResumedDraft,
  Role,
  SecurityView,
  SessionRow,
  SettingsView,
  SetupForm,
  SetupResult,
  SiteView,
} from './views.ts';

export interface WhistleblowerAgent {
  /** Fetches the site and checks its directory (S14). `linkKey` is the key from the link's fragment, base64url, if there was one. */
  openSite(linkKey: string | null): Promise<SiteView>;
  /** Uploads a file to the report being written (S7); resolves when every chunk is durable. Asked again, it goes on where it was. */
  attachToDraft(fileId: string, file: PickedFile, onProgress: OnProgress): Promise<void>;
  /** Leaves a file of the report being written out of it. */
  removeFromDraft(fileId: string): Promise<void>;
  /**
   * Keeps the report being written for a reload of the tab, because the person chose it (S3); again whenever it has changed.
   * @returns the key that the page puts into this tab's storage, the same each time.
   */
  keepDraft(draft: DraftView): Promise<{ key: string }>;
  /** Goes on with a kept draft by the key in the tab; null when it was sent, taken back, or its time is over. */
  resumeDraft(key: string, onProgress: OnProgress): Promise<ResumedDraft | null>;
  /** Takes the choice back: keys and answers are forgotten by the server at once (S13), and stay in the page. */
  forgetDraft(): Promise<void>;
  /** Files the report (S4). Asked again after a lost answer, it files the same report, not a second. @returns the receipt, 16 digits. */
  submit(channelId: string, answers: Answers, onProgress: OnProgress): Promise<{ receipt: string }>;
  /** S5: opens the report of a receipt; spaces and hyphens are dropped. */
  returnWith(receipt: string, onProgress: OnProgress): Promise<ReportView>;
  /** The open report as it is now. */
  refresh(): Promise<ReportView>;
  comment(text: string): Promise<ReportView>;
  /** Adds a file to the open report; asked again for the same `fileId` of the page's, it goes on where it was. */
  attach(fileId: string, file: PickedFile, onProgress: OnProgress): Promise<ReportView>;
  /** Stops sending a file; its act fails with `PAUSED`, and asked again it goes on where it was. */
  pause(fileId: string): Promise<void>;
  /** Fetches and verifies a file to its last chunk; never resolves with a part of it (S7). */
  download(fileId: string, onProgress: OnProgress): Promise<Blob>;
  /** Seconds that are left of the session; null when none is open. Asks nobody. */
  sessionLeft(): Promise<number | null>;
  /** Another half hour, for a proof of work (S9). @returns the seconds that are left then. */
  renewSession(onProgress: OnProgress): Promise<number>;
  /** Ends the session and forgets every key. */
  /** The same into a file that the person chose, chunk by chunk as they are verified; a failure leaves nothing there. */
  downloadInto(fileId: string, target: FileTarget, onProgress: OnProgress): Promise<void>;
  /** Ends the session and forgets every key; a report that was not filed is forgotten with its files and its draft. */
  leave(): Promise<void>;
}

export interface MemberAgent {
  openSite(): Promise<SiteView>;
  setup(form: SetupForm, onProgress: OnProgress): Promise<SetupResult>;
  /** Opens an activation link's fragment: 43 characters of secret and 43 of the site's key, joined by a dot (S2). */
  readActivation(fragment: string): Promise<ActivationView>;
  activate(fragment: string, password: string, onProgress: OnProgress): Promise<ActivationResult>;
  /** Has a link sent by mail, where the name and an address of it are known; nobody is told whether (S10). */
  askReset(nameOrMail: string, onProgress: OnProgress): Promise<void>;
  /** Whether a reset link still lives. */
  checkReset(fragment: string): Promise<void>;
  /** Opens the account by link and recovery key; changes nothing yet. */
  openReset(fragment: string, recoveryKey: string, onProgress: OnProgress): Promise<ResetView>;
  /**
   * Sets the password of the account that `openReset` opened, and signs in. Without a code it fails with `SECOND_FACTOR` where one is wanted as
   * well; the sign-in after it wants the next one, by `enterCode`, and the member is null until then.
   */
  finishReset(password: string, code: string | null, onProgress: OnProgress): Promise<ActivationResult>;
  /** @returns null when a code of the second factor is wanted as well: then `enterCode`. */
  signIn(userName: string, password: string, onProgress: OnProgress): Promise<MemberView | null>;
  /** Goes on with the sign-in that wanted a code; a wrong one may be tried again. */
  enterCode(code: string, onProgress: OnProgress): Promise<MemberView>;
  /** Goes on after a reload of the tab (S3); null when the session has ended. */
  resume(tab: MemberView['tab']): Promise<MemberView | null>;
  signOut(): Promise<void>;
  /** Seconds that are left of the session; null when nobody is signed in. Asks nobody. */
  sessionLeft(): Promise<number | null>;
  /** Another half hour, for a proof of work (S9). @returns the seconds that are left then. */
  renewSession(onProgress: OnProgress): Promise<number>;
  /** Where this person is signed in, this tab and others. */
  sessions(): Promise<readonly SessionRow[]>;
  /** Signs out everywhere, here as well. */
  endSessions(): Promise<void>;
  /** Ends the person's other sessions; sent again after a lost answer, it is done once. */
  changePassword(present: string, next: string, onProgress: OnProgress): Promise<SecurityView>;
  /** Makes the secret of a second factor; it holds once `setFactor` has shown a code of it. */
  newFactor(): Promise<NewFactorView>;
  /** @param present a code of the factor in use, where there is one. */
  setFactor(
    password: string,
    code: string,
    present: string | null,
    onProgress: OnProgress,
  ): Promise<SecurityView>;
  endFactor(password: string, code: string, onProgress: OnProgress): Promise<SecurityView>;
  /** @returns the account recovery key in its printed form. */
  recoveryKey(password: string, onProgress: OnProgress): Promise<string>;
  /** Whether a typed recovery key is the one that opens this account: the server takes it, and the identity opens with it. */
  tryRecoveryKey(typed: string): Promise<SecurityView>;
  /** Newest first, 50 a page; `before` is the cursor of the page before. */
  reports(before: string | null): Promise<{ rows: readonly ReportRow[]; next: string | null }>;
  openReport(reportId: string): Promise<ReportView>;
  comment(reportId: string, text: string): Promise<ReportView>;
  attach(reportId: string, fileId: string, file: PickedFile, onProgress: OnProgress): Promise<ReportView>;
  pause(reportId: string, fileId: string): Promise<void>;
  download(reportId: string, fileId: string, onProgress: OnProgress): Promise<Blob>;
  downloadInto(reportId: string, fileId: string, target: FileTarget, onProgress: OnProgress): Promise<void>;
  /** Whom one's own reports can be given to. */
  colleagues(): Promise<readonly PersonView[]>;
  /** Gives a report to a colleague, who can read all of it from now on (S8). */
  grant(reportId: string, userId: string): Promise<ReportView>;
  /** Gives up a report that others hold too. */
  leaveReport(reportId: string): Promise<void>;
  /** Gives all one's own reports to a colleague, and leaves them when asked to. */
  handOver(userId: string, leaving: boolean, onProgress: OnProgress): Promise<HandedOver>;
  /** Forgets a report with everything in it, for everybody (S13). */
  deleteReport(reportId: string): Promise<void>;
  /** What was done with a report, and whether it still says what it said before (S15). */
  reportAudit(reportId: string): Promise<AuditView>;
  /** The same for accounts, channels and settings of the site. */
  siteAudit(): Promise<AuditView>;
  /** What others did since one was here that concerns one's own keys (S11), and whether the site has another key (S14). */
  news(): Promise<NewsView>;
  /** Notices up to this order are not told again, nor is the key that is there now. */
  seeNews(upTo: number): Promise<void>;
  /** Gives another administrator the key that signs the directory (S14); they have it from their next sign-in on. */
  giveSiteKey(userId: string): Promise<OverviewView>;
  /** Another key that signs the directory, for this administrator alone; the old one vouches for it, and is forgotten. */
  changeSiteKey(): Promise<OverviewView>;
  setEscrow(on: boolean): Promise<OverviewView>;
  /** Gives the right to one more administrator, or takes it from one. */
  setEscrowRight(userId: string, held: boolean): Promise<OverviewView>;
  /** Lets somebody back in who lost password and recovery key (S11). @returns path and fragment of the link, shown once. */
  letBack(userId: string): Promise<string>;
  ownAddress(): Promise<string | null>;
  /** Where a link reaches this person when they have forgotten their password; null for nowhere. */
  setOwnAddress(password: string, mail: string | null, onProgress: OnProgress): Promise<void>;
  mail(): Promise<MailView>;
  setMail(form: MailForm): Promise<MailView>;
  testMail(to: string): Promise<void>;
  setAddress(userId: string, mail: string | null): Promise<OverviewView>;
  overview(): Promise<OverviewView>;
  settings(): Promise<SettingsView>;
  /** Changes what is named and nothing else. */
  changeSettings(changed: Partial<SiteSettings>): Promise<SettingsView>;
  /** @returns path and fragment of the activation link, shown once. */
  invite(invitation: Invitation): Promise<{ activationLink: string; overview: OverviewView }>;
  /** Disables an account or lets it in again; `unread` are the channels that nobody can read then, as the person was told. */
  setDisabled(userId: string, disabled: boolean, unread: readonly string[]): Promise<OverviewView>;
  /** Gives a person other roles, at least one; what went with a role goes with it. */
  setRoles(userId: string, roles: readonly Role[]): Promise<OverviewView>;
  /** Deletes an account; reports that nobody else holds are `deleted` with it, or there must be none. */
  removeUser(userId: string, reports: 'kept' | 'deleted'): Promise<OverviewView>;
  setRecipients(channelId: string, recipientIds: readonly string[]): Promise<OverviewView>;
  /** After so many days a report of the channel is forgotten; those there are counted by the new number too. */
  setDays(channelId: string, days: number): Promise<OverviewView>;
  /** Sets the hue of the site's colour, in degrees from 0 to 359. */
  setAccent(accent: number): Promise<void>;
  setPersonRules(userId: string, rules: PersonRules): Promise<OverviewView>;
  /** For somebody who lost theirs; nobody is shown its secret. */
  resetFactor(userId: string): Promise<OverviewView>;
}
