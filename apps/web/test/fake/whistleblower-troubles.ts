/** What a whistleblower sees when something is not there, does not come or fails: a story for each. */
import { arriveAt, press, read, write } from '../browsers/person.ts';
import { madeUpReceipt } from './scene.ts';
import type { Story } from './story.ts';
import { goToReview, openReceiptForm, openReport, pickFiles, recording } from './whistleblower-ways.ts';

export const whistleblowerTroubles: readonly Story[] = [
  {
    name: 'unclaimed',
    address: '/',
    mood: { site: { state: 'unclaimed', fingerprint: null }, nothing: ['channels'] },
    scenes: [
      {
        view: 'whistleblower home',
        state: 'empty',
        act: ({ page, words }) => read(page, words.firstView.home.unclaimed),
      },
    ],
  },
  {
    name: 'no-channels',
    address: '/',
    mood: { nothing: ['channels'] },
    scenes: [
      {
        view: 'whistleblower channel',
        state: 'empty',
        act: async ({ page, words }) => {
          await press(page, words.firstView.home.write);
          await read(page, words.whistleblower.channel.none);
        },
      },
    ],
  },
  {
    name: 'site-waits',
    address: '/',
    mood: { waits: ['openSite'] },
    scenes: [
      {
        view: 'whistleblower home',
        state: 'waiting',
        act: ({ page, words }) => arriveAt(page, words.firstView.home.title),
      },
      {
        view: 'whistleblower channel',
        state: 'waiting',
        act: async ({ page, words }) => {
          await press(page, words.firstView.home.write);
          await read(page, words.whistleblower.waitingForSite.text);
        },
      },
    ],
  },
  {
    name: 'site-fails',
    address: '/',
    mood: { fails: { openSite: 'UNREACHABLE' } },
    scenes: [
      {
        view: 'whistleblower home',
        state: 'error',
        act: ({ page, words }) => read(page, words.shared.retry),
      },
      {
        view: 'whistleblower channel',
        state: 'error',
        act: async ({ page, words }) => {
          await press(page, words.firstView.home.write);
          await arriveAt(page, words.whistleblower.channel.title);
        },
      },
    ],
  },
  {
    name: 'rest-missing',
    address: '/',
    mood: { restMissing: true },
    scenes: [
      {
        view: 'whistleblower channel',
        state: 'error',
        as: 'missing',
        act: async ({ page, words }) => {
          await press(page, words.firstView.home.write);
          await arriveAt(page, words.frame.rest.failed);
        },
      },
    ],
  },
  {
    name: 'key-differs',
    address: '/',
    mood: { fails: { openSite: 'SITE_KEY_DIFFERS' } },
    scenes: [
      {
        view: 'whistleblower home',
        state: 'error',
        as: 'key',
        act: ({ page, words }) => read(page, words.shared.retry),
      },
    ],
  },
  {
    name: 'nothing-answered',
    address: '/',
    mood: { fails: { submit: 'UNREACHABLE' } },
    scenes: [
      { view: 'whistleblower review', state: 'empty', act: goToReview },
      {
        view: 'whistleblower review',
        state: 'error',
        act: async ({ page, words }) => {
          await press(page, words.whistleblower.review.send);
          await page.waitForSelector('.notice-problem');
        },
      },
    ],
  },
  {
    name: 'come-back-later',
    address: '/',
    mood: { fails: { submit: { code: 'TOO_MANY', retryAfter: 719 } } },
    scenes: [
      {
        view: 'whistleblower review',
        state: 'error',
        as: 'later',
        act: async (teller) => {
          await goToReview(teller);
          await press(teller.page, teller.words.whistleblower.review.send);
          await read(teller.page, teller.words.shared.againIn(719));
        },
      },
    ],
  },
  {
    name: 'sending',
    address: '/',
    mood: { waits: ['submit'] },
    scenes: [
      {
        view: 'whistleblower sending',
        state: 'waiting',
        act: async (teller) => {
          await goToReview(teller);
          await press(teller.page, teller.words.whistleblower.review.send);
          await teller.page.waitForSelector('progress');
        },
      },
    ],
  },
  {
    name: 'return-waits',
    address: '/',
    mood: { waits: ['returnWith'] },
    scenes: [
      {
        view: 'whistleblower return',
        state: 'waiting',
        act: async (teller) => {
          await openReceiptForm(teller);
          await write(teller.page, '#receipt', madeUpReceipt);
          await press(teller.page, teller.words.whistleblower.return.open);
          await teller.page.waitForSelector('progress');
        },
      },
    ],
  },
  {
    name: 'return-fails',
    address: '/',
    mood: { fails: { returnWith: 'WRONG_CREDENTIAL' } },
    scenes: [
      {
        view: 'whistleblower return',
        state: 'error',
        as: 'wrong',
        act: async (teller) => {
          await openReceiptForm(teller);
          await write(teller.page, '#receipt', madeUpReceipt);
          await press(teller.page, teller.words.whistleblower.return.open);
          await teller.page.waitForSelector('.notice-problem');
        },
      },
    ],
  },
  {
    name: 'no-answer-yet',
    address: '/',
    mood: { nothing: ['messages'] },
    scenes: [{ view: 'whistleblower report', state: 'empty', act: openReport }],
  },
  {
    name: 'report-waits',
    address: '/',
    mood: { waits: ['comment', 'attach', 'download'] },
    scenes: [
      {
        view: 'whistleblower report',
        state: 'waiting',
        act: async (teller) => {
          const { page, words, say } = teller;
          await openReport(teller);
          await pickFiles(page, [{ name: say(recording), type: 'audio/mp4' }]);
          await press(page, words.shared.files.download);
          await write(page, '#message-text', say('It is a yellow form.'));
          await press(page, words.shared.conversation.send);
          await read(page, words.shared.conversation.sending);
        },
      },
    ],
  },
  {
    name: 'report-fails',
    address: '/',
    mood: {
      fails: { comment: 'UNREACHABLE', download: 'FILE_NOT_WHOLE', attach: 'QUOTA' },
      report: { warnings: ['item-missing', 'holder-unknown', 'site-key-changed'] },
    },
    scenes: [
      {
        view: 'whistleblower report',
        state: 'error',
        act: async (teller) => {
          const { page, words, say } = teller;
          await openReport(teller);
          await pickFiles(page, [{ name: say(recording), type: 'audio/mp4' }]);
          await read(page, words.shared.files.failed);
          await press(page, words.shared.files.download);
          await write(page, '#message-text', say('It is a yellow form.'));
          await press(page, words.shared.conversation.send);
          await page.waitForSelector('.message-form .notice-problem');
        },
      },
    ],
  },
  {
    name: 'session-ends',
    address: '/',
    mood: { sessionLeft: 240, waits: ['renewSession'] },
    scenes: [
      {
        view: 'whistleblower report',
        state: 'full',
        as: 'session-ends',
        act: async (teller) => {
          await openReport(teller);
          await read(teller.page, teller.words.shared.session.kept);
        },
      },
      {
        view: 'whistleblower report',
        state: 'waiting',
        as: 'staying',
        act: async ({ page, words }) => {
          await press(page, words.shared.session.stay);
          await page.waitForSelector('.session-notice .progress-line');
        },
      },
    ],
  },
];
