/** Copies what an element shows, without the clipboard API: that one needs https, and the page's policy denies it. */

/**
 * Selects the element's text and copies it. The selection stays, so that the person sees what was copied, or can
 * copy it by hand when this failed.
 *
 * @returns whether the browser says it copied.
 */
export function copyText(element: Element): boolean {
  const selection = getSelection();
  if (selection === null) return false;
  const range = document.createRange();
  range.selectNodeContents(element);
  selection.removeAllRanges();
  selection.addRange(range);
  try {
    // Deprecated, and the only way left: works over plain http and under clipboard-write=().
    return document.execCommand('copy');
  } catch {
    return false;
  }
}
