/** An open report: its items fetched, opened, checked for order and holders, and made into what a screen shows (S6, S8). */
import {
  type AnswersContent,
  answersContent,
  commentContent,
  type FileContent,
  fileContent,
  grantContent,
  type Holder,
} from '@sotto/contract/items';
import type { ItemResponse, ReportResponse } from '@sotto/contract/report';
import { fromBase64url, toBase64url, type Uuid } from '@sotto/protocol/bytes';
import { type ItemPlaintext, openItem } from '@sotto/protocol/item';
import type { ReportKey } from '@sotto/protocol/key-carrier';
import type { Library } from '@sotto/protocol/library';
import * as v from 'valibot';
import type { Directory } from './directory.ts';
import { ClientError } from './errors.ts';
import type { FileView, MessageView, ReportView, ReportWarning } from './views.ts';

/** A report as an agent holds it between two acts of the person. */
export type OpenReport = {
  readonly response: ReportResponse;
  readonly key: ReportKey;
  readonly view: ReportView;
  /** By file item id. */
  readonly files: ReadonlyMap<string, FileContent>;
  /** The reader's own files of which not every chunk has come: one that is picked again goes on. */
  readonly unfinished: readonly { readonly id: Uuid; readonly content: FileContent }[];
  /** The newest item seen: the next one written says so. */
  readonly newest: Uuid | null;
};

type Opened = { readonly item: ItemResponse; readonly plaintext: ItemPlaintext };

/**
 * Makes a report of its items.
 *
 * @param reader a user's id, or null for the whistleblower.
 * @throws ClientError `SITE_KEY_DIFFERS` as `checkSiteKey`; `REPORT_NOT_WHOLE` when its answers are missing or do not open. Anything less is shown, with a warning.
 */
export function readReport(
  library: Library,
  directory: Directory,
  reader: Uuid | null,
  key: ReportKey,
  response: ReportResponse,
  items: readonly ItemResponse[],
): OpenReport {
  const warnings = new Set<ReportWarning>();
  const opened = items.flatMap((item) => open(library, key, item) ?? warn(warnings, 'item-unreadable'));
  checkOrder(items, opened, warnings);
  const answers = answersOf(opened);
  checkHolders(response, answers, opened, warnings);
  if (reader === null) checkSiteKey(directory, answers, warnings);
  const files = new Map<string, FileContent>();
  const unfinished: { id: Uuid; content: FileContent }[] = [];
  const messages: MessageView[] = [];
  const fileViews: FileView[] = [];
  for (const { item, plaintext } of opened) {
    const from = item.author === null ? 'whistleblower' : 'recipient';
    if (item.kind === 'comment') {
      const comment = v.safeParse(commentContent, plaintext.content);
      if (comment.success) {
        const name = item.author === null ? '' : (directory.persons.get(item.author)?.name ?? '');
        messages.push({ id: item.id, from, name, text: comment.output.text, own: item.author === reader });
      } else warn(warnings, 'item-unreadable');
    }
    if (item.kind === 'file') {
      const file = v.safeParse(fileContent, plaintext.content);
      if (file.success) {
        const { name, type, size } = file.output;
        files.set(item.id, file.output);
        const own = item.author === reader;
        fileViews.push({ id: item.id, name, type, size, from, whole: item.whole === true, own });
        if (own && item.whole !== true) unfinished.push({ id: item.id, content: file.output });
      } else warn(warnings, 'item-unreadable');
    }
  }
  return {
    response,
    key,
    files,
    unfinished,
    newest: items.at(-1)?.id ?? null,
    view: {
      id: response.report,
      channel: directory.channels.get(response.channel)?.body.name ?? '',
      day: response.day,
      status: response.status,
      recipients: response.holders.map((id) => ({ id, name: directory.persons.get(id)?.name ?? '' })),
      questionnaire: answers.questionnaire,
      answers: answers.answers,
      messages,
      files: fileViews,
      warnings: [...warnings],
    },
  };
}

function open(library: Library, key: ReportKey, item: ItemResponse): Opened | null {
  const place = { kind: item.kind, report: key.report, item: item.id, author: item.author };
  try {
    if (item.epoch !== key.epoch) return null;
    return { item, plaintext: openItem(library, key.key, place, fromBase64url(item.box)) };
  } catch {
    // One item that was changed on its way must not hide the others; the person is told.
    return null;
  }
}

/** The whistleblower's own answers are what makes it a report. */
function answersOf(opened: readonly Opened[]): AnswersContent {
  const found = opened.filter(({ item }) => item.kind === 'answers' && item.author === null);
  const answers = v.safeParse(answersContent, found[0]?.plaintext.content);
  if (found.length !== 1 || !answers.success) throw new ClientError('REPORT_NOT_WHOLE');
  return answers.output;
}

/** Every item names the newest one its author had seen: it must be here, and before it (S6). */
function checkOrder(
  items: readonly ItemResponse[],
  opened: readonly Opened[],
  warnings: Set<ReportWarning>,
): void {
  const order = new Map(items.map((item) => [item.id, item.order]));
  const ascending = items.every((item, at) => item.order > (items[at - 1]?.order ?? 0));
  if (order.size !== items.length || !ascending) warn(warnings, 'item-out-of-order');
  for (const { item, plaintext } of opened) {
    if (plaintext.seen === null) continue;
    const seen = order.get(plaintext.seen);
    if (seen === undefined) warn(warnings, 'item-missing');
    else if (seen >= item.order) warn(warnings, 'item-out-of-order');
  }
}

/** Holders are named inside the report; the server's list can only be shorter (S8). */
function checkHolders(
  response: ReportResponse,
  answers: AnswersContent,
  opened: readonly Opened[],
  warnings: Set<ReportWarning>,
): void {
  const granted = opened
    .filter(({ item }) => item.kind === 'grant')
    .flatMap(({ plaintext }): Holder[] => {
      const grant = v.safeParse(grantContent, plaintext.content);
      return grant.success ? [grant.output.holder] : [];
    });
  const named = new Set([...answers.holders, ...granted].map((holder) => holder.id));
  if (response.holders.some((id) => !named.has(id))) warn(warnings, 'holder-unknown');
}

/** Who comes back holds the site to the key it had when the report was written (S14). @throws ClientError `SITE_KEY_DIFFERS`. */
function checkSiteKey(directory: Directory, answers: AnswersContent, warnings: Set<ReportWarning>): void {
  if (answers.siteKey === toBase64url(directory.sitePublicKey)) return;
  if (!directory.formerKeys.has(answers.siteKey)) throw new ClientError('SITE_KEY_DIFFERS');
  warn(warnings, 'site-key-changed');
}

function warn(warnings: Set<ReportWarning>, warning: ReportWarning): [] {
  warnings.add(warning);
  return [];
}
