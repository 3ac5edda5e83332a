/** What a person typed where a receipt is asked for, judged before anything is stretched (S1). */
import type { WhistleblowerWords } from '../words/whistleblower-catalogue.ts';

export const receiptDigits = 16;

/** The ASCII digits so far, once spaces and hyphens are dropped. */
export function typedReceipt(typed: string): string {
  return typed.replaceAll(/[\s-]/g, '');
}

/** What is wrong with it, as a sentence; null when it can be used. */
export function receiptProblem(typed: string, words: WhistleblowerWords): string | null {
  const receipt = typedReceipt(typed);
  if (/[^0-9]/.test(receipt)) return words.return.notDigits;
  return receipt.length === receiptDigits ? null : words.return.wrongLength(receipt.length);
}
