/**
 * The tables, as types. What each column says to someone who takes the disk is in
 * docs/security/what-the-server-sees.md; a test compares that page with the database.
 *
 * Every table has `site_id`. Ids are UUIDv4 text. Days are `YYYY-MM-DD` (UTC): whatever a whistleblower's act
 * creates has no finer time, and order is kept by counters. Columns named `kept` hold a box or a seal under a key of the
 * slot file (storage/keeping.ts).
 */

/** The site. One row now; the key is there from the first day because several sites come later. */
export type SiteRow = {
  site_id: string;
  /** SHA-256 of the setup secret (S13: its file goes once it is used). */
  setup_hash: Uint8Array;
  /** SHA-256 of the request that made the site, so that the same is answered again; `null` until then. */
  made_by: Uint8Array | null;
  name: string;
  language: string;
  exit_address: string;
  /** Ed25519 key that signs the directory (S14), 32 bytes; `null` until the site is made. */
  public_key: Uint8Array | null;
  /** The one salt of this site's receipts (S1), 16 bytes. */
  receipt_salt: Uint8Array;
};

/** A recipient or an administrator. */
export type UserRow = {
  site_id: string;
  user_id: string;
  /** Folded: NFKC, lower case. Unique in the site. */
  folded_name: string;
  /** As it was written. */
  user_name: string;
  /** The person's name, as the signed directory has it. */
  name: string;
  /** 0 or 1, as SQLite has no booleans. */
  is_administrator: number;
  is_recipient: number;
  /** Of the password (S1), 16 bytes, fixed when the account is made. */
  salt: Uint8Array;
  /** HMAC of SHA-256(authKey), 32 bytes; `null` until the first login (S2). */
  verifier: Uint8Array | null;
  /** HMAC of SHA-256(authKey of the recovery key); `null` until the first login. */
  recovery_verifier: Uint8Array | null;
  /** X25519, 32 bytes; `null` until the first login. */
  public_key: Uint8Array | null;
  /** Signature of the enrolment key over the public key (S14); `null` for the first administrator. */
  enrolment_signature: Uint8Array | null;
  /** SHA-256 of the request that made the account, so that the same is answered again. */
  made_by: Uint8Array;
  /** Slot of the account's boxes; `null` until the first login. */
  slot: number | null;
  /** The day the password was set; `null` until the first login. */
  password_day: string | null;
  /** SHA-256 of the request that changed the password last, so that the same is answered again. */
  password_by: Uint8Array | null;
  /** 1 when an administrator wants the password changed at the next sign-in. */
  password_due: number;
  /** 1 when this person must have a second factor, whatever the site wants. */
  factor_required: number;
  /** The day an administrator took the second factor away; `null` once there is another. */
  factor_reset_day: string | null;
  /** The day the owner showed that they have the recovery key in use; `null` until then. */
  recovery_tried_day: string | null;
  /** Order of the first entry of the site's audit log that this person is still to be told; `null` when there is none. */
  notices_from: number | null;
  /** 1 while an administrator has disabled the account, as the signed directory says. */
  disabled: number;
};

/** What is wrapped for an account: identity by password, by recovery key, sealed seeds, … */
export type AccountBoxRow = { site_id: string; user_id: string; kind: string; kept: Uint8Array };

/** An activation link, until its time is over (S2). Times here are an administrator's, in Unix seconds. */
export type ActivationRow = {
  site_id: string;
  user_id: string;
  verifier: Uint8Array;
  expires: number;
  /** SHA-256 of the request that used it, so that the same is answered again; `null` until then. */
  used_by: Uint8Array | null;
};

/** A channel. Its name and who receives are in its signed statement. */
export type ChannelRow = { site_id: string; channel_id: string; position: number };

/** A signed statement of the directory (S14), as it was signed. `subject_id` is a channel, or the site for `people`. */
export type StatementRow = {
  site_id: string;
  subject_id: string;
  kind: string;
  version: number;
  statement: Uint8Array;
};

/** A report. */
export type ReportRow = {
  site_id: string;
  report_id: string;
  channel_id: string;
  /** Counter of the site: order without a time. */
  ordinal: number;
  day: string;
  epoch: number;
  /** `derive(R, "check", …)` of this epoch (S8), 32 bytes. */
  check_value: Uint8Array;
  status: string;
  /** HMAC of SHA-256(authKey of the receipt), 32 bytes. */
  verifier: Uint8Array;
  /** SHA-256 of the whole submission, so that the same bytes are answered as the first time. */
  submission_hash: Uint8Array;
  slot: number;
  /** 1 once it is marked for forgetting: from that moment nobody gets it. */
  forgotten: number;
};

/** A report key sealed to one holder, or the whistleblower's boxes (`holder_id` is then the report's id). */
export type SealRow = {
  site_id: string;
  report_id: string;
  holder_id: string;
  epoch: number;
  kind: string;
  kept: Uint8Array;
  /** The report's, repeated: a holder's list is read in this order, from an index (docs/decisions/0064). */
  ordinal: number;
};
/** A seal as it is added: the order is looked up. */
export type NewSealRow = Omit<SealRow, 'ordinal'>;

/** An item (S6): ciphertext, written once. */
export type ItemRow = {
  site_id: string;
  item_id: string;
  report_id: string;
  ordinal: number;
  kind: string;
  epoch: number;
  /** User id; `null` for the whistleblower. */
  author_id: string | null;
  day: string;
  box: Uint8Array;
};

