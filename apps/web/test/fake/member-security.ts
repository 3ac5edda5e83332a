/** The views of a member's own security: the code, what is wanted first, the preferences. */
import { arriveAt, press, read, write } from '../browsers/person.ts';
import { fillChange, openPreferences, signIn } from './member-ways.ts';
import type { Scene, Story, Teller } from './story.ts';

async function askedForCode(teller: Teller): Promise<void> {
  await signIn(teller, 'jonas');
  await arriveAt(teller.page, teller.words.member.code.title);
}

async function typeCode({ page, words }: Teller): Promise<void> {
  await write(page, '#code', '123 456');
  await press(page, words.member.signIn.submit);
}

async function askedForPassword(teller: Teller): Promise<void> {
  await signIn(teller, 'farah.nasser');
  await arriveAt(teller.page, teller.words.member.due.password);
}

async function changePassword(teller: Teller): Promise<void> {
  await fillChange(teller);
  await press(teller.page, teller.words.member.changePassword.submit);
}

const preferences: readonly Scene[] = [
  { view: 'member preferences', state: 'full', act: openPreferences },
  {
    view: 'member preferences',
    state: 'full',
    as: 'password',
    act: async ({ page, words }) => {
      await press(page, words.member.changePassword.open);
      await write(page, '#password', 'Abcdef1111');
      await read(page, words.member.password.strength.acceptable);
    },
  },
  {
    view: 'member preferences',
    state: 'full',
    as: 'factor',
    act: async ({ page, words }) => {
      await press(page, words.member.factor.open);
      await page.waitForSelector('.qr-code');
      await page.locator('.steps summary').click();
      await read(page, words.member.factor.secretHelp);
    },
  },
  {
    view: 'member preferences',
    state: 'error',
    as: 'factor',
    act: async ({ page, words }) => {
      await press(page, words.member.factor.submit);
      await read(page, words.member.code.form);
    },
  },
  {
    view: 'member preferences',
    state: 'full',
    as: 'factor-set',
    act: async ({ page, words }) => {
      await write(page, '#code', '123456');
      await write(page, '#present-password', 'made up');
      await press(page, words.member.factor.submit);
      await read(page, words.member.factor.done);
    },
  },
  {
    view: 'member preferences',
    state: 'full',
    as: 'recovery-key',
    act: async ({ page, words }) => {
      await press(page, words.member.recoveryKey.showAgain);
      await write(page, '#present-password', 'made up');
      await press(page, words.member.recoveryKey.show);
      await page.waitForSelector('.secret');
    },
  },
  {
    view: 'member preferences',
    state: 'full',
    as: 'recovery-key-tried',
    act: async ({ page, words }) => {
      await press(page, words.member.recoveryKey.done);
      await press(page, words.member.recoveryKey.tryNow);
      await write(page, '#recovery-key', 'made up');
      await press(page, words.member.recoveryKey.try);
      await read(page, words.member.recoveryKey.works);
    },
  },
  {
    view: 'member preferences',
    state: 'error',
    as: 'address',
    act: async ({ page, words }) => {
      await press(page, words.member.mail.change);
      await write(page, '#own-address', 'mira at example');
      await press(page, words.member.mail.save);
      await read(page, words.member.mail.notAddress);
    },
  },
  {
    view: 'member preferences',
    state: 'full',
    as: 'address',
    act: async ({ page, words }) => {
      await write(page, '#own-address', 'mira.k@example.org');
      await write(page, '#present-password', 'made up');
      await press(page, words.member.mail.save);
      await read(page, words.member.mail.saved);
      await read(page, 'mira.k@example.org');
    },
  },
];

export const memberSecurity: readonly Story[] = [
  { name: 'preferences', address: '/login', scenes: preferences },
  {
    name: 'preferences-wait',
    address: '/login',
    mood: { waits: ['changePassword'] },
    scenes: [
      {
        view: 'member preferences',
        state: 'waiting',
        act: async (teller) => {
          await openPreferences(teller);
          await press(teller.page, teller.words.member.changePassword.open);
          await changePassword(teller);
          await teller.page.waitForSelector('progress');
        },
      },
    ],
  },
  {
    name: 'preferences-fail',
    address: '/login',
    mood: { fails: { changePassword: 'WRONG_CREDENTIAL' } },
    scenes: [
      {
        view: 'member preferences',
        state: 'error',
        as: 'password',
        act: async (teller) => {
          await openPreferences(teller);
          await press(teller.page, teller.words.member.changePassword.open);
          await changePassword(teller);
          await read(teller.page, teller.words.member.fields.wrongPassword);
        },
      },
    ],
  },
  {
    name: 'preferences-address-unread',
    address: '/login',
    mood: { fails: { ownAddress: 'UNREACHABLE' } },
    scenes: [
      {
        view: 'member preferences',
        state: 'error',
        as: 'address-unread',
        act: async (teller) => {
          await openPreferences(teller);
          await read(teller.page, teller.words.shared.retry);
        },
      },
    ],
  },
  {
    name: 'code',
    address: '/login',
    mood: { fails: { enterCode: 'WRONG_CODE' } },
    scenes: [
      { view: 'member code', state: 'empty', act: askedForCode },
      { view: 'member code', state: 'full', act: ({ page }) => write(page, '#code', '123 456') },
      {
        view: 'member code',
        state: 'error',
        act: async (teller) => {
          await typeCode(teller);
          await teller.page.waitForSelector('.notice-problem');
        },
      },
    ],
  },
  {
    name: 'code-waits',
    address: '/login',
    mood: { waits: ['enterCode'] },
    scenes: [
      {
        view: 'member code',
        state: 'waiting',
        act: async (teller) => {
          await askedForCode(teller);
          await typeCode(teller);
          await teller.page.waitForSelector('progress');
        },
      },
    ],
  },
  {
    name: 'due',
    address: '/login',
    mood: { fails: { changePassword: 'PASSWORD_UNCHANGED' } },
    scenes: [
      { view: 'member due', state: 'empty', act: askedForPassword },
      {
        view: 'member due',
        state: 'error',
        act: async (teller) => {
          await changePassword(teller);
          await teller.page.waitForSelector('.notice-problem');
        },
      },
    ],
  },
  {
    name: 'due-waits',
    address: '/login',
    mood: { waits: ['changePassword'] },
    scenes: [
      {
        view: 'member due',
        state: 'waiting',
        act: async (teller) => {
          await askedForPassword(teller);
          await changePassword(teller);
          await teller.page.waitForSelector('progress');
        },
      },
    ],
  },
  {
    name: 'due-factor',
    address: '/login',
    scenes: [
      {
        view: 'member due',
        state: 'empty',
        as: 'factor',
        act: async (teller) => {
          await signIn(teller, 'sana');
          await arriveAt(teller.page, teller.words.member.due.factor);
          await teller.page.waitForSelector('.qr-code');
        },
      },
    ],
  },
];
