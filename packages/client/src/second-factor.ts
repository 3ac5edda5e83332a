/** The secret of a second factor (S3), made by the agent and shown to its owner alone: 160 bits, as RFC 4226 section 4 recommends. */
import { type Bytes, toBase32 } from '@sotto/protocol/bytes';
import type { Library } from '@sotto/protocol/library';
import { factorSecretBytes } from '@sotto/protocol/sizes';
import type { NewFactorView } from './views.ts';

export function makeFactorSecret(library: Library): Bytes {
  return library.random(factorSecretBytes);
}

/**
 * What an authenticator reads. SHA-1, six digits and thirty seconds are what every one of them takes without being told, so
 * they are not told.
 *
 * Source: https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function factorView(secret: Bytes, siteName: string, userName: string): NewFactorView {
  const [issuer, account] = [siteName.replaceAll(':', ' '), userName].map(encodeURIComponent);
  const text = toBase32(secret);
  return { secret: text, address: `otpauth://totp/${issuer}:${account}?secret=${text}&issuer=${issuer}` };
}
