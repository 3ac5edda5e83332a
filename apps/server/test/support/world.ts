/** A server with a site, a report, files and a session of each kind, and a right request for each route of the contract. */
import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import type { PeopleBody } from '@sotto/contract/directory';
import type { RouteName } from '@sotto/contract/routes';
import { codeAt, stepAt } from '@sotto/protocol/server/totp';
import { boxedIdentityBytes, factorSecretBytes, sealedSeedBytes } from '@sotto/protocol/sizes';
import { settingVerifier } from '../../src/accounts/credentials.ts';
import type { ServerOptions } from '../../src/app.ts';
import {
  accountKeys,
  box,
  channelBody,
  chunk,
  comment,
  credential,
  draft,
  enrolment,
  itemBox,
  newId,
  peopleBody,
  person,
  random,
  signingKey,
  statement,
  submission,
  text,
} from './made-up.ts';
import { mailSettings, runMail } from './mail.ts';
import { removal } from './removal.ts';
import { testNow } from './rows.ts';
import { runServer, type Sent, type TestServer } from './running.ts';
import { fileReport, makeSite, ok, signIn, startFiling, type TestSite } from './site.ts';

/** Padded size of every attachment of the world. */
export const fileSize = 4096;

/** A server in which each route has something to do. */
export type World = {
  running: TestServer;
  site: TestSite;
  /** A living session of each kind. */
  sessions: Readonly<Record<'administrator' | 'recipient' | 'filing' | 'whistleblower', string>>;
  /** A right request for each route. */
  right: Readonly<Record<RouteName, Sent>>;
};

