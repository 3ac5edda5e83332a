/** What can fail in the protocol: one closed list of codes, each with a sentence that names no content, key or person. */

const sentences = {
  MALFORMED: 'the value is not in the form the protocol gives it',
  UNKNOWN_VERSION: 'the first byte names a version this program does not know; it is refused, not guessed',
  WRONG_LENGTH: 'the value has another length than the protocol gives it',
  DOES_NOT_OPEN: 'the ciphertext does not open with this key: it was changed, moved or made for another key',
  LOW_ORDER_KEY: 'the public key is of low order; nothing was sealed to it',
  WRONG_KEY_KIND: 'what was opened carries a key of another kind than expected',
  WRONG_OWNER: 'what was opened carries the key of another report, person or site than expected',
  MESSAGE_TOO_LONG: 'the message is longer than 640 KiB with its padding; nothing was sealed',
  BAD_PADDING: 'the padding of what was opened is not as the protocol makes it',
  PASSWORD_MALFORMED: 'the password is empty, longer than 1024 bytes or no valid text',
  RECEIPT_MALFORMED: 'a receipt has sixteen digits from 0 to 9, with spaces or hyphens between them at most',
  RECOVERY_KEY_MALFORMED: 'the recovery key is not complete or has a letter wrong',
  WRONG_SIGNATURE: 'the signature is not by the expected key',
  TOO_LARGE: 'the size is outside what the protocol can carry',
} as const satisfies Record<string, string>;

export type ProtocolErrorCode = keyof typeof sentences;
/** Every code, for the documentation's test. */
export const protocolErrorSentences: Readonly<Record<ProtocolErrorCode, string>> = sentences;

export class ProtocolError extends Error {
  readonly code: ProtocolErrorCode;

  constructor(code: ProtocolErrorCode) {
    super(sentences[code]);
    this.name = 'ProtocolError';
    this.code = code;
  }
}
