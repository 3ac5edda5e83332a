/** Reading all items of a report, page by page, and writing one (S6). Both sides do the same, by other routes. */
import { commentMaxBytes } from '@sotto/contract/answer-limits';
import { type FileContent, fileNameMaxLength } from '@sotto/contract/items';
import type { ItemRequest, ItemResponse, ReportResponse } from '@sotto/contract/report';
import { makeFileKey } from '@sotto/protocol/attachment';
import { type Bytes, toBase64url, type Uuid, utf8, uuidFromRandom } from '@sotto/protocol/bytes';
import { sealItem } from '@sotto/protocol/item';
import type { ReportKey } from '@sotto/protocol/key-carrier';
import type { Library } from '@sotto/protocol/library';
import { sealReportKey } from '@sotto/protocol/report';
import { paddedFileSize } from '@sotto/protocol/sizes';
import type { Reachable } from './directory.ts';
import { ClientError } from './errors.ts';
import type { ItemsResponse } from './responses.ts';
import type { FileDescription } from './views.ts';

/** A report has fewer pages than this, or the server is lying about them. */
const pagesMax = 10_000;

/** Fetches page after page. @throws ClientError `ANSWER_MALFORMED` when the pages do not go forward. */
export async function readAllItems(
  page: (after: number) => Promise<ItemsResponse>,
): Promise<readonly ItemResponse[]> {
  const items: ItemResponse[] = [];
  let after = 0;
  for (let pages = 0; pages < pagesMax; pages += 1) {
    const answer = await page(after);
    items.push(...answer.items);
    if (answer.next === null) return items;
    if (answer.next <= after) break;
    after = answer.next;
  }
  throw new ClientError('ANSWER_MALFORMED');
}

/** Where a new item goes: the report as its author last saw it. */
export type WritingPlace = {
  readonly response: ReportResponse;
  readonly key: ReportKey;
  readonly newest: Uuid | null;
  readonly author: Uuid | null;
};

export function newId(library: Library): Uuid {
  return uuidFromRandom(library.random(16));
}

/** @throws ClientError `TEXT_TOO_LONG`. */
export function commentRequest(library: Library, place: WritingPlace, text: string): ItemRequest {
  if (utf8(text).length > commentMaxBytes) throw new ClientError('TEXT_TOO_LONG');
  const id = newId(library);
  return { kind: 'comment', id, ...written(library, place, 'comment', id, { text }) };
}

/** The `file` item goes first; its id is the upload's (S7). */
export function fileRequest(
  library: Library,
  place: WritingPlace,
  id: Uuid,
  content: FileContent,
): ItemRequest {
  return {
    kind: 'file',
    id,
    size: paddedFileSize(content.size),
    ...written(library, place, 'file', id, content),
  };
}

/** Gives the report to one more person: R sealed to them, and an item that names them inside the report (S8). */
export function grantRequest(library: Library, place: WritingPlace, to: Reachable): ItemRequest {
  const id = newId(library);
  const holder = { id: to.id, publicKey: toBase64url(to.publicKey) };
  const seal = toBase64url(sealReportKey(library, to.publicKey, place.key));
  return { kind: 'grant', id, holder: to.id, seal, ...written(library, place, 'grant', id, { holder }) };
}

/** What is said about a picked file inside its item, with a new key for its chunks. */
export function describeFile(library: Library, file: FileDescription): { content: FileContent; key: Bytes } {
  const key = makeFileKey(library);
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(file.type) && file.type.length <= 127 ? file.type : '';
  return { content: { name: describedName(file.name), type, size: file.size, key: toBase64url(key) }, key };
}

/** A file's name as its item can hold it. */
export function describedName(name: string): string {
  return name.slice(0, fileNameMaxLength) || '-';
}

function written(
  library: Library,
  place: WritingPlace,
  kind: ItemRequest['kind'],
  item: Uuid,
  content: unknown,
): { epoch: number; holders: Uuid[]; box: string } {
  const { report, epoch, key } = place.key;
  const sealed = sealItem(
    library,
    key,
    { kind, report, item, author: place.author },
    { seen: place.newest, content },
  );
  return { epoch, holders: [...place.response.holders], box: toBase64url(sealed) };
}
