/** The audit log (S15): who did what to which object, and on which day. Entries carry no content and no address. */
import * as v from 'valibot';
import { bytes, counter, day, itemBox, uuid } from './forms.ts';

/** What is done with a report, in its own chain. Its object is an item, a file, or a person. */
export const reportActs = [
  'filed',
  'opened',
  'commented',
  'file-added',
  'file-read',
  'status-set',
  'written',
  'granted',
  'revoked',
  'moved',
] as const;

/** What is done with accounts, channels and settings, in the site's chain, which names no report. */
export const siteActs = [
  'site-made',
  'invited',
  'activated',
  'roles-changed',
  'rules-changed',
  'renamed',
  'channel-changed',
  'settings-changed',
  'mail-changed',
  'address-changed',
  'password-changed',
  'password-reset',
  'factor-added',
  'factor-removed',
  'factor-reset',
  'sessions-ended',
  'disabled',
  'enabled',
  'user-deleted',
  'reports-handed-over',
  'escrow-on',
  'escrow-off',
  'escrow-given',
  'escrow-withdrawn',
  'escrow-used',
  'escrow-resealed',
  'let-back',
  'site-key-given',
  'site-key-changed',
  'report-deleted',
  'reports-expired',
] as const;

export const reportAct = v.picklist(reportActs);
export const siteAct = v.picklist(siteActs);
export type ReportAct = v.InferOutput<typeof reportAct>;
export type SiteAct = v.InferOutput<typeof siteAct>;

/** Entries come in order, at most this many a page. */
export const auditPageMax = 500;

const entry = <Acts extends typeof reportAct | typeof siteAct>(act: Acts) =>
  v.strictObject({ order: counter, day, actor: v.nullable(uuid), act, object: v.nullable(uuid) });

const page = <Acts extends typeof reportAct | typeof siteAct>(act: Acts) =>
  v.strictObject({
    entries: v.pipe(v.array(entry(act)), v.maxLength(auditPageMax)),
    /** Order of the last entry of this page when more follow. */
    next: v.nullable(counter),
    /** The head that this reader's agent kept, as it boxed it; null before the first. */
    kept: v.nullable(itemBox),
  });

export const reportAuditResponse = page(reportAct);
export const siteAuditResponse = page(siteAct);

/** The head that a reader's agent saw last, under their own key. */
export const keptHeadRequest = v.strictObject({ box: itemBox });

/** What the box says. */
export const keptHead = v.strictObject({ order: counter, head: bytes(32) });

export type ReportAuditResponse = v.InferOutput<typeof reportAuditResponse>;
export type SiteAuditResponse = v.InferOutput<typeof siteAuditResponse>;
