/**
 * What a screen is given and what it gives back: plaintext to show, never a key (protocol, Agents). Every field
 * that came from another person is text to be shown as text.
 */
import type { Notice } from '@sotto/contract/escrow';
import type { Answers, Questionnaire } from '@sotto/contract/questionnaire';
import type { SiteSettings } from '@sotto/contract/settings';

/** How far a long act is: `done` of `total`, in units of the stage (bytes, or thousandths when stretching). */
export type Progress = {
  /** `waiting`: the line is gone, or the server is busy; it goes on by itself. `working`: a proof of work (S9). */
  readonly stage: 'stretching' | 'working' | 'sending' | 'receiving' | 'waiting';
  readonly done: number;
  readonly total: number;
};
export type OnProgress = (progress: Progress) => void;

/** How the request reached the server, as the server judges it; `unknown` is an honest answer. */
export type Connection = 'onion' | 'direct' | 'unknown';

export type PersonView = { readonly id: string; readonly name: string };
export type ChannelView = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly recipients: readonly PersonView[];
  /** Days after which a report is forgotten. */
  readonly days: number;
};

export type SiteView = {
  readonly state: 'unclaimed' | 'open';
  readonly name: string;
  readonly language: string;
  readonly connection: Connection;
  /** 16 base32 characters in groups of four, of the SHA-256 of the site's public key (S14); none before setup. */
  readonly fingerprint: string | null;
  /** Whether a key that came outside the server (link, poster) was there to compare. A different key is an error, not a view. */
  /** `succeeded`: the link names a key that this site had before, and which named the one it has now. */
  readonly keyCheck: 'matched' | 'succeeded' | 'nothing-to-compare';
  readonly channels: readonly ChannelView[];
  readonly questionnaire: Questionnaire;
  /** Where "leave quickly" goes: an https address the site chose. */
  readonly exitAddress: string;
  readonly escrow: EscrowView;
  /** Hue of the site's colour, in degrees from 0 to 359. */
  readonly accent: number;
  /** `fileBytes` as a file has them; `reportBytes` for all files of a report, each with its padding (S12). */
  readonly limits: { readonly fileBytes: number; readonly reportBytes: number };
};

/** Whether escrow is on (S11), and who holds it: they could open what any member can. */
export type EscrowView = { readonly on: boolean; readonly holders: readonly PersonView[] };

/** The site has another key than this person's agent knew: fingerprints of both, to compare with somebody (S14). */
export type NewKeyView = { readonly before: string; readonly now: string };

/** What a person is told when they come in, until they say to have read it. */
export type NewsView = { readonly notices: readonly NoticeView[]; readonly newKey: NewKeyView | null };

/** Something that somebody else did that concerns one's keys. */
export type NoticeView = {
  readonly order: number;
  readonly day: string;
  readonly act: Notice['act'];
  /** Names; null when that person is gone. */
  readonly by: string | null;
  readonly whom: string | null;
};

/** A file the person picked; `content` is read in pieces and never whole. */
export type PickedFile = { readonly name: string; readonly type: string; readonly content: Blob };
/** What is known of a file without reading it; `size` in bytes. */
export type FileDescription = { readonly name: string; readonly type: string; readonly size: number };

/** A report being written, as the page has it and as a kept draft brings it back (S3). `id` is the page's name for a file. */
export type DraftView<File = FileDescription & { readonly id: string }> = {
  readonly channelId: string | null;
  readonly place: 'channel' | 'step' | 'review';
  /** From 0. */
  readonly step: number;
  readonly answers: Answers;
  readonly files: readonly File[];
};
/** `arrived` is the share of a file's chunks that the server has, from 0 to 1; at 1 it need not be picked again. */
export type ResumedFile = FileDescription & { readonly id: string; readonly arrived: number };
/** What a kept draft comes back as. Filed: the answer to the sending was lost, and here is the receipt. */
export type ResumedDraft =
  | { readonly state: 'writing'; readonly draft: DraftView<ResumedFile> }
  | { readonly state: 'filed'; readonly receipt: string };

export type FileView = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** True size in bytes. */
  readonly size: number;
  readonly from: 'whistleblower' | 'recipient';
  /** Whether every chunk is on the server. */
  readonly whole: boolean;
  /** Whether this person sent it. */
  readonly own: boolean;
};

export type MessageView = {
  readonly id: string;
  readonly from: 'whistleblower' | 'recipient';
  /** The recipient's name by the directory; empty for the whistleblower. */
  readonly name: string;
  readonly text: string;
  /** Whether this person wrote it. */
  readonly own: boolean;
};

export type ReportStatus = 'new' | 'opened' | 'closed';

/** One report as either side sees it. */
export type ReportView = {
  readonly id: string;
  readonly channel: string;
  /** UTC day it came, `YYYY-MM-DD`: nothing finer is kept. */
  readonly day: string;
  readonly status: ReportStatus;
  readonly recipients: readonly PersonView[];
  readonly questionnaire: Questionnaire;
  readonly answers: Answers;
  readonly messages: readonly MessageView[];
  readonly files: readonly FileView[];
  /** Items that could not be shown as they should be: missing, out of order, unreadable. Never silent. */
  readonly warnings: readonly ReportWarning[];
};
export type ReportWarning =
  | 'item-missing'
  | 'item-out-of-order'
  | 'item-unreadable'
  | 'holder-unknown'
  /** To a whistleblower alone: since the report was written the site has changed its key. */
  | 'site-key-changed';

/** What handing over came to: reports that were given, and those that this person's key does not open. */
export type HandedOver = { readonly given: number; readonly unreadable: number };

