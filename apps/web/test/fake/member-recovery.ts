/** A forgotten password (S10) and the mail that brings the link, as members and an administrator see them. */
import { arriveAt, press, read, write } from '../browsers/person.ts';
import { choosePassword, openSettings } from './member-ways.ts';
import { madeUpKey, madeUpRecoveryKey } from './scene.ts';
import type { Story, Teller } from './story.ts';

const resetAddress = `/login#reset=${madeUpKey}`;

async function openForgot({ page, words }: Teller): Promise<void> {
  await arriveAt(page, words.member.signIn.title);
  await press(page, words.member.signIn.forgotten);
  await arriveAt(page, words.member.recovery.ask.title);
}

async function askLink(teller: Teller): Promise<void> {
  await openForgot(teller);
  await write(teller.page, '#name-or-mail', 'mira');
  await press(teller.page, teller.words.member.recovery.ask.submit);
}

async function showRecoveryKey({ page, words }: Teller): Promise<void> {
  await arriveAt(page, words.member.recovery.key.title);
  await write(page, '#recovery-key', madeUpRecoveryKey);
  await press(page, words.member.recovery.key.submit);
}

/** A mail server that could be one. */
async function fillMail({ page }: Teller): Promise<void> {
  await write(page, '#mail-host', 'mail.example.org');
  await write(page, '#mail-sender', 'no-reply@example.org');
  await write(page, '#mail-site', 'https://reports.example.org');
}

const forgetting: readonly Story[] = [
  {
    name: 'forgot',
    address: '/login',
    scenes: [
      { view: 'member forgot', state: 'empty', act: openForgot },
      {
        view: 'member forgot',
        state: 'error',
        as: 'missing',
        act: async ({ page, words }) => {
          await press(page, words.member.recovery.ask.submit);
          await page.waitForSelector('.field-problem');
        },
      },
      {
        view: 'member forgot',
        state: 'full',
        act: async ({ page, words }) => {
          await write(page, '#name-or-mail', 'mira');
          await press(page, words.member.recovery.ask.submit);
          await arriveAt(page, words.member.recovery.asked.title);
        },
      },
    ],
  },
  {
    name: 'rooms-missing',
    address: '/login',
    mood: { restMissing: true },
    scenes: [
      {
        view: 'member forgot',
        state: 'error',
        as: 'room-missing',
        act: async ({ page, words }) => {
          await press(page, words.member.signIn.forgotten);
          await arriveAt(page, words.frame.rest.failed);
        },
      },
    ],
  },
  {
    name: 'forgot-waits',
    address: '/login',
    mood: { waits: ['askReset'] },
    scenes: [
      {
        view: 'member forgot',
        state: 'waiting',
        act: async (teller) => {
          await askLink(teller);
          await teller.page.waitForSelector('progress');
        },
      },
    ],
  },
  {
    name: 'forgot-fails',
    address: '/login',
    mood: { fails: { askReset: 'UNREACHABLE' } },
    scenes: [
      {
        view: 'member forgot',
        state: 'error',
        act: async (teller) => {
          await askLink(teller);
          await teller.page.waitForSelector('.notice-problem');
        },
      },
    ],
  },
];

const resetting: readonly Story[] = [
  {
    name: 'reset',
    address: resetAddress,
    scenes: [
      {
        view: 'member reset',
        state: 'empty',
        act: ({ page, words }) => arriveAt(page, words.member.recovery.key.title),
      },
      {
        view: 'member reset',
        state: 'full',
        act: async (teller) => {
          await showRecoveryKey(teller);
          await arriveAt(teller.page, teller.words.member.recovery.password.title(teller.say('Mira Okafor')));
        },
      },
      {
        view: 'member reset',
        state: 'error',
        as: 'short',
        act: async ({ page, words }) => {
          await write(page, '#password', 'short');
          await press(page, words.member.recovery.password.submit);
          await page.waitForSelector('.field-problem');
        },
      },
      {
        view: 'member keys-made',
        state: 'full',
        as: 'reset',
        act: async ({ page, words }) => {
          await choosePassword(page);
          await press(page, words.member.recovery.password.submit);
          await arriveAt(page, words.member.recoveryKey.title);
        },
      },
    ],
  },
  {
    name: 'reset-waits',
    address: resetAddress,
    mood: { waits: ['finishReset'] },
    scenes: [
      {
        view: 'member reset',
        state: 'waiting',
        act: async (teller) => {
          await showRecoveryKey(teller);
          await choosePassword(teller.page);
          await press(teller.page, teller.words.member.recovery.password.submit);
          await teller.page.waitForSelector('progress');
        },
      },
    ],
  },
  {
    name: 'reset-wants-code',
    address: resetAddress,
    mood: { fails: { finishReset: 'SECOND_FACTOR' } },
    scenes: [
      {
        view: 'member reset',
        state: 'error',
        as: 'code',
        act: async (teller) => {
          await showRecoveryKey(teller);
          await choosePassword(teller.page);
          await press(teller.page, teller.words.member.recovery.password.submit);
          await teller.page.waitForSelector('#code');
        },
      },
    ],
  },
  {
    name: 'reset-fails',
    address: resetAddress,
    mood: { fails: { openReset: 'WRONG_CREDENTIAL' } },
    scenes: [
      {
        view: 'member reset',
        state: 'error',
        act: async (teller) => {
          await showRecoveryKey(teller);
          await teller.page.waitForSelector('.notice-problem');
        },
      },
    ],
  },
];

const mailing: readonly Story[] = [
  {
    name: 'mail',
    address: '/login',
    scenes: [
      {
        view: 'member settings',
        state: 'empty',
        act: async (teller) => {
          await openSettings(teller);
          await read(teller.page, teller.words.member.mail.none);
        },
      },
      {
        view: 'member settings',
        state: 'error',
        as: 'missing',
        act: async ({ page, words }) => {
          await press(page, words.member.mail.save);
          await read(page, words.member.mail.notHost);
        },
      },
      {
        view: 'member settings',
        state: 'full',
        act: async (teller) => {
          const { page, words } = teller;
          await fillMail(teller);
          await press(page, words.member.mail.save);
          await read(page, words.member.mail.saved);
          await write(page, '#mail-to', 'mira@example.org');
          await press(page, words.member.mail.testSubmit);
          await read(page, words.member.mail.tested);
        },
      },
      {
        view: 'member people',
        state: 'full',
        as: 'address',
        act: async ({ page, words }) => {
          await press(page, words.member.navigation.people);
          await press(page, words.member.mail.change);
          await page.waitForSelector('sotto-person-address form');
        },
      },
    ],
  },
  {
    name: 'mail-test-fails',
    address: '/login',
    mood: { fails: { testMail: 'MAIL_CERTIFICATE' } },
    scenes: [
      {
        view: 'member settings',
        state: 'error',
        act: async (teller) => {
          const { page, words } = teller;
          await openSettings(teller);
          await fillMail(teller);
          await press(page, words.member.mail.save);
          await write(page, '#mail-to', 'mira@example.org');
          await press(page, words.member.mail.testSubmit);
          await page.waitForSelector('.notice-problem');
        },
      },
    ],
  },
  {
    name: 'mail-waits',
    address: '/login',
    mood: { waits: ['mail'] },
    scenes: [
      {
        view: 'member settings',
        state: 'waiting',
        act: async (teller) => {
          await openSettings(teller);
          await read(teller.page, teller.words.shared.waiting);
        },
      },
    ],
  },
];

export const memberRecovery: readonly Story[] = [...forgetting, ...resetting, ...mailing];
