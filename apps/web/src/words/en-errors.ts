/**
 * What went wrong, in English: what happened, whether anything was sent, what to do now. Every code that an agent knows has
 * its entry, or this does not compile; a code that nobody foresaw gets the honest general sentence. What only recipients and
 * administrators can meet stands in en-member-errors.ts, so that a whistleblower does not carry it.
 */
import type { ClientErrorCode } from '@sotto/client/errors';
import type { unexpected, workerFailed } from '../platform/remote-call.ts';
import type { StretchFailure } from '../workers/stretch-messages.ts';

export type Problem = { readonly happened: string; readonly sent: string; readonly now: string };
type KnownCode = ClientErrorCode | StretchFailure | typeof unexpected | typeof workerFailed;
/** The codes that a whistleblower cannot meet. */
export type MemberErrorCode = Extract<
  ClientErrorCode,
  | 'MAIL_NOT_SET'
  | 'ACCOUNT_DISABLED'
  | 'LAST_HOLDER'
  | 'LAST_RECIPIENT'
  | 'MAIL_UNREACHABLE'
  | 'MAIL_NOT_ENCRYPTED'
  | 'MAIL_CERTIFICATE'
  | 'MAIL_LOGIN'
  | 'MAIL_REFUSED'
  | 'NOT_ALLOWED'
  | 'PASSWORD_UNCHANGED'
  | 'PASSWORD_INSECURE'
  | 'SECOND_FACTOR'
  | 'WRONG_CODE'
  | 'FACTOR_REQUIRED'
  | 'NAME_TAKEN'
  | 'ALREADY_SET_UP'
  | 'LINK_ENDED'
  | 'STATEMENT_OUTDATED'
  | 'PASSWORD_MALFORMED'
  | 'RECOVERY_KEY_MALFORMED'
>;

const notSent = 'Nothing was sent, and nothing you wrote is lost.';
const kept = 'What had arrived is kept, and nothing you wrote is lost.';
const again = 'Please try again.';
const laterAgain = 'Please try again in a few minutes.';

const general: Problem = {
  happened: 'Something went wrong that we did not foresee.',
  sent: 'We cannot say whether it was sent. What you wrote is still here.',
  now: 'Try again: the same thing is never kept twice. If it happens again, come back later.',
};
/** The server and this page do not fit together, or somebody changed something on the way. */
const misunderstood: Problem = {
  happened: 'The server and this page did not understand each other.',
  sent: 'Nothing was changed, and nothing you wrote is lost.',
  now: 'Try again. If it stays so, tell the people who run this site.',
};
const notTrusted = (happened: string): Problem => ({
  happened,
  sent: 'It was not used and not shown.',
  now: 'Try again. If it stays so, be careful: somebody may have changed it. Ask the people you wanted to reach in another way.',
});
const noStretching: Problem = {
  happened: 'This browser cannot do the arithmetic that protects what you know.',
  sent: notSent,
  now: 'Use another browser or another device. In Tor Browser, choose the security level “Standard”.',
};
export const readAgain = (happened: string): Problem => ({
  happened,
  sent: 'Nothing was changed, and nothing you wrote is lost.',
  now: 'Look for news, then send it again.',
});

