/** The agent of recipients and administrators: who is signed in, and what they may do then. */

import type { Credential } from '@sotto/protocol/credential';
import { passwordCredential } from './account.ts';
import { activate, readActivation } from './activation.ts';
import { Administrator } from './administrator.ts';
import type { MemberAgent } from './agents.ts';
import { openDirectory, siteView } from './directory.ts';
import type { Environment } from './environment.ts';
import { ClientError, codeOf } from './errors.ts';
import { EscrowDesk } from './escrow.ts';
import { MailDesk } from './mail.ts';
import { MemberSession } from './member-session.ts';
import { OwnAccount } from './own-account.ts';
import { Recipient } from './recipient.ts';
import { checkReset, type OpenReset, openReset } from './recovery.ts';
import { connect } from './server.ts';
import { setUp } from './setup.ts';
import type { MemberView, OnProgress, OverviewView } from './views.ts';

type SignedIn = {
  readonly session: MemberSession;
  readonly recipient: Recipient;
  readonly administrator: Administrator;
  readonly ownAccount: OwnAccount;
  readonly mail: MailDesk;
  readonly escrow: EscrowDesk;
};

export function createMemberAgent(environment: Environment): MemberAgent {
  const { library } = environment;
  const server = connect(environment);
  let signedIn: SignedIn | null = null;
  let reset: OpenReset | null = null;
  /** A sign-in whose password held and whose code is still wanted: so that nobody waits for the stretching twice. */
  let codeWanted: { readonly userName: string; readonly credential: Credential } | null = null;

  /** Whoever signs in again goes on with what was on its way: nothing of it is there twice. */
  function enter(session: MemberSession): MemberView {
    const same = signedIn?.session.identity.owner === session.identity.owner ? signedIn : null;
    same?.recipient.goOnWith(session);
    const administrator = new Administrator(environment, server, session);
    signedIn = {
      session,
      recipient: same?.recipient ?? new Recipient(environment, server, session),
      administrator,
      escrow: new EscrowDesk(environment, server, session, administrator.signing),
      ownAccount: new OwnAccount(environment, server, session),
      mail: new MailDesk(server, session),
    };
    return session.view;
  }

  /** @returns null when a code of the second factor is wanted. */
  async function signIn(
    userName: string,
    credential: Credential,
    onProgress: OnProgress,
  ): Promise<MemberView | null> {
    codeWanted = null;
    try {
      return enter(await MemberSession.signIn(environment, server, userName, credential, onProgress));
    } catch (failure) {
      if (codeOf(failure) !== 'SECOND_FACTOR') throw failure;
      codeWanted = { userName, credential };
      return null;
    }
  }

  function now(): SignedIn {
    if (signedIn === null) throw new ClientError('NOTHING_OPEN');
    return signedIn;
  }

  /** What an administrator changes is answered with the overview as it is then. */
  async function administered(act: (desks: SignedIn) => Promise<unknown>): Promise<OverviewView> {
    const desks = now();
    await act(desks);
    return await desks.administrator.overview();
  }

  return {
    async openSite() {
      const response = await server.call('site', { session: null });
      const directory = response.state === 'open' ? openDirectory(library, response, null) : null;
      return siteView(library, response, directory, null);
    },

    async setup(form, onProgress) {
      const { credential, ...result } = await setUp(environment, server, form, onProgress);
      const session = await MemberSession.signIn(
        environment,
        server,
        form.administrator.userName,
        credential,
        onProgress,
      );
      return { ...result, member: enter(session) };
    },

    readActivation: (fragment) => readActivation(environment, server, fragment),

    async activate(fragment, password, onProgress) {
      const { userName, recoveryKey, credential } = await activate(
        environment,
        server,
        fragment,
        password,
        onProgress,
      );
      return { member: await signIn(userName, credential, onProgress), recoveryKey };
    },

    async signIn(userName, password, onProgress) {
      const credential = await passwordCredential(environment, server, userName, password, onProgress);
      return await signIn(userName, credential, onProgress);
    },

    async enterCode(code, onProgress) {
      if (codeWanted === null) throw new ClientError('NOTHING_OPEN');
      const { userName, credential } = codeWanted;
      const session = await MemberSession.signIn(environment, server, userName, credential, onProgress, code);
      codeWanted = null;
      return enter(session);
    },

    async askReset(name, onProgress) {
      await server.call('askReset', { session: null, body: { name }, onProgress });
    },
    checkReset: (fragment) => checkReset(server, fragment),
    async openReset(fragment, recoveryKey, onProgress) {
      reset = await openReset(environment, server, fragment, recoveryKey, onProgress);
      return { userName: reset.userName, name: reset.name };
    },
    async finishReset(password, code, onProgress) {
      if (reset === null) throw new ClientError('NOTHING_OPEN');
      const { userName } = reset;
      const { recoveryKey, credential } = await reset.finish(password, code, onProgress);
      reset = null;
      return { member: await signIn(userName, credential, onProgress), recoveryKey };
    },

    async resume(tab) {
      const session = await MemberSession.resume(environment, server, tab);
      return session === null ? null : enter(session);
    },

    async signOut() {
      const { session } = now();
      signedIn = null;
      await server.call('endSession', { session: session.id });
    },

    sessionLeft: async () => signedIn?.session.life.left() ?? null,
    async renewSession(onProgress) {
      const { life } = now().session;
      await life.renew(onProgress);
      return life.left();
    },
    async sessions() {
      const { sessions } = await server.call('sessions', { session: now().session.id });
      return sessions;
    },
    async endSessions() {
      const { session } = now();
      signedIn = null;
      await server.call('endSessions', { session: session.id });
    },
    changePassword: (present, next, onProgress) => now().ownAccount.changePassword(present, next, onProgress),
    async newFactor() {
      const { session, ownAccount } = now();
      const { response } = await session.directory();
      return ownAccount.newFactor(response.name);
    },
    setFactor: (password, code, present, onProgress) =>
      now().ownAccount.setFactor(password, code, present, onProgress),
    endFactor: (password, code, onProgress) => now().ownAccount.endFactor(password, code, onProgress),
    recoveryKey: (password, onProgress) => now().ownAccount.recoveryKey(password, onProgress),
    tryRecoveryKey: (typed) => now().ownAccount.tryRecoveryKey(typed),

    reports: (before) => now().recipient.reports(before),
    openReport: async (reportId) => await now().recipient.conversation(reportId).read(),
    comment: async (reportId, text) => await now().recipient.conversation(reportId).comment(text),
    attach: async (reportId, fileId, file, onProgress) =>
      await now().recipient.conversation(reportId).attach(fileId, file, onProgress),
    pause: async (reportId, fileId) => now().recipient.conversation(reportId).pause(fileId),
    download: async (reportId, fileId, onProgress) =>
      await now().recipient.conversation(reportId).download(fileId, onProgress),
    downloadInto: async (reportId, fileId, target, onProgress) =>
      await now().recipient.conversation(reportId).downloadInto(fileId, target, onProgress),
    colleagues: () => now().recipient.colleagues(),
    grant: (reportId, userId) => now().recipient.grant(reportId, userId),
    leaveReport: (reportId) => now().recipient.leave(reportId),
    handOver: (userId, leaving, onProgress) => now().recipient.handOver(userId, leaving, onProgress),
    deleteReport: (reportId) => now().recipient.deleteReport(reportId),

    reportAudit: (reportId) => now().recipient.audit(reportId),
    siteAudit: () => now().administrator.audit(),

    news: () => now().session.news(),
    seeNews: (upTo) => now().session.seeNews(upTo),
    changeSiteKey: () => administered(({ administrator }) => administrator.changeSiteKey()),
    giveSiteKey: (userId) => administered(({ administrator }) => administrator.giveSiteKey(userId)),
    setEscrow: (on) => administered(({ escrow }) => (on ? escrow.turnOn() : escrow.turnOff())),
    setEscrowRight: (userId, held) =>
      administered(({ escrow }) => (held ? escrow.giveRight(userId) : escrow.takeRight(userId))),
    letBack: (userId) => now().escrow.letBack(userId),

    ownAddress: () => now().ownAccount.address(),
    setOwnAddress: (password, mail, onProgress) => now().ownAccount.setAddress(password, mail, onProgress),
    mail: () => now().mail.settings(),
    async setMail(form) {
      const { mail } = now();
      await mail.change(form);
      return await mail.settings();
    },
    testMail: (to) => now().mail.test(to),
    setAddress: (userId, address) => administered(({ mail }) => mail.setAddress(userId, address)),
    overview: () => now().administrator.overview(),
    settings: async () => await server.call('settings', { session: now().session.id }),
    changeSettings: async (settings) =>
      await server.call('changeSettings', { session: now().session.id, body: { settings } }),
    async invite(invitation) {
      const { administrator } = now();
      const activationLink = await administrator.invite(invitation);
      return { activationLink, overview: await administrator.overview() };
    },
    setDisabled: (userId, disabled, unread) =>
      administered(({ administrator }) => administrator.setDisabled(userId, disabled, unread)),
    setRoles: (userId, roles) => administered(({ administrator }) => administrator.setRoles(userId, roles)),
    removeUser: (userId, reports) =>
      administered(({ administrator }) => administrator.removeUser(userId, reports)),
    setRecipients: (channelId, recipientIds) =>
      administered(({ administrator }) => administrator.setRecipients(channelId, recipientIds)),
    setDays: (channelId, days) => administered(({ administrator }) => administrator.setDays(channelId, days)),
    setAccent: (accent) => now().administrator.setAccent(accent),
    setPersonRules: (userId, rules) =>
      administered(({ administrator }) => administrator.setPersonRules(userId, rules)),
    resetFactor: (userId) => administered(({ administrator }) => administrator.resetFactor(userId)),
  };
}