/** Makes it, with a right request for each route. */
export async function makeWorld(test: TestContext, changed: Partial<ServerOptions> = {}): Promise<World> {
  const mail = await runMail(test);
  const running = await runServer(test, { mailTransport: mail.transport, ...changed });
  const site = await makeSite(running);
  const report = await fileReport(running, site);
  const doomed = await fileReport(running, site);
  const begun = newId();
  const check = random(32);
  const sessions = {
    administrator: await signIn(running, site.administrator),
    recipient: await signIn(running, site.recipient),
    filing: await startFiling(running, begun, check),
    whistleblower: report.session,
  };
  const vaultName = random(32);
  ok(
    await running.call('keepVault', {
      session: sessions.recipient,
      body: { name: vaultName, identity: box(boxedIdentityBytes) },
    }),
  );
  const draftFile = newId();
  ok(
    await running.call('announceFile', {
      session: sessions.filing,
      body: { file: draftFile, size: fileSize },
    }),
  );
  const kept = draft();
  ok(await running.call('keepDraft', { session: await startFiling(running, newId()), body: kept }));
  const ownFile = await addFile(running, 'writeOwnItem', { session: sessions.whistleblower }, report.holders);
  const reportPath = { report: report.reportId };
  const theirFile = await addFile(
    running,
    'writeItem',
    { session: sessions.recipient, path: reportPath },
    report.holders,
  );
  const ownChunk = chunk(fileSize);
  const theirChunk = chunk(fileSize);
  for (const [name, sent] of [
    ['putOwnChunk', { session: sessions.whistleblower, path: { file: ownFile, index: 0 }, body: ownChunk }],
    [
      'putChunk',
      { session: sessions.recipient, path: { ...reportPath, file: theirFile, index: 0 }, body: theirChunk },
    ],
  ] as const) {
    ok(await running.call(name, sent));
  }

  const gone = await removal(running, site, sessions.administrator);
  ok(await running.call('removeUser', { ...gone, session: sessions.administrator }));
  // One statement with somebody, one without.
  const version = site.version + 2;

  const activation = credential();
  const enrolmentKey = signingKey();
  const invited = person(newId(), 'Ines', ['recipient'], {
    kind: 'enrolment',
    enrolmentKey: enrolmentKey.publicKey,
  });
  const withInes = [...site.people, invited];
  const invitation = {
    id: invited.id,
    userName: 'ines',
    name: 'Ines',
    roles: ['recipient'],
    activation: activation.hash,
  };
  const invite = {
    invitation,
    people: statement(site.siteKey, peopleBody(site.siteId, version + 1, withInes)),
  };
  ok(await running.call('invite', { session: sessions.administrator, body: invite }));
  const escrow = { publicKey: random(32), holders: [site.administrator.id] };
  const way = await addEscrow(
    running,
    site,
    sessions.administrator,
    peopleBody(site.siteId, version + 2, withInes, escrow),
  );
  const keys = accountKeys(random(32));
  const people = statement(site.siteKey, peopleBody(site.siteId, version + 3, withInes, escrow));
  const again = statement(site.siteKey, peopleBody(site.siteId, version + 4, withInes, escrow));
  const channel = statement(site.siteKey, channelBody(site.siteId, site.channelId, 3, [site.recipient.id]));
  const submitted = submission(site.channelId, [site.recipient.id], random(32));

  ok(await running.call('setMail', { session: sessions.administrator, body: mailSettings(mail.server) }));
  const link = await addReset(running, site.other.id);
  const proof = { link, authKey: site.other.recovery };
  const renewed = { ...accountKeys(random(32)), publicKey: site.other.publicKey };
  const [secret, step] = [randomBytes(factorSecretBytes), stepAt(testNow / 1000)];

  const { administrator, recipient, filing, whistleblower } = sessions;
  const right: World['right'] = {
    site: {},
    setup: { body: site.setup },
    token: { body: { purpose: 'session' } },
    salt: { body: { userName: 'nobody-here' } },
    signIn: { body: { userName: 'Ruth', authKey: site.recipient.authKey } },
    activation: { body: { authKey: activation.authKey } },
    activate: {
      body: {
        authKey: activation.authKey,
        keys,
        signature: enrolment(enrolmentKey, invited.id, keys.publicKey),
      },
    },
    endSession: { session: await signIn(running, site.other) },
    renewSession: { session: filing },
    sessions: { session: recipient },
    endSessions: { session: await signIn(running, site.other) },
    keepVault: { session: recipient, body: { name: vaultName, identity: box(boxedIdentityBytes) } },
    resume: { session: recipient, body: { name: vaultName } },
    keepOwn: { session: recipient, body: { own: box(150) } },
    security: { session: recipient },
    changePassword: {
      session: administrator,
      body: {
        authKey: site.administrator.authKey,
        credential: random(32),
        identity: box(boxedIdentityBytes),
      },
    },
    setFactor: {
      session: recipient,
      body: {
        authKey: site.recipient.authKey,
        secret: text(secret),
        code: codeAt(secret, step),
        present: null,
      },
    },
    endFactor: {
      session: recipient,
      body: { authKey: site.recipient.authKey, code: codeAt(secret, step + 1) },
    },
    recoveryKey: { session: recipient, body: { authKey: site.recipient.authKey } },
    tryRecoveryKey: { session: recipient, body: { authKey: site.recipient.recovery } },
    startFiling: { body: { report: begun, check } },
    announceFile: { session: filing, body: { file: newId(), size: fileSize } },
    withdrawFile: { session: filing, path: { file: draftFile } },
    dropFiling: { session: await startFiling(running, newId()) },
    keepDraft: { session: filing, body: draft() },
    forgetDraft: { session: await startFiling(running, newId()) },
    resumeDraft: { body: { name: kept.name } },
    submit: { session: filing, body: submitted },
    returnWithReceipt: { body: { authKey: report.receipt.authKey } },
    ownReport: { session: whistleblower },
    ownItems: { session: whistleblower, query: '?after=0' },
    writeOwnItem: { session: whistleblower, body: comment(report.holders) },
    ownFile: { session: whistleblower, path: { file: theirFile } },
    putOwnChunk: { session: whistleblower, path: { file: ownFile, index: 0 }, body: chunk(fileSize) },
    getOwnChunk: { session: whistleblower, path: { file: theirFile, index: 0 } },
    reports: { session: recipient, query: `?before=${report.reportId}` },
    report: { session: recipient, path: reportPath },
    deleteReport: { session: recipient, path: { report: doomed.reportId } },
    leaveReport: { session: recipient, path: { report: newId() } },
    setStatus: { session: recipient, path: reportPath, body: { status: 'opened' } },
    items: { session: recipient, path: reportPath, query: '?after=1' },
    writeItem: { session: recipient, path: reportPath, body: comment(report.holders) },
    file: { session: recipient, path: { ...reportPath, file: ownFile } },
    putChunk: {
      session: recipient,
      path: { ...reportPath, file: theirFile, index: 0 },
      body: chunk(fileSize),
    },
    getChunk: { session: recipient, path: { ...reportPath, file: ownFile, index: 0 } },
    reportAudit: { session: recipient, path: reportPath, query: '?after=0' },
    keepReportHead: { session: recipient, path: reportPath, body: { box: itemBox() } },
    siteAudit: { session: administrator, query: '?after=0' },
    keepSiteHead: { session: administrator, body: { box: itemBox() } },
    overview: { session: administrator },
    invite: { session: administrator, body: invite },
    setPersonRules: {
      session: administrator,
      path: { user: site.other.id },
      body: { passwordDue: false, factorRequired: false },
    },
    resetFactor: { session: administrator, path: { user: site.other.id } },
    publishPeople: { session: administrator, body: { people, unread: [] } },
    changeRoles: {
      session: administrator,
      path: { user: site.other.id },
      body: { people, channels: [] },
    },
    removeUser: { ...gone, session: administrator },
    settings: { session: administrator },
    changeSettings: { session: administrator, body: { settings: { tokens_per_second: 21 } } },
    publishChannel: { session: administrator, path: { channel: site.channelId }, body: { channel } },
    // Answered as if it were sent again: every statement of this world is by the key it has. A change is shown in site-key.test.ts.
    changeSiteKey: {
      session: administrator,
      body: {
        publicKey: site.siteKey.publicKey,
        successor: statement(site.siteKey, { kind: 'successor' }),
        people,
        channels: [channel],
        seed: box(sealedSeedBytes),
      },
    },
    giveSiteKey: {
      session: administrator,
      path: { user: site.administrator.id },
      body: { seed: box(sealedSeedBytes) },
    },
    askReset: { body: { name: 'nobody-here' } },
    resetLink: { body: { link } },
    openReset: { body: proof },
    completeReset: { body: { ...proof, keys: renewed } },
    mail: { session: administrator },
    setMail: { session: administrator, body: mailSettings(mail.server) },
    testMail: { session: administrator, body: { to: 'ada@example.org' } },
    setAddress: {
      session: administrator,
      path: { user: site.recipient.id },
      body: { mail: 'ruth@example.org' },
    },
    ownAddress: { session: recipient },
    setOwnAddress: {
      session: recipient,
      body: { authKey: site.recipient.authKey, mail: 'ruth.l@example.org' },
    },
    ownEscrow: { session: recipient },
    keepEscrowCopy: {
      session: recipient,
      body: { publicKey: escrow.publicKey, copy: box(sealedSeedBytes) },
    },
    notices: { session: recipient },
    seeNotices: { session: recipient, body: { upTo: 1 } },
    escrowSeed: { session: administrator },
    setEscrow: { session: administrator, body: { people: again, seeds: [], copies: [] } },
    escrowCopies: { session: administrator },
    escrowCopy: { session: administrator, path: { user: site.recipient.id } },
    letBack: {
      session: administrator,
      path: { user: site.recipient.id },
      body: { activation: random(32), identity: box(boxedIdentityBytes) },
    },
    restore: { body: { authKey: way, keys: renewed } },
  };
  return { running, site, sessions, right };
}

