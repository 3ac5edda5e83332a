/** A key worker without keys for recipients and administrators: answers like the true one, from the scene. Never shipped. */
import type { MemberAgent } from '@sotto/client/agents';
import type { MailView, MemberView, NewsView, OnProgress, OverviewView } from '@sotto/client/views';
import { usualSettings } from '@sotto/contract/settings';
import { failedBy, RemoteError, serveCalls } from '../../src/platform/remote-call.ts';
import { auditScene } from './audit-scene.ts';
import { fakeSetting, inMood } from './mood.ts';
import { anotherFingerprint, fakeScene, madeUpKey, madeUpRecoveryKey } from './scene.ts';
import { sayIn } from './words.ts';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
async function progress(
  stage: 'stretching' | 'working' | 'sending' | 'receiving',
  on: OnProgress,
  seconds: number,
) {
  for (let done = 0; done <= 1000; done += 50) {
    on({ stage, done, total: 1000 });
    await pause(seconds * 50);
  }
}
const setting = fakeSetting();
let settings = { ...usualSettings, ...setting.mood.settings };
let sessionLeft = setting.mood.sessionLeft ?? 1800;
const { site, report, rows, overview: firstOverview } = fakeScene(setting);
const say = sayIn[setting.language];
const activationLink = `/login#activate=${madeUpKey}.${madeUpKey}`;
let member: MemberView = {
  id: '6f6a4a52-60cf-4c19-bb1a-0d6a0f0f7d11',
  userName: 'mira',
  name: say('Mira Okafor'),
  roles: ['administrator', 'recipient'],
  tab: { session: 'made-up', key: 'made-up' },
  security: {
    due: [],
    passwordDay: '2026-08-03',
    passwordDays: 365,
    factor: false,
    factorRequired: false,
    factorResetDay: null,
    recoveryTriedDay: null,
    escrow: site.escrow,
  },
};
let open = { ...report, messages: report.messages.map((message) => ({ ...message, own: !message.own })) };
let ownAddress: string | null = 'mira@example.org';
let overview: OverviewView = setting.mood.keyless
  ? {
      ...firstOverview,
      people: firstOverview.people.map((person) => ({ ...person, signs: person.id !== member.id })),
    }
  : firstOverview;

function done(stage: 'stretching' | 'sending' | 'receiving', on: OnProgress): void {
  on({ stage, done: 1000, total: 1000 });
}

