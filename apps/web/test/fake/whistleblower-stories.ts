/** The whistleblower's views when all goes well; the others are in whistleblower-troubles.ts. */
import { arriveAt, choose, press, read, write } from '../browsers/person.ts';
import { failingType, waitingType } from './mood.ts';
import type { Story } from './story.ts';
import { whistleblowerDrafts } from './whistleblower-drafts.ts';
import { whistleblowerTroubles } from './whistleblower-troubles.ts';
import { openReceiptForm, pickFiles, pickupList, recording, writeStory } from './whistleblower-ways.ts';

const filing: Story = {
  name: 'filing',
  address: '/',
  scenes: [
    {
      view: 'whistleblower home',
      state: 'full',
      act: ({ page, words }) => read(page, words.firstView.home.keyTitle),
    },
    {
      view: 'whistleblower channel',
      state: 'full',
      act: async ({ page, words, say }) => {
        await press(page, words.firstView.home.write);
        await read(page, say('Works council'));
      },
    },
    {
      view: 'whistleblower step',
      state: 'empty',
      act: async ({ page, say }) => {
        await press(page, say('Investigations desk'));
        await arriveAt(page, say('What happened'));
      },
    },
    {
      view: 'whistleblower step',
      state: 'error',
      as: 'missing',
      act: async ({ page, words }) => {
        await press(page, words.shared.next);
        await read(page, words.shared.questions.summary(2));
      },
    },
    { view: 'whistleblower step', state: 'full', as: 'text', act: writeStory },
    {
      view: 'whistleblower step',
      state: 'full',
      as: 'choice',
      act: async ({ page, words, say }) => {
        await press(page, words.shared.next);
        await arriveAt(page, say('When and where'));
        await choose(page, say('No, it is over'));
        await read(page, say('When did it end, about?'));
      },
    },
    {
      view: 'whistleblower step',
      state: 'error',
      as: 'number',
      act: async ({ page, words, say }) => {
        await press(page, words.shared.next);
        await arriveAt(page, say('Who knows'));
        await choose(page, say('I saw or heard it myself'));
        await write(page, '#question-knowers', '0');
        await press(page, words.shared.next);
        await read(page, words.shared.questions.tooSmall(1));
      },
    },
    {
      view: 'whistleblower step',
      state: 'empty',
      as: 'files',
      act: async ({ page, words, say }) => {
        await write(page, '#question-knowers', '12');
        await press(page, words.shared.next);
        await arriveAt(page, say('Files'));
      },
    },
    {
      view: 'whistleblower step',
      state: 'waiting',
      as: 'files',
      act: async ({ page, words, say }) => {
        await pickFiles(page, [
          { name: say('yard-from-window.jpg'), type: 'image/jpeg' },
          {
            name: say(pickupList),
            type: failingType,
          },
          { name: say(recording), type: waitingType },
          { name: say('empty.txt'), type: '' },
        ]);
        await read(page, words.shared.files.failed);
        await read(page, words.shared.files.sending(words.shared.percent(0.43)));
      },
    },
    {
      view: 'whistleblower review',
      state: 'waiting',
      act: async ({ page, words }) => {
        await press(page, words.shared.next);
        await arriveAt(page, words.whistleblower.review.title);
      },
    },
    {
      view: 'whistleblower review',
      state: 'full',
      act: async ({ page, words, say }) => {
        await press(page, `${words.shared.remove}: ${say(pickupList)}`);
        await press(page, `${words.shared.cancel}: ${say(recording)}`);
        await page.waitForSelector('.actions .button-main:enabled');
      },
    },
    {
      view: 'whistleblower leave-question',
      state: 'full',
      act: async ({ page, words }) => {
        await press(page, words.whistleblower.startOver);
        await read(page, words.whistleblower.startOverAsk.text);
      },
    },
    {
      view: 'whistleblower receipt',
      state: 'full',
      act: async ({ page, words }) => {
        await press(page, words.whistleblower.startOverAsk.stay);
        await press(page, words.whistleblower.review.send);
        await arriveAt(page, words.whistleblower.receipt.title);
      },
    },
    {
      view: 'whistleblower receipt',
      state: 'full',
      as: 'saved',
      act: async ({ page, words }) => {
        await press(page, words.shared.copy);
        await page.waitForSelector('.secret-answer:not(:empty)');
        await choose(page, words.whistleblower.receipt.saved);
        await page.waitForSelector('.actions .button-main:enabled');
      },
    },
  ],
};

const comingBack: Story = {
  name: 'coming-back',
  address: '/',
  scenes: [
    { view: 'whistleblower return', state: 'empty', act: openReceiptForm },
    {
      view: 'whistleblower return',
      state: 'error',
      as: 'short',
      act: async ({ page, words }) => {
        await write(page, '#receipt', '4096 2718 3550 294');
        await press(page, words.whistleblower.return.open);
        await read(page, words.whistleblower.return.wrongLength(15));
      },
    },
    {
      view: 'whistleblower return',
      state: 'full',
      act: async ({ page, words }) => {
        await write(page, '#receipt', '4096 2718 3550 2947');
        await read(page, words.whistleblower.return.digits(16));
      },
    },
    {
      view: 'whistleblower report',
      state: 'full',
      act: async ({ page, words }) => {
        await press(page, words.whistleblower.return.open);
        await arriveAt(page, words.whistleblower.report.title);
      },
    },
  ],
};

export const whistleblowerStories: readonly Story[] = [
  filing,
  comingBack,
  ...whistleblowerDrafts,
  ...whistleblowerTroubles,
];
