/**
 * English words of the whistleblower's first view and of what stands around every view. They come before the first button;
 * all others come behind it, in whistleblower/places.ts (decision 0043).
 */
import type { Connection, SiteView } from '@sotto/client/views';
import { counted } from './counted.ts';

const language = 'en';

export const firstViewWords = {
  leaveQuickly: 'Leave quickly',
  leaveHint: 'Closes this and shows another page',
  home: {
    title: 'Tell what you saw',
    lead: 'You do not have to say who you are. What you write is encrypted on this device, and only the people you write to can open it.',
    write: 'Write a report',
    return: 'I have a receipt',
    unclaimed: 'This site is not ready yet. The person who started it must set it up first.',
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
    failedText:
      'Nothing was sent, and nothing is lost: you have not written anything here yet. Load the page again.',
    failedDraft:
      'Nothing was sent, and nothing is lost: your draft is kept. Load the page again to go on with it.',
  },
  /** What closing or reloading the page would lose. */
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
};