let news: NewsView = {
  notices: (setting.mood.news ?? []).map((act, index) => ({
    order: index + 1,
    day: '2026-11-23',
    act,
    by: say('Jonas Lindqvist'),
    whom: say('Farah Nasser'),
  })),
  newKey: setting.mood.newKey === true ? { before: site.fingerprint ?? '', now: anotherFingerprint } : null,
};
let mail: MailView = { settings: null, waiting: 0, lastFailure: null };
const factorSecret = 'K4TQ7MZB2XWDHVNAK4TQ7MZB2XWDHVNA';
function secured(change: Partial<MemberView['security']>): MemberView['security'] {
  member = { ...member, security: { ...member.security, ...change } };
  return member.security;
}
const agent: MemberAgent = {
  openSite: async () => site,
  setup: async (form, on) => {
    done('stretching', on);
    const other = form.firstRecipient !== 'administrator';
    return {
      member,
      recoveryKey: madeUpRecoveryKey,
      activationLink: other ? activationLink : null,
      publicLink: `/#${madeUpKey}`,
    };
  },
  readActivation: async () => ({
    userName: 'farah.nasser',
    name: say('Farah Nasser'),
    siteName: site.name,
    isReturn: setting.mood.isReturn ?? false,
    escrow: site.escrow,
  }),
  activate: async (_fragment, _password, on) => {
    done('stretching', on);
    return { member, recoveryKey: madeUpRecoveryKey };
  },
  signIn: async (name, _password, on) => {
    done('stretching', on);
    // One has a second factor, one a password that is a year old, one must have a second factor and has none.
    if (name === 'jonas') return null;
    if (name === 'farah.nasser') secured({ due: ['password'], passwordDay: '2025-11-20' });
    if (name === 'sana') secured({ due: ['second-factor'], factorRequired: true });
    return member;
  },
  enterCode: async () => member,
  resume: async () => member,
  signOut: async () => {},
  sessionLeft: async () => sessionLeft,
  async renewSession(onProgress) {
    await progress('working', onProgress, 1);
    sessionLeft = setting.mood.sessionRenewed ?? 1800;
    return sessionLeft;
  },
  sessions: async () => [
    { age: 26 * 60, left: 4 * 60, current: false },
    { age: 60, left: 29 * 60, current: true },
  ],
  endSessions: async () => {},
  settings: async () => ({ settings, usual: usualSettings }),
  changeSettings: async (changed) => {
    settings = { ...settings, ...changed };
    return { settings, usual: usualSettings };
  },
  changePassword: async (_present, _next, on) => {
    done('stretching', on);
    return secured({ passwordDay: '2026-11-25', due: [] });
  },
  newFactor: async () => ({
    secret: factorSecret,
    address: `otpauth://totp/The%20Harbour%20Post:mira?secret=${factorSecret}&issuer=The%20Harbour%20Post`,
  }),
  setFactor: async (_password, _code, _present, on) => {
    done('stretching', on);
    return secured({ factor: true, due: [] });
  },
  endFactor: async (_password, _code, on) => {
    done('stretching', on);
    return secured({ factor: false });
  },
  recoveryKey: async (_password, on) => {
    done('stretching', on);
    return madeUpRecoveryKey;
  },
  tryRecoveryKey: async () => secured({ recoveryTriedDay: '2026-11-25' }),
  setPersonRules: async (id, rules) => {
    overview = {
      ...overview,
      people: overview.people.map((person) => (person.id === id ? { ...person, rules } : person)),
    };
    return overview;
  },
  resetFactor: async (id) => {
    overview = {
      ...overview,
      people: overview.people.map((person) => (person.id === id ? { ...person, factor: false } : person)),
    };
    return overview;
  },
  reports: async (before) => ({
    rows: before === null ? rows : rows.slice(1),
    next: before === null && rows.length > 0 ? 'more' : null,
  }),
  openReport: async () => open,
  comment: async (_, text) => {
    const message = {
      id: crypto.randomUUID(),
      from: 'recipient',
      name: member.name,
      own: true,
      text,
    } as const;
    open = { ...open, messages: [...open.messages, message] };
    return open;
  },
  pause: async () => {},
  attach: async (_, _id, _file, on) => {
    done('sending', on);
    return open;
  },
  downloadInto: async () => {},
  download: async (_, _file, on) => {
    done('receiving', on);
    return new Blob(['made up']);
  },
  reportAudit: async () => auditScene(say).ofReport,
  siteAudit: async () => auditScene(say).ofSite,
  news: async () => news,
  seeNews: async () => {
    news = { notices: [], newKey: null };
  },
  changeSiteKey: async () => {
    overview = {
      ...overview,
      fingerprint: anotherFingerprint,
      people: overview.people.map((person) => ({ ...person, signs: person.id === member.id })),
    };
    return overview;
  },
  giveSiteKey: async (id) => {
    overview = {
      ...overview,
      people: overview.people.map((person) => (person.id === id ? { ...person, signs: true } : person)),
    };
    return overview;
  },
  setEscrow: async (on) => {
    overview = { ...overview, escrow: { on, holders: on ? site.escrow.holders : [] } };
    return overview;
  },
  setEscrowRight: async (id, held) => {
    const holders = overview.people.filter((person) =>
      person.id === id ? held : overview.escrow.holders.some((holder) => holder.id === person.id),
    );
    overview = { ...overview, escrow: { on: true, holders } };
    return overview;
  },
  letBack: async () => activationLink,
  askReset: async () => {},
  checkReset: async () => {},
  openReset: async () => ({ userName: 'mira', name: member.name }),
  finishReset: async (_password, _code, on) => {
    done('stretching', on);
    return { member, recoveryKey: madeUpRecoveryKey };
  },
  ownAddress: async () => ownAddress,
  setOwnAddress: async (_password, mail, on) => {
    done('stretching', on);
    ownAddress = mail;
  },
  mail: async () => mail,
  setMail: async ({ password: _, ...settings }) => {
    mail = { ...mail, settings: { ...settings, hasPassword: true } };
    return mail;
  },
  testMail: async () => {},
  setAddress: async (id, address) => {
    const people = overview.people.map((person) =>
      person.id === id ? { ...person, mail: address } : person,
    );
    overview = { ...overview, people };
    return overview;
  },
  overview: async () => overview,
  invite: async ({ name, userName, roles }) => {
    overview = {
      ...overview,
      people: [
        ...overview.people,
        {
          id: crypto.randomUUID(),
          name,
          userName,
          roles,
          state: 'invited',
          signs: false,
          mail: null,
          factor: false,
          rules: { passwordDue: false, factorRequired: false },
        },
      ],
    };
    return { activationLink, overview };
  },
  colleagues: async () => overview.people.filter(({ id, state }) => state === 'active' && id !== member.id),
  grant: async (_, id) => {
    const person = overview.people.find((one) => one.id === id);
    if (person !== undefined) open = { ...open, recipients: [...open.recipients, person] };
    return open;
  },
  leaveReport: async () => {},
  handOver: async (_id, _leaving, on) => {
    await progress('sending', on, 0.3);
    return { given: rows.length - 1, unreadable: 1 };
  },
  setDisabled: async (id, disabled) => {
    const state = disabled ? ('disabled' as const) : ('active' as const);
    const people = overview.people.map((person) => (person.id === id ? { ...person, state } : person));
    overview = { ...overview, people };
    return overview;
  },
  setRoles: async (id, roles) => {
    const people = overview.people.map((person) => (person.id === id ? { ...person, roles } : person));
    overview = { ...overview, people };
    return overview;
  },
  removeUser: async (id, reports) => {
    if (reports === 'kept') throw new RemoteError(failedBy('LAST_HOLDER'));
    overview = { ...overview, people: overview.people.filter((person) => person.id !== id) };
    return overview;
  },
  deleteReport: async () => {},
  setAccent: async () => {},
  setDays: async (id, days) => {
    overview = {
      ...overview,
      channels: overview.channels.map((channel) => (channel.id === id ? { ...channel, days } : channel)),
    };
    return overview;
  },
  setRecipients: async (id, ids) => {
    const recipients = overview.people.filter((person) => ids.includes(person.id));
    overview = {
      ...overview,
      channels: overview.channels.map((channel) =>
        channel.id === id ? { ...channel, recipients } : channel,
      ),
    };
    return overview;
  },
};
// why: an object's keys are its acts
serveCalls(globalThis, inMood(agent, setting.mood), Object.keys(agent) as (keyof MemberAgent)[]);
