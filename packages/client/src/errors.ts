/** Everything that can fail for a client, as one closed list of codes: what the server answers, what the protocol refuses, and what only an agent can notice. */
import { type ErrorCode, errorSentence } from '@sotto/contract/errors';
import { ProtocolError, type ProtocolErrorCode, protocolErrorSentences } from '@sotto/protocol/errors';

/** What an agent notices itself. Each sentence says what happened, whether anything was sent, and what to do now. */
const noticed = {
  UNREACHABLE:
    'The server did not answer. What it had acknowledged is kept; try again when the connection is back.',
  NOT_ALLOWED: 'This session may not do that. Nothing was changed.',
  ANSWER_MALFORMED:
    'The server answered something that it should not. It was not used; try again, and tell the people who run the site if it stays so.',
  SITE_KEY_DIFFERS:
    'This site shows another key than the one you were given. Nothing was sent. Do not go on; ask the people you meant to reach over another way.',
  DIRECTORY_OUTDATED:
    'The site shows an older list of people than it did before. Nothing was sent. Ask an administrator before you go on.',
  DIRECTORY_WRONG:
    'The list of people does not hold together: a key or a name in it is not vouched for. Nothing was sent.',
  CHANNEL_NOT_OFFERED:
    'This channel is not offered any more, or nobody who receives it has a key yet. Nothing was sent.',
  REPORT_NOT_WHOLE:
    'The report does not hold together: something of it is missing or not what it should be. It is not shown.',
  FILE_NOT_WHOLE:
    'A part of the file is missing or was changed. Nothing was kept; try again, or ask for the file to be sent once more.',
  NOT_SAVED:
    'The file could not be written on your device. Nothing of it was kept there; make room, or choose another place.',
  FILE_CHANGED:
    'The file on your device changed while it was read. What was sent of it is not shown to anybody; add it again.',
  PAUSED: 'The file is paused. What arrived of it is kept; go on when you like.',
  NOTHING_OPEN: 'Nothing is open here. Use the receipt, or sign in, once more.',
  TEXT_TOO_LONG:
    'The text is longer than what can be sent at once. Nothing was sent and nothing is lost; make it shorter or send it in two parts.',
  LINK_MALFORMED: 'The link is not complete. Open it again, whole, as it was given to you.',
  PASSWORD_INSECURE:
    'The password is too easy to guess. Nothing was sent; make it longer and mix capitals, small letters, digits and symbols.',
  STRETCHING_FAILED:
    'This browser could not do the arithmetic that protects what you know: it has no WebAssembly, or too little memory. Nothing was sent.',
} as const satisfies Record<string, string>;

export type NoticedErrorCode = keyof typeof noticed;
export type ClientErrorCode = NoticedErrorCode | ErrorCode | ProtocolErrorCode;

export class ClientError extends Error {
  readonly code: NoticedErrorCode | ErrorCode;
  /** Seconds after which the server says that it is worth trying again; null where it does not say. */
  readonly retryAfter: number | null;

  constructor(code: NoticedErrorCode | ErrorCode, retryAfter: number | null = null) {
    super(isNoticed(code) ? noticed[code] : errorSentence(code));
    this.name = 'ClientError';
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** The code of whatever was thrown; null when it is no failure this program knows. */
export function codeOf(thrown: unknown): ClientErrorCode | null {
  return thrown instanceof ClientError || thrown instanceof ProtocolError ? thrown.code : null;
}

/** What to tell a person about a code. */
export function sentenceOf(code: ClientErrorCode): string {
  if (isNoticed(code)) return noticed[code];
  return isProtocol(code) ? protocolErrorSentences[code] : errorSentence(code);
}

function isNoticed(code: string): code is NoticedErrorCode {
  return Object.hasOwn(noticed, code);
}

function isProtocol(code: string): code is ProtocolErrorCode {
  return Object.hasOwn(protocolErrorSentences, code);
}
