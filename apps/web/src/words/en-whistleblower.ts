/** English words of the whistleblower's places behind the first view: for people who are frightened, hurried or tired. */
import { counted } from './counted.ts';

const language = 'en';

export const whistleblowerWords = {
  channel: {
    title: 'Whom do you want to tell?',
    lead: 'Only the people named can open your report.',
    readers: 'Read by',
    choose: 'Choose',
    none: 'Nobody can receive reports here yet. Please come back later.',
    days: (days: number) =>
      counted(language, days, { one: 'Deleted after # day', other: 'Deleted after # days' }),
  },
  steps: (step: number, of: number) => `Step ${step} of ${of}`,
  startOver: 'Leave without sending',
  startOverAsk: {
    title: 'Leave without sending?',
    text: 'Nothing has been filed. Your answers will be gone from this device, and files already sent will be deleted from the server.',
    stay: 'Stay here',
    leave: 'Leave, and forget it all',
  },
  review: {
    title: 'Read it once more',
    lead: 'After you send it, you can add to it, but not change it.',
    to: 'To',
    change: 'Change',
    send: 'Send the report',
    filesWaiting: (count: number) =>
      counted(language, count, {
        one: 'One file is still on its way. You can send the report when it has arrived.',
        other: '# files are still on their way. You can send the report when they have arrived.',
      }),
    filesAgain: (count: number) =>
      counted(language, count, {
        one: 'One file has not arrived whole. Go back to the files and pick it again, or remove it.',
        other: '# files have not arrived whole. Go back to the files and pick them again, or remove them.',
      }),
    filesFailed: (count: number) =>
      counted(language, count, {
        one: 'One file could not be sent. Try it again or remove it.',
        other: '# files could not be sent. Try them again or remove them.',
      }),
  },
  draft: {
    label: 'Keeping a draft',
    off: 'Nothing of this is stored. If this page is closed or loaded again, what you wrote is gone.',
    offer: 'Keep a draft …',
    ask: {
      title: 'Keep a draft of this report?',
      text: 'Then a page that is loaded again goes on where you were, with your answers and files, for one to two days.',
      points: [
        'The draft lies on the server, locked. The key to it lies in this tab, and your browser may write that key to this device.',
        'Whoever has this device in that time may be able to read the draft. Do not do it on a device that others use.',
        'It ends when you send the report, when you leave it, or when you say here that it shall be forgotten. Without this tab nobody can open it again, not even you.',
      ],
      stay: 'Keep nothing',
      keep: 'Yes, keep a draft',
    },
    states: {
      asked: 'Keeping the draft …',
      saving: 'A draft is kept. Saving what you changed …',
      saved: 'A draft is kept, for one to two days. All of it is saved.',
      unsaved: 'A draft is kept, but the last changes could not be saved yet. It goes on trying.',
    },
    forget: 'Forget the draft',
    resuming: {
      title: 'Going on with your draft',
      text: 'We are fetching your draft and opening it on this device.',
      leave: 'Forget the draft and begin anew',
    },
    gone: {
      title: 'Your draft is not here any more',
      text: 'It was left or forgotten, or its one to two days are over. A report that was sent has arrived; come back to it with its receipt.',
      go: 'Go to the first page',
    },
  },
  sending: {
    title: 'Sending your report',
    text: 'Please keep this page open. In a few seconds you get your receipt.',
  },
  receipt: {
    title: 'Your report has arrived',
    lead: 'These sixteen digits are your receipt, and the only key to your report. With it you come back, read answers and write more.',
    label: 'Receipt, sixteen digits',
    once: 'It is shown only now. Nobody can give it to you again, not even the recipients.',
    keep: 'Keep it where nobody else looks',
    keepWell: ['On paper, among other numbers', 'In a password manager that only you open'],
    keepBadly: ['Not in a message, a mail or a photo', 'Not on a device that belongs to your employer'],
    saved: 'I have saved the receipt',
    savedFirst: 'Please save the receipt first, then tick this box. It cannot be shown again.',
    done: 'Finish',
    next: 'What happens now',
    nextText:
      'The recipients read your report and may ask you questions here. Come back in a few days; nobody can call or write to you.',
  },
  return: {
    title: 'Come back to your report',
    lead: 'Type the sixteen digits of your receipt. Spaces do not matter.',
    label: 'Receipt',
    open: 'Open my report',
    digits: (count: number) => counted(language, count, { one: '# of 16 digits', other: '# of 16 digits' }),
    notDigits: 'A receipt has only digits from 0 to 9.',
    wrongLength: (count: number) =>
      counted(language, count, {
        one: 'A receipt has 16 digits; this has one.',
        other: 'A receipt has 16 digits; this has #.',
      }),
  },
  report: {
    title: 'Your report',
    came: (day: string) => `Sent on ${day}`,
    answers: 'What you told',
    writeLabel: 'Write to the recipients',
    empty: 'No answers yet. Come back in a few days.',
    leave: 'Close my report',
    readers: 'Read by',
  },
  waitingForSite: {
    title: 'One moment',
    text: 'We are fetching this site’s keys and checking them.',
  },
};
