/** The layouts of what is signed (S14), without any key: both halves of the directory read them. */
import { type Bytes, concat, utf8 } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import { keyBytes, signatureBytes, uuidByteCount, version } from './sizes.ts';

/** The parts of a statement, not yet verified. @throws ProtocolError `UNKNOWN_VERSION`, `WRONG_LENGTH`. */
export function splitStatement(statement: Uint8Array): { signature: Uint8Array; body: Uint8Array } {
  if (statement.length > 0 && statement[0] !== version) throw new ProtocolError('UNKNOWN_VERSION');
  if (statement.length <= 1 + signatureBytes) throw new ProtocolError('WRONG_LENGTH');
  return {
    signature: statement.subarray(1, 1 + signatureBytes),
    body: statement.subarray(1 + signatureBytes),
  };
}

/** What the signature of a statement covers. */
export function signedBytes(body: Uint8Array): Bytes {
  return concat(utf8('sotto/1/directory'), Uint8Array.of(0), body);
}

/** What an enrolment key signs: `"sotto/1/enrolment"` ‖ 0x00 ‖ user id (16) ‖ public key (32). @throws ProtocolError `WRONG_LENGTH`. */
export function enrolmentMessage(userId: Uint8Array, publicKey: Uint8Array): Bytes {
  if (userId.length !== uuidByteCount || publicKey.length !== keyBytes)
    throw new ProtocolError('WRONG_LENGTH');
  return concat(utf8('sotto/1/enrolment'), Uint8Array.of(0), userId, publicKey);
}
