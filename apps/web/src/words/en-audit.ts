/** English words for the audit log (S15): a sentence for each act, with who did it and what it was done to. */
import type { ReportAct, SiteAct } from '@sotto/contract/audit';

/** `who` is a name, or a word of `somebody` below; `what` is a name, or null where none is known. */
type Sentence = (who: string, what: string | null) => string;

const of = (what: string | null) => (what === null ? '' : ` “${what}”`);
const person = (what: string | null) => what ?? 'somebody who is not here any more';

export const auditWords = {
  ofReport: 'What was done with this report',
  ofSite: 'What was done on this site',
  help: 'Days only: nothing finer is kept. This device remembers how the list ended and says when it was rewritten.',
  newestFirst: 'Newest first',
  changed:
    'This list is not what this device saw before: something was changed or cut off. Nobody but the server can do that. Copy what you see, and ask the people who run the site.',
  asBefore: 'Everything this device saw before is still here.',
  firstLook: 'This device looks at it for the first time, and remembers it from now on.',
  none: 'Nothing yet.',
  self: 'You',
  whistleblower: 'The whistleblower',
  operator: 'The operator',
  gone: 'Somebody who is not here any more',
  acts: {
    filed: (who) => `${who} filed the report`,
    opened: (who) => `${who} opened the report`,
    commented: (who) => `${who} wrote a message`,
    'file-added': (who, what) => `${who} added the file${of(what)}`,
    'file-read': (who, what) => `${who} fetched the file${of(what)}`,
    'status-set': (who) => `${who} set the status`,
    written: (who) => `${who} wrote into the report`,
    granted: (who, what) => `${who} let ${person(what)} read the report`,
    revoked: (who, what) => `${who} took the report from ${person(what)}`,
    moved: (who) => `${who} gave the report new keys`,
    'site-made': (_, what) => `The site was made; ${person(what)} administers it`,
    invited: (who, what) => `${who} invited ${person(what)}`,
    activated: (who) => `${who} made their keys`,
    'roles-changed': (who, what) => `${who} changed what ${person(what)} may do`,
    'rules-changed': (who, what) => `${who} changed what ${person(what)} must do at sign-in`,
    renamed: (who, what) => `${who} changed the name of ${person(what)}`,
    'channel-changed': (who, what) => `${who} changed the channel${of(what)}`,
    'settings-changed': (who) => `${who} changed the settings`,
    'mail-changed': (who) => `${who} changed where this site hands its mail over`,
    'address-changed': (who, what) => `${who} changed the mail address of ${person(what)}`,
    'password-changed': (who) => `${who} changed their password`,
    'password-reset': (who) => `${who} came back with a new password`,
    'factor-added': (who) => `${who} added a second factor`,
    'factor-removed': (who) => `${who} removed their second factor`,
    'factor-reset': (who, what) => `${who} took the second factor of ${person(what)} away`,
    'sessions-ended': (who) => `${who} ended all their sessions`,
    disabled: (who, what) => `${who} disabled the account of ${person(what)}`,
    enabled: (who, what) => `${who} enabled the account of ${person(what)}`,
    'user-deleted': (who, what) => `${who} deleted the account of ${person(what)}`,
    'reports-handed-over': (who, what) => `${who} handed reports to ${person(what)}`,
    'escrow-on': (who) => `${who} turned escrow on`,
    'escrow-off': (who) => `${who} turned escrow off`,
    'escrow-given': (who, what) => `${who} let ${person(what)} use escrow`,
    'escrow-withdrawn': (who, what) => `${who} took escrow from ${person(what)}`,
    'escrow-used': (who, what) => `${who} opened the escrow copy of ${person(what)}`,
    'escrow-resealed': (who, what) => `${who} opened the escrow copy of ${person(what)} to seal it anew`,
    'let-back': (who, what) => `${who} made a link for ${person(what)} to come back by`,
    'site-key-given': (who, what) => `${who} gave the site’s signing key to ${person(what)}`,
    'site-key-changed': (who) => `${who} changed the site’s signing key`,
    'report-deleted': (who, what) => `${who} deleted a report of the channel${of(what)}`,
    'reports-expired': (_, what) =>
      `Reports of the channel${of(what)} were deleted because their time was over`,
  } satisfies Record<ReportAct | SiteAct, Sentence> as Record<string, Sentence>, // why: an entry's act is text until it is looked up
};
