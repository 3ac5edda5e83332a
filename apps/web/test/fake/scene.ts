/** Made-up people and words for screens looked at without a server. Never shipped. */
import type {
  ChannelView,
  DraftView,
  OverviewView,
  ReportRow,
  ReportView,
  ResumedFile,
  SiteView,
} from '@sotto/client/views';
import { questionnaire as builtIn } from '@sotto/contract/built-in-questionnaire';
import type { Question, Questionnaire } from '@sotto/contract/questionnaire';
import { usualSettings } from '@sotto/contract/settings';
import type { FakeSetting } from './mood.ts';
import { type Language, sayIn } from './words.ts';

/** Something to accept, which the built-in questionnaire has not. */
const terms: Question = {
  key: 'terms',
  type: 'terms',
  label: 'I have read this',
  required: false,
  text: 'The recipients are journalists. They do not tell anybody who wrote to them, and cannot know it unless you say so.\n\nWhat you send may be published in other words, after it has been checked.',
};
/** A key in base64url, of nothing. */
export const madeUpKey = 'Ab3dEf6hIj9lMn2pQr5tUv8xYz1BcD4fGh7jKl0nOpQ';
export const madeUpRecoveryKey = 'ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567-ABCD-EFGH-IJKL-MNOP-QRST-UVWX';
export const madeUpReceipt = '4096271835502947';
export const anotherFingerprint = 'QW7E 2RTY 5UIO PA3S';
const accounts = ['mira', 'jonas', 'farah.nasser', 'sana'];
/** What no language changes: names of accounts, and names of settings. */
export const unchangedNames = [...accounts, ...Object.keys(usualSettings)];
const fingerprint = 'K4TQ 7MZB 2XWD HVNA';
const mira = '6f6a4a52-60cf-4c19-bb1a-0d6a0f0f7d11';
const jonas = '6f6a4a52-60cf-4c19-bb1a-0d6a0f0f7d12';
const farah = '6f6a4a52-60cf-4c19-bb1a-0d6a0f0f7d13';

export type FakeScene = {
  readonly site: SiteView;
  readonly report: ReportView;
  readonly rows: readonly ReportRow[];
  readonly overview: OverviewView;
};

/** The scene in a language, with what the mood takes away or sets. */
export function fakeScene({ language, mood }: FakeSetting): FakeScene {
  const say = sayIn[language];
  const nothing = mood.nothing ?? [];
  const channels = nothing.includes('channels') ? [] : channelsIn(say);
  const questionnaire = questionnaireIn(say);
  const site: SiteView = {
    state: 'open',
    name: say('The Harbour Post'),
    language: 'en',
    connection: 'unknown',
    fingerprint,
    keyCheck: 'nothing-to-compare',
    channels,
    questionnaire,
    exitAddress: 'https://www.wikipedia.org/',
    escrow: { on: true, holders: [{ id: mira, name: say('Mira Okafor') }] },
    accent: 205,
    limits: { fileBytes: 1024 ** 3, reportBytes: 4 * 1024 ** 3 },
    ...mood.site,
  };
  const report = reportIn(say, questionnaire, channelsIn(say));
  const quiet = nothing.includes('messages') ? { messages: [], files: [] } : {};
  return {
    site,
    report: { ...report, ...quiet, ...mood.report },
    rows: nothing.includes('reports') ? [] : rowsIn(say),
    overview: {
      people: peopleIn(say).slice(0, nothing.includes('channels') ? 1 : 3),
      channels,
      escrow: site.escrow,
      publicLink: `/#${madeUpKey}`,
      fingerprint,
    },
  };
}

type Say = (text: string) => string;

function channelsIn(say: Say): readonly ChannelView[] {
  return [
    {
      id: '6f6a4a52-60cf-4c19-bb1a-0d6a0f0f7d01',
      name: say('Investigations desk'),
      description: say('For what the public should know: money, power, safety.'),
      recipients: [
        { id: mira, name: say('Mira Okafor') },
        { id: jonas, name: say('Jonas Lindqvist') },
      ],
      days: 90,
    },
    {
      id: '6f6a4a52-60cf-4c19-bb1a-0d6a0f0f7d02',
      name: say('Works council'),
      description: say('For employees of the group: safety at work, harassment, unpaid hours.'),
      recipients: [{ id: farah, name: say('Farah Nasser') }],
      days: 365,
    },
  ];
}

function questionnaireIn(say: Say): Questionnaire {
  const asked = (question: Question): Question => ({
    ...question,
    label: say(question.label),
    ...(question.help === undefined ? {} : { help: say(question.help) }),
    ...('options' in question
      ? { options: question.options.map(({ key, label }) => ({ key, label: say(label) })) }
      : {}),
    ...('text' in question ? { text: say(question.text) } : {}),
  });
  const last = builtIn.steps.length - 1;
  return {
    steps: builtIn.steps.map((step, index) => ({
      ...step,
      title: say(step.title),
      questions: [...step.questions, ...(index === last ? [terms] : [])].map(asked),
    })),
  };
}

