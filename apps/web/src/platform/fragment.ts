/** What an address carries after `#`. */

/** Reads the fragment and takes it out of address bar and history entry at once: it may be a secret (S2). */
export function takeFragment(): string {
  const fragment = location.hash.slice(1);
  if (location.hash !== '') history.replaceState(null, '', location.pathname);
  return fragment;
}

/** Another link to the same page, opened in this tab, changes the fragment alone: the page begins anew with it. */
export function beginAnewWithEachLink(): void {
  addEventListener('hashchange', () => location.reload());
}

/** A site's public key in base64url: 32 bytes are 43 characters. */
const siteKeyForm = /^[A-Za-z0-9_-]{43}$/;

/** The site's key from the published link, if the address carries one. It is public, so the address is left alone. */
export function linkKey(): string | null {
  const fragment = location.hash.slice(1);
  return siteKeyForm.test(fragment) ? fragment : null;
}
