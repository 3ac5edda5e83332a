/** English words that places of both pages use. */
import type { Progress, ReportStatus, ReportWarning } from '@sotto/client/views';
import { submittedFilesMax } from '@sotto/contract/answer-limits';
import { counted, dated, limited, sized, timeLeft } from './counted.ts';

const language = 'en';

export const sharedWords = {
  size: (bytes: number) => sized(language, bytes),
  day: (day: string) => dated(language, day),
  percent: (share: number) =>
    new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(share),
  required: 'required',
  optional: 'optional',
  back: 'Back',
  next: 'Continue',
  retry: 'Try again',
  /** Never said shorter than it is. */
  againIn: (seconds: number) =>
    `Try again in ${timeLeft(language, seconds < 90 ? seconds : 60 * Math.ceil(seconds / 60))}.`,
  cancel: 'Cancel',
  remove: 'Remove',
  waiting: 'One moment …',
  session: {
    ends: (minutes: number) =>
      counted(language, minutes, {
        one: 'Your session ends in # minute.',
        other: 'Your session ends in # minutes.',
      }),
    kept: 'What you are writing stays on this page, also when it ends.',
    stay: 'Stay half an hour more',
    last: 'It has lasted half a day and cannot be made longer. Sign in again when it has ended.',
  },
  copy: 'Copy',
  print: 'Print',
  copied:
    'Copied. Paste it somewhere safe, then copy something else, so that it does not stay in the clipboard.',
  copyFailed: 'Your browser did not let us copy. It is selected now: copy it by hand, or write it down.',
  progress: {
    stretching: 'Making the key that opens this. It takes some seconds, so that nobody can guess it quickly.',
    working: 'Doing a sum that takes a moment. It keeps away whoever would flood this site with requests.',
    sending: 'Sending, encrypted',
    receiving: 'Fetching and checking',
    waiting: 'The connection is gone, or the server is busy. It goes on by itself:',
  } satisfies Record<Progress['stage'], string>,
  status: { new: 'New', opened: 'Opened', closed: 'Closed' } satisfies Record<ReportStatus, string>,
  warnings: {
    'item-missing':
      'A message or file that somebody here has seen is missing. The server may be holding it back.',
    'item-out-of-order': 'Some messages may not be in the order in which they were written.',
    'item-unreadable': 'Something here cannot be opened. It was damaged or changed on its way.',
    'holder-unknown':
      'Somebody is listed as a reader of this report whom we cannot check. Be careful what you add.',
    'site-key-changed':
      'Since you wrote, this site has changed the key that vouches for its people. The key before vouched for the new one. If that troubles you, ask the people you trust here over another way before you write more.',
  } satisfies Record<ReportWarning, string>,
  files: {
    title: 'Files',
    none: 'No files.',
    choose: 'Choose files',
    drop: 'or drop them here',
    limit: (bytes: number) => `Up to ${limited(language, bytes)} each.`,
    tooLarge: (name: string, bytes: number) =>
      `“${name}” is larger than ${limited(language, bytes)}. It was not added.`,
    allTooLarge: (name: string, bytes: number) =>
      `“${name}” was not added: all files of a report have a bound together, and ${limited(language, bytes)} are left of it.`,
    tooMany: (name: string) =>
      `“${name}” was not added: a report begins with ${submittedFilesMax} files at most. Add it once the report is sent, or put several into one archive.`,
    empty: (name: string) => `“${name}” is empty. It was not added.`,
    traces:
      'Files can carry your name, your place or your camera’s number inside. A photo of a document is often safer than the document.',
    waiting: 'Waiting for its turn',
    sending: (share: string) => `Sending, encrypted: ${share}`,
    sent: 'Sent, encrypted',
    paused: (share: string) => `Paused at ${share}. What arrived is kept.`,
    waitingForLine: (share: string) => `Waiting for the connection, at ${share}`,
    pause: 'Pause',
    goOn: 'Go on',
    secondsLeft: (seconds: number) => `about ${timeLeft(language, seconds)} left`,
    failed: 'Not sent',
    again: (share: string) => `Pick this file again to go on; ${share} of it has arrived`,
    unfinished: 'Not all of it has arrived yet',
    unfinishedOwn: 'Not all of it has arrived yet. Pick the same file again below, and it goes on.',
    download: 'Download',
    downloading: (share: string) => `Fetching and checking: ${share}`,
    saved: 'Complete and checked. It is in your downloads.',
    savedThere: 'Complete and checked. It is where you chose.',
    danger:
      'A file can harm the device that opens it. Open files from people you do not know on a device kept for that.',
    by: { whistleblower: 'from the whistleblower', recipient: 'from a recipient', you: 'from you' },
  },
  conversation: {
    title: 'Conversation',
    you: 'You',
    whistleblower: 'Whistleblower',
    write: 'Write a message',
    send: 'Send message',
    sending: 'Sending …',
    addFiles: 'Add files',
    refresh: 'Look for news',
    refreshed: 'This is everything there is now.',
  },
  questions: {
    unanswered: 'Not answered',
    unknownOption: 'An answer that is not among the choices',
    accepted: 'Accepted',
    problems: {
      missing: 'Please answer this question to go on.',
      'too-long': 'This is too long for one line. Nothing was cut; please shorten it yourself.',
      'no-date': 'Please choose a day, or leave this empty.',
      'no-number': 'Please write a number, with digits only.',
      'no-option': 'Please choose again.',
    },
    tooSmall: (least: number) => `Please write a number that is not below ${least}.`,
    tooLarge: (most: number) => `Please write a number that is not above ${most}.`,
    left: (characters: number) =>
      counted(language, characters, { one: '# character left', other: '# characters left' }),
    over: (characters: number) =>
      counted(language, characters, {
        one: '# character too many. Nothing was cut; please shorten it yourself.',
        other: '# characters too many. Nothing was cut; please shorten it yourself.',
      }),
    tooMuch: 'All answers together are too long. Please shorten one, or put the long text into a file.',
    summary: (count: number) =>
      counted(language, count, {
        one: 'One answer needs your attention.',
        other: '# answers need your attention.',
      }),
  },
};
