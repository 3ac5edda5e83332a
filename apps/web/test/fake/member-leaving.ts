/** People who go, as administrators see it; reports given to colleagues, as recipients do. */
import { choose, press, read } from '../browsers/person.ts';
import { openPeople, openReport, signIn } from './member-ways.ts';
import type { Story } from './story.ts';

export const memberLeaving: readonly Story[] = [
  {
    name: 'people-go',
    address: '/login',
    scenes: [
      {
        view: 'member keep-out-question',
        state: 'full',
        act: async (teller) => {
          const { page, words, say } = teller;
          await openPeople(teller);
          await press(page, `${words.member.leaving.disable}: ${say('Jonas Lindqvist')}`);
          await read(page, words.member.leaving.disableAsk.text);
        },
      },
      {
        view: 'member people',
        state: 'full',
        as: 'kept-out',
        act: async ({ page, words }) => {
          await press(page, words.member.leaving.disableAsk.go);
          await read(page, words.member.people.disabled);
        },
      },
      {
        view: 'member people',
        state: 'full',
        as: 'roles',
        act: async ({ page, words, say }) => {
          await press(page, `${words.member.leaving.roles.change}: ${say('Farah Nasser')}`);
          await choose(page, words.member.roles.recipient);
          await choose(page, words.member.roles.administrator);
          await read(page, words.member.leaving.roles.goes.recipient);
          await read(page, words.member.leaving.roles.comes.administrator);
        },
      },
      {
        view: 'member people',
        state: 'full',
        as: 'roles-changed',
        act: async ({ page, words }) => {
          await press(page, words.member.people.save);
          await page.waitForSelector('sotto-person-roles form', { hidden: true });
        },
      },
      {
        view: 'member delete-account-question',
        state: 'full',
        act: async ({ page, words, say }) => {
          await press(page, `${words.member.leaving.delete}: ${say('Farah Nasser')}`);
          await read(page, words.member.leaving.deleteAsk.closed([say('Works council')]));
        },
      },
      {
        view: 'member delete-account-question',
        state: 'full',
        as: 'alone',
        act: async ({ page, words, say }) => {
          await press(page, words.member.leaving.deleteAsk.go);
          await read(page, words.member.leaving.alone.title(say('Farah Nasser')));
        },
      },
    ],
  },
  {
    name: 'given',
    address: '/login',
    mood: { report: { recipients: [] } },
    scenes: [
      {
        view: 'member report',
        state: 'full',
        as: 'give',
        act: async (teller) => {
          const { page, words, say } = teller;
          await openReport(teller);
          await press(page, words.member.report.back);
          await press(page, say('Barrels without papers behind hall 4'));
          await page.locator('sotto-report-readers summary').click();
          await choose(page, say('Jonas Lindqvist'));
        },
      },
      {
        view: 'member report',
        state: 'full',
        as: 'given',
        act: async ({ page, words, say }) => {
          await press(page, words.member.leaving.give);
          await read(page, words.member.leaving.given(say('Jonas Lindqvist')));
          await read(page, words.member.leaving.shareNobody);
        },
      },
    ],
  },
  {
    name: 'hand-over',
    address: '/login',
    scenes: [
      {
        view: 'member list',
        state: 'full',
        as: 'hand-over',
        act: async (teller) => {
          const { page, words, say } = teller;
          await signIn(teller);
          await read(page, say('Overtime that never shows on the slip'));
          await page.locator('sotto-hand-over summary').click();
          await choose(page, say('Jonas Lindqvist'));
          await choose(page, words.member.leaving.handOverLeave);
        },
      },
      {
        view: 'member list',
        state: 'full',
        as: 'handed-over',
        act: async ({ page, words, say }) => {
          await press(page, words.member.leaving.handOverGo);
          await read(page, words.member.leaving.handedOver(say('Jonas Lindqvist'), 3, 1));
        },
      },
    ],
  },
];
