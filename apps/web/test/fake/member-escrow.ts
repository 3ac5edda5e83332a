/** Escrow (S11) and the site's key (S14) as members, administrators and who was let back in see it. */
import { press, read } from '../browsers/person.ts';
import { activationAddress, openActivation, openPeople, openSettings, signIn } from './member-ways.ts';
import { anotherFingerprint } from './scene.ts';
import type { Story } from './story.ts';

export const memberEscrow: readonly Story[] = [
  {
    name: 'told',
    address: '/login',
    mood: {
      news: ['escrow-used', 'escrow-resealed', 'escrow-on', 'escrow-given', 'escrow-withdrawn', 'escrow-off'],
      newKey: true,
    },
    scenes: [
      {
        view: 'member list',
        state: 'full',
        as: 'told',
        act: async (teller) => {
          await signIn(teller);
          await read(teller.page, teller.words.member.escrow.noticesTitle);
          await read(teller.page, teller.say('Overtime that never shows on the slip'));
        },
      },
    ],
  },
  {
    name: 'escrow',
    address: '/login',
    scenes: [
      {
        view: 'member settings-question',
        state: 'full',
        act: async (teller) => {
          await openSettings(teller);
          await press(teller.page, teller.words.member.escrow.turnOff);
          await read(teller.page, teller.words.member.escrow.askOff.text);
        },
      },
      {
        view: 'member settings',
        state: 'full',
        as: 'escrow-off',
        act: async ({ page, words }) => {
          await press(page, words.member.escrow.askOff.go);
          await read(page, words.member.escrow.off);
        },
      },
      {
        view: 'member settings-question',
        state: 'full',
        as: 'on',
        act: async ({ page, words }) => {
          await press(page, words.member.escrow.turnOn);
          await read(page, words.member.escrow.askOn.text);
        },
      },
      {
        view: 'member settings',
        state: 'full',
        as: 'two-hold',
        act: async ({ page, words }) => {
          await press(page, words.member.escrow.askOn.go);
          await press(page, words.member.escrow.give);
          await press(page, words.member.siteKey.give);
          await page.waitForFunction(() => document.querySelectorAll('.row button').length === 2);
        },
      },
    ],
  },
  {
    name: 'site-key',
    address: '/login',
    scenes: [
      {
        view: 'member settings-question',
        state: 'full',
        as: 'site-key',
        act: async (teller) => {
          await openSettings(teller);
          await press(teller.page, teller.words.member.siteKey.change);
          await read(teller.page, teller.words.member.siteKey.changeAsk.text);
        },
      },
      {
        view: 'member settings',
        state: 'full',
        as: 'site-key',
        act: async ({ page, words }) => {
          await press(page, words.member.siteKey.changeAsk.go);
          await read(page, anotherFingerprint);
        },
      },
    ],
  },
  {
    name: 'keyless',
    address: '/login',
    mood: { keyless: true },
    scenes: [
      {
        view: 'member people',
        state: 'full',
        as: 'keyless',
        act: async (teller) => {
          await openPeople(teller);
          await read(teller.page, teller.words.member.siteKey.needed([teller.say('Jonas Lindqvist')]));
        },
      },
    ],
  },
  {
    name: 'let-back',
    address: '/login',
    scenes: [
      {
        view: 'member settings-question',
        state: 'full',
        as: 'let-back',
        act: async (teller) => {
          await openPeople(teller);
          await press(teller.page, teller.words.member.escrow.letBack);
          await read(teller.page, teller.words.member.escrow.letBackAsk.text);
        },
      },
      {
        view: 'member people',
        state: 'full',
        as: 'let-back',
        act: async ({ page, words }) => {
          await press(page, words.member.escrow.letBackAsk.go);
          await read(page, words.member.links.text);
        },
      },
    ],
  },
  {
    name: 'return',
    address: activationAddress,
    mood: { isReturn: true },
    scenes: [
      {
        view: 'member activation',
        state: 'full',
        as: 'return',
        act: async (teller) => {
          await openActivation(teller);
          await read(teller.page, teller.words.member.escrow.returnLead(teller.say('Farah Nasser')));
        },
      },
    ],
  },
];
