/** A report being written that its whistleblower chose to keep for a reload of the tab (S3): what is sent for it, and how it is opened again. */
import { type DraftContent, draftContent } from '@sotto/contract/items';
import type { RequestOf, ResponseOf } from '@sotto/contract/routes';
import { type Bytes, fromBase64url, toBase64url } from '@sotto/protocol/bytes';
import { boxDraftKeys, type DraftKeys, makeDraftKey, openDraftKeys } from '@sotto/protocol/draft';
import { type ItemPlace, openItem, sealItem } from '@sotto/protocol/item';
import type { Library } from '@sotto/protocol/library';
import { makeSessionKey, vaultName } from '@sotto/protocol/vault';
import * as v from 'valibot';
import { ClientError } from './errors.ts';

export class KeptDraft {
  readonly keys: DraftKeys;
  readonly #library: Library;
  readonly #sessionKey: Bytes;
  /** Boxed once: the keys of a report do not change while it is written. */
  readonly #vault: string;

  private constructor(library: Library, sessionKey: Bytes, keys: DraftKeys, vault: string) {
    this.#library = library;
    this.#sessionKey = sessionKey;
    this.keys = keys;
    this.#vault = vault;
  }

  static make(library: Library, keys: Omit<DraftKeys, 'draftKey'>): KeptDraft {
    const sessionKey = makeSessionKey(library);
    const all = { ...keys, draftKey: makeDraftKey(library) };
    return new KeptDraft(library, sessionKey, all, toBase64url(boxDraftKeys(library, sessionKey, all)));
  }

  /** By what SHA-256 of the key in the tab is asked for. */
  static nameOf(library: Library, key: string): string {
    return toBase64url(vaultName(library, fromBase64url(key)));
  }

  /**
   * Opens what the server gave for the key in the tab.
   *
   * @returns `content` is null once the report is filed. @throws ProtocolError, ClientError `ANSWER_MALFORMED`.
   */
  static open(
    library: Library,
    key: string,
    response: ResponseOf<'resumeDraft'>,
  ): { kept: KeptDraft; content: DraftContent | null } {
    const sessionKey = fromBase64url(key);
    const { report, vault, box } = response;
    const keys = openDraftKeys(library, sessionKey, report, fromBase64url(vault));
    const kept = new KeptDraft(library, sessionKey, keys, vault);
    if (box === null) return { kept, content: null };
    const opened = openItem(library, keys.draftKey, kept.#place(), fromBase64url(box));
    const content = v.safeParse(draftContent, opened.content);
    if (!content.success) throw new ClientError('ANSWER_MALFORMED');
    return { kept, content: content.output };
  }

  /** Base64url, for the tab. */
  get key(): string {
    return toBase64url(this.#sessionKey);
  }

  request(content: DraftContent): RequestOf<'keepDraft'> {
    const box = sealItem(this.#library, this.keys.draftKey, this.#place(), { seen: null, content });
    return {
      name: toBase64url(vaultName(this.#library, this.#sessionKey)),
      vault: this.#vault,
      box: toBase64url(box),
    };
  }

  /** There is one draft a report: its item has the report's id. */
  #place(): ItemPlace {
    const { report } = this.keys.reportKey;
    return { kind: 'draft', report, item: report, author: null };
  }
}
