/** The server's half of S14: it keeps only statements that the site's key has signed, and cannot make one. */
import { fromJson } from '../bytes.ts';
import { ProtocolError } from '../errors.ts';
import { signedBytes, splitStatement } from '../statement.ts';
import { ed25519Verify } from './signature.ts';

/**
 * Verifies a statement with the site's Ed25519 public key (32 bytes).
 *
 * @returns its body, unknown until the contract's schema has read it.
 * @throws ProtocolError `UNKNOWN_VERSION`, `WRONG_LENGTH`, `WRONG_SIGNATURE`, `MALFORMED`.
 */
export function verifyStatement(sitePublicKey: Uint8Array, statement: Uint8Array): unknown {
  const { signature, body } = splitStatement(statement);
  if (!ed25519Verify(sitePublicKey, signedBytes(body), signature)) throw new ProtocolError('WRONG_SIGNATURE');
  return fromJson(body);
}