/** Turns escrow on, and lets the other recipient back in. @returns authKey of their new activation secret. */
async function addEscrow(
  running: TestServer,
  site: TestSite,
  session: string,
  body: PeopleBody,
): Promise<string> {
  const people = statement(site.siteKey, body);
  const seeds = [{ user: site.administrator.id, seal: box(sealedSeedBytes) }];
  const copies = [site.recipient, site.other].map(({ id }) => ({ user: id, copy: box(sealedSeedBytes) }));
  ok(await running.call('setEscrow', { session, body: { people, seeds, copies } }));
  const { authKey, hash } = credential();
  const way = { activation: hash, identity: box(boxedIdentityBytes) };
  ok(await running.call('letBack', { session, path: { user: site.other.id }, body: way }));
  return authKey;
}

/** A reset link as if it had been sent. @returns its secret. */
export async function addReset({ server }: TestServer, userId: string): Promise<string> {
  const { backend } = server;
  const { authKey, hash } = credential();
  const verifier = await settingVerifier(backend.home.slotFile, Buffer.from(hash, 'base64url'));
  const expires = Math.floor(backend.clock() / 1000) + 1800;
  await backend.home.store.transaction((transaction) =>
    backend.home.store.resets.add(transaction, {
      site_id: backend.siteId,
      verifier,
      user_id: userId,
      expires,
      used_by: null,
    }),
  );
  return authKey;
}

async function addFile(
  running: TestServer,
  route: 'writeOwnItem' | 'writeItem',
  sent: Sent,
  holders: readonly string[],
): Promise<string> {
  const id = newId();
  const item = { ...comment([]), kind: 'file', id, size: fileSize, holders };
  ok(await running.call(route, { ...sent, body: item }));
  return id;
}