const byCode: Readonly<Record<Exclude<KnownCode, MemberErrorCode>, Problem>> = {
  UNEXPECTED: general,
  FAILED: {
    happened: 'Something went wrong in the server.',
    sent: kept,
    now: 'Try again: the same thing is never kept twice. If it happens again, come back later.',
  },
  WORKER_FAILED: {
    happened: 'The part of this page that holds the keys did not start, or broke.',
    sent: 'We cannot say whether what you did last was sent.',
    now: 'Copy what you wrote, then load the page again. If that does not help, use another browser.',
  },
  PAUSED: {
    happened: 'The file is paused.',
    sent: 'What arrived of it is kept.',
    now: 'Go on when you like.',
  },
  UNREACHABLE: {
    happened: 'The server did not answer. Your connection may be gone.',
    sent: kept,
    now: 'Try again when the connection is back: the same thing is never kept twice.',
  },
  BUSY: { happened: 'The server is busy or just starting.', sent: kept, now: laterAgain },
  TOO_MANY: {
    happened: 'This is happening more often right now than the site lets it.',
    sent: 'Nothing was kept of this, and nothing is lost: what you wrote is still here.',
    now: 'Try again in a minute. If it is refused again, try after the next full hour.',
  },
  DISK_FULL: {
    happened: 'The server has no room left.',
    sent: 'This was not kept. What had arrived before is.',
    now: 'Send fewer or smaller files, or come back later.',
  },
  WRONG_CREDENTIAL: {
    happened: 'That does not open anything here.',
    sent: 'Nothing was changed.',
    now: 'Check each character and try again. A report that was deleted answers in the same way.',
  },
  SESSION_ENDED: {
    happened: 'Your session has ended, as it does after half an hour.',
    sent: kept,
    now: 'Come in again and go on; what you were writing is still here.',
  },
  WORK_NEEDED: {
    happened: 'The sum that keeps floods away came too late. A machine that slept in between does that.',
    sent: kept,
    now: 'Try again.',
  },
  NOTHING_OPEN: { happened: 'Nothing is open here any more.', sent: kept, now: 'Come in again and go on.' },
  NOT_FOUND: {
    happened: 'This is not here, or not yours.',
    sent: 'Nothing was changed.',
    now: 'Look for news; it may have been deleted.',
  },
  NOT_SET_UP: {
    happened: 'This site is not ready yet.',
    sent: notSent,
    now: 'The person who started it must open the setup link first.',
  },
  LINK_MALFORMED: {
    happened: 'This link is not complete.',
    sent: 'Nothing was sent.',
    now: 'Open it once more, whole, as it was given to you.',
  },
  SITE_KEY_DIFFERS: {
    happened:
      'This site shows another key than the one you were given. It may not be the site it claims to be.',
    sent: 'Nothing was sent.',
    now: 'Stop here. Ask the people you wanted to reach in another way.',
  },
  DIRECTORY_OUTDATED: {
    happened: 'This site shows an older list of people than it did before.',
    sent: notSent,
    now: 'Ask an administrator before you go on.',
  },
  DIRECTORY_WRONG: {
    happened:
      'The list of people who read reports here cannot be trusted: a name or a key in it is not vouched for.',
    sent: notSent,
    now: 'Stop here. Ask the people you wanted to reach in another way.',
  },
  CHANNEL_NOT_OFFERED: {
    happened: 'Nobody receives reports in this channel at the moment.',
    sent: notSent,
    now: 'Choose another channel, or come back later.',
  },
  EPOCH_MOVED: readAgain('Who reads this report has changed in the meantime.'),
  WRONG_HOLDERS: {
    happened: 'Who reads this channel has changed while you were writing.',
    sent: notSent,
    now: 'Go back to the channels, see who reads them now, and send it again.',
  },
  TEXT_TOO_LONG: {
    happened: 'The text is longer than what can be sent at once.',
    sent: notSent,
    now: 'Make it shorter, or send it in two parts.',
  },
  MESSAGE_TOO_LONG: {
    happened: 'The text is longer than what can be sent at once.',
    sent: notSent,
    now: 'Make it shorter, or send it in two parts.',
  },
  QUOTA: {
    happened: 'The file, or all files of this report together, are larger than this site takes.',
    sent: 'This file was not kept. Everything else is.',
    now: 'Send a smaller file, or leave one out.',
  },
  TOO_LARGE: {
    happened: 'This is larger than what can be sent.',
    sent: notSent,
    now: 'Send a smaller file or a shorter text.',
  },
  FILE_NOT_WHOLE: {
    happened: 'A part of the file is missing or was changed on its way.',
    sent: 'Nothing of it was saved on this device.',
    now: 'Try again. If it stays so, ask for the file to be sent once more.',
  },
  NOT_SAVED: {
    happened: 'The file could not be written on this device.',
    sent: 'Nothing of it was kept here. It is still on the server.',
    now: 'Make room, or choose another place, and try again.',
  },
  FILE_CHANGED: {
    happened: 'The file on your device changed while it was being read.',
    sent: 'What was sent of it is shown to nobody.',
    now: 'Remove it here and add it again.',
  },
  CHUNK_MISSING: {
    happened: 'A part of the file has not arrived yet.',
    sent: kept,
    now: 'Wait a little and try again.',
  },
  REPORT_NOT_WHOLE: notTrusted(
    'This report does not hold together: a part is missing or not what it should be.',
  ),
  DOES_NOT_OPEN: notTrusted(
    'This cannot be opened with your key: it was changed, or is meant for somebody else.',
  ),
  WRONG_KEY_KIND: notTrusted('The server gave a key of another kind than it should.'),
  WRONG_OWNER: notTrusted('The server gave a key that belongs to something else.'),
  LOW_ORDER_KEY: notTrusted('The server gave a key that protects nothing.'),
  BAD_PADDING: notTrusted('What was opened does not have the form it should have.'),
  WRONG_SIGNATURE: notTrusted('A signature is not by the key of this site.'),
  UNKNOWN_VERSION: notTrusted('This was written in a form that this page does not know.'),
  ANSWER_MALFORMED: notTrusted('The server answered something that it should not.'),
  MALFORMED: misunderstood,
  WRONG_LENGTH: misunderstood,
  WRONG_METHOD: misunderstood,
  WRONG_TYPE: misunderstood,
  ID_IN_USE: misunderstood,
  RECEIPT_MALFORMED: {
    happened: 'A receipt has sixteen digits from 0 to 9.',
    sent: 'Nothing was sent.',
    now: 'Check it and type it again.',
  },
  STRETCHING_FAILED: noStretching,
  STRETCH_NO_WEBASSEMBLY: noStretching,
  STRETCH_WRONG_RESULT: {
    happened: 'This browser computes the protection of your receipt or password wrongly, so it was stopped.',
    sent: notSent,
    now: 'Use another browser or another device.',
  },
  STRETCH_NO_MEMORY: {
    happened: 'There is too little free memory to protect what you know. It takes about 130 MB.',
    sent: notSent,
    now: 'Close other pages and programs, then try again, or use another device.',
  },
  STRETCH_FAILED: {
    happened: 'The protection of your receipt or password could not be computed.',
    sent: notSent,
    now: again,
  },
};

/** The sentences for a code, as the whistleblower's page says them. */
export const errorWords = lookUp(byCode, () => general);

/** Finds a code's sentences in a table, and asks another for what the table lacks. */
export function lookUp(
  table: Readonly<Record<string, Problem>>,
  otherwise: (code: string) => Problem,
): (code: string) => Problem {
  // A code is any text: only an entry of its own counts, not what every object inherits.
  return (code) => (Object.hasOwn(table, code) ? table[code] : undefined) ?? otherwise(code);
}
