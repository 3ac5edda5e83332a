/**
 * The headers of every answer, in one table. docs/security/headers.md has a line for each route; a test compares both
 * with what is sent.
 */

/** What an answer is, as far as its headers go. */
export type HeaderPolicy = 'page' | 'other' | 'stretch-worker' | 'key-worker';

const contentSecurityPolicy: Readonly<Record<HeaderPolicy, string>> = {
  page: "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'none'; frame-ancestors 'none'; frame-src 'self'; img-src 'self'; media-src 'self'; script-src 'self' 'report-sample'; style-src 'self'; trusted-types angular angular#bundler default dompurify; require-trusted-types-for 'script'; report-uri /api/report;",
  other: "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
  // Only this script may compile WebAssembly, and it may fetch nothing.
  'stretch-worker':
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; script-src 'self' 'wasm-unsafe-eval'",
  'key-worker':
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; script-src 'self'; connect-src 'self'",
};

const always: readonly (readonly [string, string])[] = [
  ['Cross-Origin-Embedder-Policy', 'require-corp'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  [
    'Permissions-Policy',
    'accelerometer=(),ambient-light-sensor=(),bluetooth=(),camera=(),clipboard-read=(),clipboard-write=(),document-domain=(),display-capture=(),fullscreen=(),geolocation=(),gyroscope=(),idle-detection=(),keyboard-map=(),local-fonts=(),magnetometer=(),microphone=(),midi=(),notifications=(),payment=(),payment-request=(),persistent-storage=(),push=(),screen-wake-lock=(),serial=(),speaker-selection=(),usb=(),web-share=(),xr-spatial-tracking=()',
  ],
  ['X-Frame-Options', 'deny'],
  ['Referrer-Policy', 'no-referrer'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Robots-Tag', 'noarchive'],
  ['Cache-Control', 'no-store'],
];

/** For the answer that ends a session: nothing of this site is left in the browser (W3C Clear Site Data §3.1). */
export const clearSiteData = ['Clear-Site-Data', '"cache", "cookies", "storage"'] as const;

/** The headers of an answer, in the order they are sent, each on one line. */
export function headersOf(policy: HeaderPolicy): readonly (readonly [string, string])[] {
  return [['Content-Security-Policy', contentSecurityPolicy[policy]], ...always];
}