function reportIn(say: Say, questionnaire: Questionnaire, channels: readonly ChannelView[]): ReportView {
  return {
    id: '6f6a4a52-60cf-4c19-bb1a-0d6a0f0f7d21',
    channel: channels[0]?.name ?? '',
    day: '2026-11-19',
    status: 'opened',
    recipients: channels[0]?.recipients ?? [],
    questionnaire,
    answers: {
      title: say('Barrels without papers behind hall 4'),
      story: say(
        'Since the spring, two lorries come every second Thursday after the late shift. The barrels they take away have no labels any more.\n\nI saw the list of one pickup. It says “paint”, but the hall has not painted anything since 2024. A colleague was told not to ask.',
      ),
      ongoing: 'yes',
      when: say('Since spring 2026'),
      who: say('The site manager, and a haulier whose name I only know from the doors of the lorries.'),
      know: 'saw',
    },
    messages: [
      {
        id: '6f6a4a52-60cf-4c19-bb1a-0d6a0f0f7d31',
        from: 'recipient',
        name: say('Mira Okafor'),
        own: false,
        text: say(
          'Thank you. We have begun to look at the haulier. Could you tell us what the list looks like — is it a form with a number?\n\nPlease do not take it with you, and do not go there because of us.',
        ),
      },
      {
        id: '6f6a4a52-60cf-4c19-bb1a-0d6a0f0f7d32',
        from: 'whistleblower',
        name: '',
        own: true,
        text: say('It is a yellow form with “WT-” and five digits in the corner. I remember WT-20417.'),
      },
    ],
    files: [
      {
        id: '6f6a4a52-60cf-4c19-bb1a-0d6a0f0f7d41',
        name: say('yard-from-window.jpg'),
        type: 'image/jpeg',
        size: 2_417_203,
        from: 'whistleblower',
        whole: true,
        own: true,
      },
      {
        id: '6f6a4a52-60cf-4c19-bb1a-0d6a0f0f7d42',
        name: say('pickup-list-with-a-very-long-name-that-somebody-typed-on-a-phone-in-the-dark.pdf'),
        type: 'application/pdf',
        size: 48_122,
        from: 'whistleblower',
        whole: true,
        own: true,
      },
    ],
    warnings: [],
  };
}

function rowsIn(say: Say): readonly ReportRow[] {
  const row = (
    id: string,
    title: string | null,
    channel: string,
    rest: Omit<ReportRow, 'id' | 'title' | 'channel'>,
  ) => ({
    id,
    title: title === null ? null : say(title),
    channel: say(channel),
    ...rest,
  });
  return [
    row(
      '6f6a4a52-60cf-4c19-bb1a-0d6a0f0f7d21',
      'Barrels without papers behind hall 4',
      'Investigations desk',
      {
        day: '2026-11-19',
        status: 'new',
        items: 4,
      },
    ),
    row('a', 'Overtime that never shows on the slip', 'Works council', {
      day: '2026-11-12',
      status: 'opened',
      items: 11,
    }),
    row('b', null, 'Investigations desk', { day: '2026-11-03', status: 'opened', items: 1 }),
    row(
      'c',
      'The bridge inspection of August was copied from the year before, with the same typing errors',
      'Investigations desk',
      { day: '2026-10-28', status: 'closed', items: 23 },
    ),
  ];
}

function peopleIn(say: Say): OverviewView['people'] {
  return [
    {
      id: mira,
      userName: 'mira',
      name: say('Mira Okafor'),
      roles: ['administrator', 'recipient'],
      state: 'active',
      signs: true,
      mail: null,
      factor: true,
      rules: { passwordDue: false, factorRequired: false },
    },
    {
      id: jonas,
      userName: 'jonas',
      name: say('Jonas Lindqvist'),
      roles: ['administrator', 'recipient'],
      state: 'active',
      signs: false,
      mail: null,
      factor: true,
      rules: { passwordDue: false, factorRequired: false },
    },
    {
      id: farah,
      userName: 'farah.nasser',
      name: say('Farah Nasser'),
      roles: ['recipient'],
      state: 'invited',
      signs: false,
      mail: null,
      factor: false,
      rules: { passwordDue: false, factorRequired: true },
    },
  ];
}

/** A kept draft, as it comes back after a reload: one file has arrived, one has to be picked again. */
export function draftOf({ channels }: SiteView, language: Language): DraftView<ResumedFile> {
  const say = sayIn[language];
  return {
    channelId: channels[0]?.id ?? null,
    place: 'step',
    step: 3,
    answers: { title: say('Barrels without papers behind hall 4'), story: say('Since the spring.') },
    files: [
      {
        id: '6f6a4a52-60cf-4c19-bb1a-0d6a0f0f7d51',
        name: say('yard-from-window.jpg'),
        type: 'image/jpeg',
        size: 2_417_203,
        arrived: 1,
      },
      {
        id: '6f6a4a52-60cf-4c19-bb1a-0d6a0f0f7d52',
        name: say('recording-of-the-meeting.m4a'),
        type: 'audio/mp4',
        size: 48_122_000,
        arrived: 0.43,
      },
    ],
  };
}
