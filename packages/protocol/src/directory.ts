/** The directory (S14): statements by the site's key about who is who. No public key is believed because the server says so. */
import { type Bytes, concat, fromJson, toBase32, toJson } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import type { Library } from './library.ts';
import { version } from './sizes.ts';
import { signedBytes, splitStatement } from './statement.ts';

/** Characters of the site key's fingerprint, 80 bits: enough against a second key, and short enough to compare. */
const fingerprintLength = 16;

/** 0x01 ‖ signature (64) ‖ body; Ed25519 signs `"sotto/1/directory"` ‖ 0x00 ‖ body; the body is JSON in UTF-8. @throws ProtocolError `MALFORMED` for no JSON. */
export function signStatement(library: Library, siteSeed: Uint8Array, body: unknown): Bytes {
  const bytes = toJson(body);
  return concat(Uint8Array.of(version), library.ed25519Sign(siteSeed, signedBytes(bytes)), bytes);
}

/**
 * Opens a statement: its signature first, then its JSON.
 *
 * @returns the body, unknown until a parser has said what it is.
 * @throws ProtocolError `UNKNOWN_VERSION`, `WRONG_LENGTH`, `WRONG_SIGNATURE`, `MALFORMED`.
 */
export function openStatement(library: Library, sitePublicKey: Uint8Array, statement: Uint8Array): unknown {
  const { signature, body } = splitStatement(statement);
  if (!library.ed25519Verify(sitePublicKey, signedBytes(body), signature))
    throw new ProtocolError('WRONG_SIGNATURE');
  return fromJson(body);
}

/** 16 base32 characters of SHA-256(site's public key) in groups of four, for a person to compare (S14). */
export function siteFingerprint(library: Library, sitePublicKey: Uint8Array): string {
  return toBase32(library.sha256(sitePublicKey))
    .slice(0, fingerprintLength)
    .replaceAll(/.{4}(?=.)/g, '$& ');
}