/** An attachment (S7) whose chunks lie in a file of the same id; it may be announced before its report is filed. */
export type UploadRow = {
  site_id: string;
  item_id: string;
  report_id: string;
  author_id: string | null;
  /** Padded size of the plaintext, in bytes. */
  padded_size: number;
  day: string;
  /** 1 once every chunk is there. */
  complete: number;
  /** 1 once it is marked for forgetting: from that moment nobody gets it, and its id stays taken until it is gone. */
  forgotten: number;
};

/** A report that is being written: attachments may come before it is filed. Its row goes with the filing. */
export type FilingRow = {
  site_id: string;
  report_id: string;
  day: string;
  /** `derive(R, "check", …)`: the same agent goes on (S7), 32 bytes. */
  check_value: Uint8Array;
};

/** A draft that its whistleblower chose to keep (S3). */
export type DraftRow = {
  site_id: string;
  /** Of the report being written, or just filed. */
  report_id: string;
  /** SHA-256 of the vault's name, which is SHA-256 of the session key in the tab: who reads this row cannot ask for it. */
  name_hash: Uint8Array;
  /** Its own, so that it is forgotten alone. */
  slot: number;
  /** The vault: the keys of the report, boxed under the session key. */
  kept: Uint8Array;
  /** What is written so far: an item under a key in the vault; `null` once the report is filed. */
  box: Uint8Array | null;
  /** When it was kept last. */
  day: string;
};

/** A slot in use, and whose. */
export type SlotRow = { site_id: string; slot: number; owner_kind: string; owner_id: string };

/** Something with a slot of its own (kept/kept-alone.ts): an address, a mail that waits, a password of the server. */
export type KeptAloneRow = {
  site_id: string;
  /** A user, a mail, or the site itself. */
  owner_id: string;
  kind: string;
  slot: number;
  kept: Uint8Array;
};

/** Which user has an address: HMAC of it under the pepper, 32 bytes. Two users may have the same. */
export type AddressRow = { site_id: string; user_id: string; mac: Uint8Array };

/** The server that carries the site's mail; its password is kept alone. */
export type MailSettingsRow = {
  site_id: string;
  host: string;
  port: number;
  /** `tls` or `starttls`. */
  security: string;
  user_name: string;
  sender: string;
  /** Scheme, host and port that links in mails begin with. */
  site_address: string;
};

/** A mail that waits: whom it is for is kept alone under its id. Times are in Unix seconds. */
export type MailQueueRow = { site_id: string; mail_id: string; tries: number; due: number };

/** A reset link (S10) that was sent, until its time is over, in Unix seconds. */
export type ResetRow = {
  site_id: string;
  /** HMAC of SHA-256(secret) under the pepper, 32 bytes. */
  verifier: Uint8Array;
  user_id: string;
  expires: number;
  /** SHA-256 of the request that used it, so that the same is answered again; `null` until then. */
  used_by: Uint8Array | null;
};

/** A change of the site's key (S14): the key before, 32 bytes, and the statement by which it named the next. */
export type SuccessionRow = { site_id: string; number: number; before: Uint8Array; statement: Uint8Array };

/** A durable mark of forgetting (S13): one thing that must go. */
export type ForgettingRow = { site_id: string; mark_id: string; kind: string; target: string };

/** A setting that an administrator changed; the others are as the program has them. */
export type SettingRow = { site_id: string; name: string /** JSON. */; value: string };
/** An entry of the audit log (S15). Its chain is a report's, by the report's id, or the site's. */
export type AuditEntryRow = {
  site_id: string;
  chain_id: string;
  ordinal: number;
  day: string;
  /** User id; `null` for the whistleblower, in the site's chain for the operator. */
  actor_id: string | null;
  /** A word of the contract. */
  act: string;
  object_id: string | null;
  /** SHA-256 over this entry and the head before, 32 bytes. */
  head: Uint8Array;
};

/** The head of a chain as a reader's agent saw it last, boxed under their own key. */
export type AuditHeadRow = { site_id: string; chain_id: string; user_id: string; box: Uint8Array };

/** The last head of a chain that was deleted with its report. */
export type TombstoneRow = { site_id: string; head: Uint8Array };

/** All tables by name. */
export type Schema = {
  sites: SiteRow;
  users: UserRow;
  account_boxes: AccountBoxRow;
  activations: ActivationRow;
  channels: ChannelRow;
  statements: StatementRow;
  reports: ReportRow;
  seals: SealRow;
  items: ItemRow;
  uploads: UploadRow;
  filings: FilingRow;
  drafts: DraftRow;
  slots: SlotRow;
  forgetting: ForgettingRow;
  settings: SettingRow;
  audit_entries: AuditEntryRow;
  audit_heads: AuditHeadRow;
  tombstones: TombstoneRow;
  kept_alone: KeptAloneRow;
  addresses: AddressRow;
  mail_settings: MailSettingsRow;
  mail_queue: MailQueueRow;
  resets: ResetRow;
  successions: SuccessionRow;
};

/** The names again as values: a table of `Schema` that is missing here does not compile. */
export const tableNames = {
  sites: true,
  users: true,
  account_boxes: true,
  activations: true,
  channels: true,
  statements: true,
  reports: true,
  seals: true,
  items: true,
  uploads: true,
  filings: true,
  drafts: true,
  slots: true,
  forgetting: true,
  settings: true,
  audit_entries: true,
  audit_heads: true,
  tombstones: true,
  kept_alone: true,
  addresses: true,
  mail_settings: true,
  mail_queue: true,
  resets: true,
  successions: true,
} as const satisfies Record<keyof Schema, true>;
