/** The views of recipients and administrators, from the first link on; troubles at work are in member-troubles.ts. */
import { arriveAt, choose, press, read, write } from '../browsers/person.ts';
import { memberEscrow } from './member-escrow.ts';
import { memberLeaving } from './member-leaving.ts';
import { memberRecovery } from './member-recovery.ts';
import { memberSecurity } from './member-security.ts';
import { memberTroubles } from './member-troubles.ts';
import {
  activationAddress,
  choosePassword,
  fillSetup,
  fillSignIn,
  openActivation,
  setupAddress,
} from './member-ways.ts';
import type { Story } from './story.ts';

const settingUp: readonly Story[] = [
  {
    name: 'setup',
    address: setupAddress,
    scenes: [
      {
        view: 'member setup',
        state: 'empty',
        act: ({ page, words }) => arriveAt(page, words.member.setup.title),
      },
      {
        view: 'member setup',
        state: 'error',
        as: 'missing',
        act: async ({ page, words }) => {
          await choose(page, words.member.setup.recipientOther);
          await press(page, words.member.setup.submit);
          await page.waitForSelector('.field-problem');
        },
      },
      { view: 'member setup', state: 'full', act: fillSetup },
      {
        view: 'member keys-made',
        state: 'full',
        as: 'links',
        act: async ({ page, words }) => {
          await press(page, words.member.setup.submit);
          await arriveAt(page, words.member.recoveryKey.title);
        },
      },
    ],
  },
  {
    name: 'setup-waits',
    address: setupAddress,
    mood: { waits: ['setup'] },
    scenes: [
      {
        view: 'member setup',
        state: 'waiting',
        act: async (teller) => {
          await fillSetup(teller);
          await press(teller.page, teller.words.member.setup.submit);
          await teller.page.waitForSelector('progress');
        },
      },
    ],
  },
  {
    name: 'setup-fails',
    address: setupAddress,
    mood: { fails: { setup: 'LINK_ENDED' } },
    scenes: [
      {
        view: 'member setup',
        state: 'error',
        as: 'link',
        act: async (teller) => {
          await fillSetup(teller);
          await press(teller.page, teller.words.member.setup.submit);
          await teller.page.waitForSelector('.notice-problem');
        },
      },
    ],
  },
];

const activating: readonly Story[] = [
  {
    name: 'activation',
    address: activationAddress,
    scenes: [
      { view: 'member activation', state: 'empty', act: openActivation },
      {
        view: 'member activation',
        state: 'error',
        as: 'short',
        act: async ({ page, words }) => {
          await write(page, '#password', 'short');
          await press(page, words.member.activation.submit);
          await read(page, words.member.password.insecure);
        },
      },
      {
        view: 'member activation',
        state: 'full',
        act: async ({ page }) => {
          await choosePassword(page);
          await page.waitForFunction(() => document.querySelector('.field-problem') === null);
        },
      },
      {
        view: 'member keys-made',
        state: 'full',
        act: async ({ page, words }) => {
          await press(page, words.member.activation.submit);
          await arriveAt(page, words.member.recoveryKey.title);
        },
      },
    ],
  },
  {
    name: 'activation-waits',
    address: activationAddress,
    mood: { waits: ['activate'] },
    scenes: [
      {
        view: 'member activation',
        state: 'waiting',
        act: async (teller) => {
          await openActivation(teller);
          await choosePassword(teller.page);
          await press(teller.page, teller.words.member.activation.submit);
          await teller.page.waitForSelector('progress');
        },
      },
    ],
  },
  {
    name: 'activation-fails',
    address: activationAddress,
    mood: { fails: { readActivation: 'LINK_ENDED' } },
    scenes: [
      {
        view: 'member starting',
        state: 'error',
        act: ({ page }) => page.waitForSelector('.notice-problem'),
      },
    ],
  },
  {
    name: 'start-waits',
    address: activationAddress,
    mood: { waits: ['openSite'] },
    scenes: [
      {
        view: 'member starting',
        state: 'waiting',
        act: ({ page, words }) => arriveAt(page, words.member.starting.title),
      },
    ],
  },
];

const working: Story = {
  name: 'recipient',
  address: '/login',
  scenes: [
    {
      view: 'member sign-in',
      state: 'empty',
      act: ({ page, words }) => arriveAt(page, words.member.signIn.title),
    },
    { view: 'member sign-in', state: 'full', act: fillSignIn },
    {
      view: 'member list',
      state: 'full',
      act: async ({ page, words, say }) => {
        await press(page, words.member.signIn.submit);
        await read(page, say('Overtime that never shows on the slip'));
      },
    },
    {
      view: 'member report',
      state: 'full',
      act: async ({ page, say }) => {
        await press(page, say('Barrels without papers behind hall 4'));
        await arriveAt(page, say('Barrels without papers behind hall 4'));
      },
    },
    {
      view: 'member delete-question',
      state: 'full',
      act: async ({ page, words }) => {
        await press(page, words.member.report.delete);
        await read(page, words.member.report.deleteAsk.text);
      },
    },
    {
      view: 'member people',
      state: 'full',
      act: async ({ page, words }) => {
        await press(page, words.member.report.deleteAsk.stay);
        await press(page, words.member.navigation.people);
        await read(page, words.member.people.publicLink);
      },
    },
    {
      view: 'member people',
      state: 'full',
      as: 'changing',
      act: async ({ page, words, say }) => {
        await page.locator('details:not(.person-rules) > summary').click();
        await page.waitForSelector('#invite-name');
        await press(page, words.member.people.change);
        await press(page, words.member.people.changeDays);
        await read(page, words.member.people.recipientsOf(say('Investigations desk')));
      },
    },
    {
      view: 'member people',
      state: 'full',
      as: 'link',
      act: async ({ page, words, say }) => {
        await write(page, '#invite-name', say('Sana Petrov'));
        await write(page, '#invite-user-name', 'sana');
        await press(page, words.member.people.inviteSubmit);
        await read(page, words.member.links.text);
      },
    },
    {
      view: 'member sessions',
      state: 'full',
      act: async ({ page, words }) => {
        await press(page, words.member.navigation.sessions);
        await read(page, words.member.sessions.endHelp);
      },
    },
    {
      view: 'member sign-in',
      state: 'empty',
      as: 'signed-out',
      act: async ({ page, words }) => {
        await press(page, words.member.signOut);
        await read(page, words.member.signIn.signedOut);
      },
    },
  ],
};

export const memberStories: readonly Story[] = [
  ...settingUp,
  ...activating,
  working,
  ...memberRecovery,
  ...memberSecurity,
  ...memberEscrow,
  ...memberLeaving,
  ...memberTroubles,
];
