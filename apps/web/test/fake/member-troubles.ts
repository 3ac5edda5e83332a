/** What recipients and administrators see when something is not there, does not come or fails: a story for each. */
import { arriveAt, press, read, write } from '../browsers/person.ts';
import { openPeople, openReport, openSettings, signIn } from './member-ways.ts';
import type { Story } from './story.ts';
import { pickFiles } from './whistleblower-ways.ts';

export const memberTroubles: readonly Story[] = [
  {
    name: 'sign-in-waits',
    address: '/login',
    mood: { waits: ['signIn'] },
    scenes: [
      {
        view: 'member sign-in',
        state: 'waiting',
        act: async (teller) => {
          await signIn(teller);
          await teller.page.waitForSelector('progress');
        },
      },
    ],
  },
  {
    name: 'sign-in-fails',
    address: '/login',
    mood: { fails: { signIn: 'WRONG_CREDENTIAL' } },
    scenes: [
      {
        view: 'member sign-in',
        state: 'error',
        act: async (teller) => {
          await signIn(teller);
          await teller.page.waitForSelector('.notice-problem');
        },
      },
    ],
  },
  {
    name: 'no-reports',
    address: '/login',
    mood: { nothing: ['reports', 'channels'] },
    scenes: [
      {
        view: 'member list',
        state: 'empty',
        act: async (teller) => {
          await signIn(teller);
          await read(teller.page, teller.words.member.list.noneText);
        },
      },
      {
        view: 'member people',
        state: 'empty',
        act: async ({ page, words }) => {
          await press(page, words.member.navigation.people);
          await read(page, words.member.people.publicLink);
        },
      },
    ],
  },
  {
    name: 'list-waits',
    address: '/login',
    mood: { waits: ['reports'] },
    scenes: [
      {
        view: 'member list',
        state: 'waiting',
        act: async (teller) => {
          await signIn(teller);
          await arriveAt(teller.page, teller.words.member.list.title);
          await read(teller.page, teller.words.shared.waiting);
        },
      },
    ],
  },
  {
    name: 'list-fails',
    address: '/login',
    mood: { fails: { reports: 'UNREACHABLE', overview: 'UNREACHABLE' } },
    scenes: [
      {
        view: 'member list',
        state: 'error',
        act: async (teller) => {
          await signIn(teller);
          await teller.page.waitForSelector('.notice-problem');
        },
      },
      {
        view: 'member people',
        state: 'error',
        act: async ({ page, words }) => {
          await press(page, words.member.navigation.people);
          await arriveAt(page, words.member.people.title);
          await page.waitForSelector('.notice-problem');
        },
      },
    ],
  },
  {
    name: 'people-wait',
    address: '/login',
    mood: { waits: ['overview'] },
    scenes: [
      {
        view: 'member people',
        state: 'waiting',
        act: async (teller) => {
          await openPeople(teller);
          await read(teller.page, teller.words.shared.waiting);
        },
      },
    ],
  },
  {
    name: 'nothing-written',
    address: '/login',
    mood: { nothing: ['messages'] },
    scenes: [{ view: 'member report', state: 'empty', act: openReport }],
  },
  {
    name: 'recipient-waits',
    address: '/login',
    mood: { waits: ['comment', 'attach', 'download'] },
    scenes: [
      {
        view: 'member report',
        state: 'waiting',
        act: async (teller) => {
          const { page, words, say } = teller;
          await openReport(teller);
          await pickFiles(page, [{ name: say('reply-with-map.pdf'), type: 'application/pdf' }]);
          await press(page, words.shared.files.download);
          await write(page, '#message-text', say('Thank you.'));
          await press(page, words.shared.conversation.send);
          await read(page, words.shared.conversation.sending);
        },
      },
    ],
  },
  {
    name: 'recipient-fails',
    address: '/login',
    mood: {
      fails: { comment: 'UNREACHABLE', download: 'FILE_NOT_WHOLE', attach: 'QUOTA' },
      report: { warnings: ['item-missing', 'item-unreadable'] },
    },
    scenes: [
      {
        view: 'member report',
        state: 'error',
        act: async (teller) => {
          const { page, words, say } = teller;
          await openReport(teller);
          await pickFiles(page, [{ name: say('reply-with-map.pdf'), type: 'application/pdf' }]);
          await read(page, words.shared.files.failed);
          await press(page, words.shared.files.download);
          await write(page, '#message-text', say('Thank you.'));
          await press(page, words.shared.conversation.send);
          await page.waitForSelector('.message-form .notice-problem');
        },
      },
    ],
  },
  {
    name: 'sessions-wait',
    address: '/login',
    mood: { waits: ['sessions'] },
    scenes: [
      {
        view: 'member sessions',
        state: 'waiting',
        act: async (teller) => {
          await signIn(teller);
          await press(teller.page, teller.words.member.navigation.sessions);
          await read(teller.page, teller.words.shared.waiting);
        },
      },
    ],
  },
  {
    name: 'sessions-fail',
    address: '/login',
    mood: { fails: { sessions: 'UNREACHABLE' } },
    scenes: [
      {
        view: 'member sessions',
        state: 'error',
        act: async (teller) => {
          await signIn(teller);
          await press(teller.page, teller.words.member.navigation.sessions);
          await teller.page.waitForSelector('.notice-problem');
        },
      },
    ],
  },
  {
    name: 'work-lifted',
    address: '/login',
    mood: { settings: { proof_of_work: false } },
    scenes: [
      {
        view: 'member settings',
        state: 'full',
        as: 'limits',
        act: async (teller) => {
          const { page, words } = teller;
          await openSettings(teller);
          await read(page, words.member.limits.workOff);
          await page.locator('sotto-site-limits summary').click();
          await read(page, words.member.limits.names.tokens_per_second);
        },
      },
    ],
  },
  {
    name: 'session-ends',
    address: '/login',
    mood: { sessionLeft: 240, waits: ['renewSession'] },
    scenes: [
      {
        view: 'member report',
        state: 'full',
        as: 'session-ends',
        act: async (teller) => {
          await openReport(teller);
          await read(teller.page, teller.words.shared.session.kept);
        },
      },
      {
        view: 'member report',
        state: 'waiting',
        as: 'staying',
        act: async ({ page, words }) => {
          await press(page, words.shared.session.stay);
          await page.waitForSelector('.session-notice .progress-line');
        },
      },
    ],
  },
  {
    name: 'session-cannot-grow',
    address: '/login',
    mood: { sessionLeft: 240, sessionRenewed: 200 },
    scenes: [
      {
        view: 'member report',
        state: 'full',
        as: 'session-cannot-grow',
        act: async (teller) => {
          const { session } = teller.words.shared;
          await openReport(teller);
          await press(teller.page, session.stay);
          await read(teller.page, session.last);
        },
      },
    ],
  },
];