/** A line of the recipient's list. A report whose summary does not open is listed with `title: null`. */
export type ReportRow = {
  readonly id: string;
  readonly title: string | null;
  readonly channel: string;
  readonly day: string;
  readonly status: ReportStatus;
  /** Messages and files so far, by both sides. */
  readonly items: number;
};

export type Role = 'administrator' | 'recipient';

/** What is wanted of a person before anything else is theirs to do. */
export type DueAct = 'password' | 'second-factor';
/** A person's own security (S3), as they always see it. Days are UTC. */
export type SecurityView = {
  readonly due: readonly DueAct[];
  readonly passwordDay: string;
  /** Days a password may be kept; 0 is for ever. */
  readonly passwordDays: number;
  readonly factor: boolean;
  readonly factorRequired: boolean;
  /** When an administrator took the second factor away, until there is another. */
  readonly factorResetDay: string | null;
  /** When this person last showed that they have the recovery key; null: not since it was made. */
  readonly recoveryTriedDay: string | null;
  /** Who could open this account for its owner, as the directory says. */
  readonly escrow: EscrowView;
};
/** A second factor that is being set: the secret in base32 for typing, and the address an authenticator reads from the code. */
export type NewFactorView = { readonly secret: string; readonly address: string };

/** The signed-in person. `tab` is the one thing a page may keep (S3): session id and key, for a reload of this tab. */
export type MemberView = {
  readonly id: string;
  readonly userName: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly security: SecurityView;
  readonly tab: { readonly session: string; readonly key: string };
};

export type SetupForm = {
  readonly secret: string;
  readonly siteName: string;
  readonly language: string;
  readonly exitAddress: string;
  readonly administrator: { readonly userName: string; readonly name: string; readonly password: string };
  readonly channel: { readonly name: string; readonly description: string };
  /** The administrator themself, or somebody invited by an activation link. */
  /** Whether members can be let back in who lost password and recovery key (S11). */
  readonly escrow: boolean;
  readonly firstRecipient: 'administrator' | { readonly userName: string; readonly name: string };
};
export type SetupResult = {
  readonly member: MemberView;
  /** Account recovery key, printed form, shown once (S2). */
  readonly recoveryKey: string;
  /** Path and fragment of the first recipient's activation link, or null when it is the administrator. */
  readonly activationLink: string | null;
  /** Path and fragment of the link to publish: `/#<site key>`. */
  readonly publicLink: string;
};

export type Invitation = {
  readonly userName: string;
  readonly name: string;
  readonly roles: readonly Role[];
};
export type ActivationView = {
  readonly userName: string;
  readonly name: string;
  readonly siteName: string;
  /** Whether it lets somebody back in who had keys already (S11). */
  readonly isReturn: boolean;
  readonly escrow: EscrowView;
};
/** The site's mail server, as an administrator sees it; its password is never shown. */
export type MailView = {
  readonly settings: (Omit<MailForm, 'password'> & { readonly hasPassword: boolean }) | null;
  readonly waiting: number;
  /** A code of an error, or null when the last mail was taken. */
  readonly lastFailure: string | null;
};
export type MailForm = {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls';
  readonly userName: string;
  /** Null keeps the one that is there. */
  readonly password: string | null;
  readonly sender: string;
  /** Scheme, host and port under which members open this site. */
  readonly siteAddress: string;
};

/** Whose account a reset link and a recovery key opened together. */
export type ResetView = { readonly userName: string; readonly name: string };

/** `member` is null while a code of the second factor is wanted for the sign-in: somebody who had keys came back. */
export type ActivationResult = { readonly member: MemberView | null; readonly recoveryKey: string };

/** What an administrator wants of one person, whatever the site wants of all. */
export type PersonRules = { readonly passwordDue: boolean; readonly factorRequired: boolean };

/** What an administrator sees: people and channels, never a report. */
export type OverviewView = {
  readonly people: readonly {
    readonly id: string;
    readonly userName: string;
    readonly name: string;
    readonly roles: readonly Role[];
    readonly state: 'invited' | 'active' | 'disabled';
    /** Whether they have the key that signs the directory (S14). */
    readonly signs: boolean;
    /** Where mail reaches this person; null when nobody said. */
    readonly mail: string | null;
    /** Whether this person has a second factor. */
    readonly factor: boolean;
    readonly rules: PersonRules;
  }[];
  readonly channels: readonly ChannelView[];
  readonly escrow: EscrowView;
  readonly publicLink: string;
  readonly fingerprint: string;
};

/** A session of one's own: how long ago it began and how long it still lasts, in seconds. */
export type SessionRow = { readonly age: number; readonly left: number; readonly current: boolean };
/** One line of an audit log (S15). */
export type AuditEntryView = {
  readonly order: number;
  /** UTC day, `YYYY-MM-DD`: nothing finer is kept. */
  readonly day: string;
  /** A word of the contract (contract/audit.ts). */
  readonly act: string;
  /** Who: the reader, another person, or nobody who has a name (a whistleblower, the operator). */
  readonly from: 'self' | 'other' | 'nobody-named';
  /** The person's name; null when nobody is named, or nobody of this id is known any more. */
  readonly who: string | null;
  /** The name of what it was done to, where it has one that is known. */
  readonly what: string | null;
};
/** `changed`: what this reader's agent saw before is not in it any more, or not as it was. */
export type AuditView = {
  readonly verdict: 'first-look' | 'as-before' | 'changed';
  readonly entries: readonly AuditEntryView[];
};

/** The settings in force, and as they are when nobody changed them. */
export type SettingsView = { readonly settings: SiteSettings; readonly usual: SiteSettings };
