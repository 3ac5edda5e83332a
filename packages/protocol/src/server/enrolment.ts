/** The server's half of an enrolment (S2, S14): it keeps a new user's public key only when the enrolment key signed it. */
import { type Uuid, uuidBytes } from '../bytes.ts';
import { enrolmentMessage } from '../statement.ts';
import { ed25519Verify } from './signature.ts';

/** Whether `signature` is the enrolment key's over this user and public key. @throws ProtocolError `WRONG_LENGTH`. */
export function isEnrolment(
  enrolmentKey: Uint8Array,
  user: Uuid,
  publicKey: Uint8Array,
  signature: Uint8Array,
): boolean {
  return ed25519Verify(enrolmentKey, enrolmentMessage(uuidBytes(user), publicKey), signature);
}
