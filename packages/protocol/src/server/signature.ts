/** Ed25519 as the server has it: it verifies with OpenSSL, and holds no function that signs. */
import { createPublicKey, verify } from 'node:crypto';
import { toBase64url } from '../bytes.ts';
import { keyBytes, signatureBytes } from '../sizes.ts';

/** Whether the signature holds; a key or signature of another length holds nothing. */
export function ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== keyBytes || signature.length !== signatureBytes) return false;
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: toBase64url(publicKey) },
    format: 'jwk',
  });
  return verify(null, message, key, signature);
}
