/**
 * What a page keeps in its tab, for a reload (S3): session id and session key of a member; of a whistleblower nothing, or, when
 * they chose to keep a draft, the key to it.
 */
import type { MemberView } from '@sotto/client/views';

type Tab = MemberView['tab'];
const name = 'tab';
const draftName = 'draft';
/** 32 bytes in base64url. */
const keyForm = /^[A-Za-z0-9_-]{43}$/;

export function rememberTab(tab: Tab): void {
  sessionStorage.setItem(name, JSON.stringify({ session: tab.session, key: tab.key }));
}

export function forgetTab(): void {
  sessionStorage.removeItem(name);
}

/** @returns null when there is nothing, or nothing of the right form. */
export function rememberedTab(): Tab | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(name) ?? 'null');
    if (typeof kept !== 'object' || kept === null || !('session' in kept) || !('key' in kept)) return null;
    const { session, key } = kept;
    return typeof session === 'string' && typeof key === 'string' ? { session, key } : null;
  } catch {
    return null;
  }
}

export function rememberDraft(key: string): void {
  sessionStorage.setItem(draftName, key);
}

export function forgetDraft(): void {
  sessionStorage.removeItem(draftName);
}

/** @returns the key to a kept draft; null when there is none, or nothing of the right form. */
export function rememberedDraft(): string | null {
  const key = sessionStorage.getItem(draftName);
  return key !== null && keyForm.test(key) ? key : null;
}
