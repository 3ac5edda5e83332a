/** The vault of a session (S3): what lets a reload of the tab go on, boxed under the session key, in the server's memory only. */
import type { Bytes } from './bytes.ts';
import type { Library } from './library.ts';
import { keyBytes } from './sizes.ts';

export function makeSessionKey(library: Library): Bytes {
  return library.random(keyBytes);
}

/** The server knows a vault by SHA-256 of its key, so that a session id alone does not fetch it. */
export function vaultName(library: Library, sessionKey: Uint8Array): Bytes {
  return library.sha256(sessionKey);
}
