/** English words of the whistleblower's page: for people who are frightened, hurried or tired. */
import type { Connection, SiteView } from '@sotto/client/views';
import { counted } from './counted.ts';

const language = 'en';

export const whistleblowerWords = {
  leaveQuickly: 'Leave quickly',
  leaveHint: 'Closes this and shows another page',
  home: {
    title: 'Tell what you saw',
    lead: 'You do not have to say who you are. What you write is encrypted on this device, and only the people you write to can open it.',
    write: 'Write a report',
    return: 'I have a receipt',
    unclaimed: 'This site is not ready yet. The person who started it must set it up first.',
    noChannels: 'Nobody can receive reports here yet. Please come back later.',
    protectionTitle: 'How you are protected',
    protection: [
      {
        title: 'Only the recipients can read it',
        text: 'Your words and files are locked here, before they leave. The server, and whoever runs it, keeps them locked and has no key.',
      },
      {
        title: 'No name, no account',
        text: 'You get a receipt of sixteen digits. With it you come back, read answers and write more. Nobody can give it to you a second time.',
      },
      {
        title: 'Nothing is stored on this device',
        text: 'When you close this page, what you wrote is gone from it, unless you choose to keep a draft. Your browser and your network may still remember that you were here.',
      },
    ],
    cannotTitle: 'What no website can do for you',
    /** The names of those who hold escrow (S11). */
    escrow: (holders: readonly string[]) =>
      `Should a recipient lose their keys, ${new Intl.ListFormat(language).format(holders)} can let them back in, and could so read what they can read.`,
    cannot:
      'Do not use a device or a network of the people you write about. What you tell can show who you are, if only a few people know it. Take your time.',
    connectionTitle: 'Your connection',
    connection: {
      onion: 'You came through Tor. This site does not learn where you are.',
      direct:
        'You came without Tor. Whoever runs your network can see that you visited this site, though not what you write.',
      unknown:
        'We cannot tell how you came here. Unless you use Tor Browser, whoever runs your network can see that you visited this site, though not what you write.',
    } satisfies Record<Connection, string>,
    torLink: 'Get Tor Browser',
    keyTitle: 'The key of this site',
    keyChecks: {
      matched: 'It is the key that your link named.',
      succeeded:
        'Your link names a key that this site had before. That key vouched for this one. If your link is old, ask for a new one over another way, or compare this key with somebody you trust.',
      'nothing-to-compare':
        'If you have this site’s key from a poster or a person, compare it with this one. If they differ, stop.',
    } satisfies Record<SiteView['keyCheck'], string>,
  },
  places: {
    waiting: 'One moment: the rest of this page is on its way.',
    failed: 'The rest of this page did not arrive',
    failedText:
      'Nothing was sent, and nothing is lost: you have not written anything here yet. Load the page again.',
    failedDraft:
      'Nothing was sent, and nothing is lost: your draft is kept. Load the page again to go on with it.',
    reload: 'Load the page again',
  },
  channel: {
    title: 'Whom do you want to tell?',
    lead: 'Only the people named can open your report.',
    readers: 'Read by',
    choose: 'Choose',
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
    losses: {
      answers: (count: number) =>
        counted(language, count, {
          one: 'your answer to one question',
          other: 'your answers to # questions',
        }),
      files: (count: number) =>
        counted(language, count, { one: 'one file you added', other: '# files you added' }),
      changes: 'the last changes to your draft, which are not saved yet',
      again: (count: number) =>
        counted(language, count, {
          one: 'one file on its way; you would have to pick it again',
          other: '# files on their way; you would have to pick them again',
        }),
      receipt: 'your receipt, which nobody can show you again',
      message: 'the message you are writing',
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
