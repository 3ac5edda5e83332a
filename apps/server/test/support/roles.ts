/**
 * For each route who may call it, and what belongs to somebody else. Whoever adds a route says here who may: without a line it
 * does not compile.
 */
import type { RouteName } from '@sotto/contract/routes';
import type { Uuid } from '@sotto/protocol/bytes';
import { sha256 } from '@sotto/protocol/server/credential';
import { boxedIdentityBytes, sealedSeedBytes } from '@sotto/protocol/sizes';
import { announce, type Cast, type HeldReport, type Role, roles } from './cast.ts';
import {
  box,
  channelBody,
  chunk,
  comment,
  credential,
  draft,
  fileItem,
  itemBox,
  newId,
  random,
  statement,
  submission,
  text,
} from './made-up.ts';
import { nextPeople, removal, samePeople } from './removal.ts';
import type { Sent, TestServer } from './running.ts';
import { fileReport, ok, signIn, startFiling, type TestSite } from './site.ts';
import { fileSize } from './world.ts';

type Ask = (cast: Cast, role: Role) => Sent | Promise<Sent>;

/** What the matrix knows of a route. */
export type Line = {
  /** Whose request is answered. For everybody else: 401 without a session, 403 and an empty body with one. */
  readonly may: readonly Role[];
  /** A right request about what is one's own; that of the world when not said. */
  readonly own?: Ask;
  /** A request about what is somebody else's and how it is refused, or why the route can name no such thing. */
  readonly others: { readonly ask: Ask; readonly status: number; readonly code: string } | string;
};

const everybody = roles;
const members: readonly Role[] = ['recipient', 'administrator', 'both'];
const recipients: readonly Role[] = ['recipient', 'both'];
const administrators: readonly Role[] = ['administrator', 'both'];

const isHeldBy = (role: Role): 'recipient' | 'both' => (role === 'both' ? 'both' : 'recipient');
const notHeldBy = (role: Role): 'recipient' | 'both' => (role === 'both' ? 'recipient' : 'both');

/** A recipient's route: on the report this role holds, and on one it does not. */
function ofReport(make: (report: HeldReport) => Sent): Pick<Line, 'may' | 'own' | 'others'> {
  return {
    may: recipients,
    own: ({ reports }, role) => make(reports[isHeldBy(role)]),
    others: {
      ask: ({ reports }, role) => make(reports[notHeldBy(role)]),
      status: 404,
      code: 'NOT_FOUND',
    },
  };
}

/** A route of who files or has filed: on their own file, and on one of another report. */
function ofFile(make: (file: Uuid) => Sent, own: Line['own']): Line {
  return {
    may: ['filing', 'whistleblower'],
    ...(own === undefined ? {} : { own }),
    others: {
      ask: ({ drafts, reports }, role) => make(role === 'filing' ? drafts.others : reports.both.file),
      status: 404,
      code: 'NOT_FOUND',
    },
  };
}

/** About a user who is not there. */
function ofNobody(make: (cast: Cast) => Sent | Promise<Sent>): Exclude<Line['others'], string> {
  const ask: Ask = async (cast) => ({ ...(await make(cast)), path: { user: newId() } });
  return { ask, status: 404, code: 'NOT_FOUND' };
}

const ownFile = ({ drafts, reports }: Cast, role: Role): Uuid =>
  role === 'filing' ? drafts.own : reports.recipient.file;
const pathOf = (report: HeldReport) => ({ report: report.reportId });
const noObject = 'takes no object but the session’s own';
const itsSecret = 'what it opens is named by a secret: a wrong one is refused in other tests';

/** A line for each route. */
export const matrix: Readonly<Record<RouteName, Line>> = {
  site: { may: everybody, others: noObject },
  setup: { may: everybody, others: itsSecret },
  token: { may: everybody, others: noObject },
  salt: { may: everybody, others: 'gives everybody a salt for every name' },
  signIn: { may: everybody, others: itsSecret },
  activation: { may: everybody, others: itsSecret },
  activate: { may: everybody, others: itsSecret },
  endSession: {
    may: ['filing', 'whistleblower', ...members],
    own: async ({ running, site, reports }, role) => ({
      session: await another(running, site, reports, role),
    }),
    others: noObject,
  },
  renewSession: { may: ['filing', 'whistleblower', ...members], others: noObject },
  sessions: { may: members, others: 'lists one’s own: shown in its own test' },
  endSessions: { may: members, others: 'ends one’s own: shown in its own test' },
  keepVault: {
    may: members,
    own: () => ({ body: { name: random(32), identity: box(boxedIdentityBytes) } }),
    others: noObject,
  },
  resume: {
    may: members,
    own: async ({ running, session }, role) => {
      const name = random(32);
      const body = { name, identity: box(boxedIdentityBytes) };
      await running.call('keepVault', { session: session(role), body });
      return { body: { name } };
    },
    // The recipient's vault of the world, by its right name, with the session of somebody else.
    others: { ask: ({ right }) => ({ body: right.resume.body }), status: 404, code: 'NOT_FOUND' },
  },
  changePassword: {
    may: members,
    // There and back again, so that everybody's password is in the end what it was.
    async own({ running, member, session, right }, role) {
      if (!members.includes(role)) return right.changePassword;
      const [before, between] = [member(role).authKey, credential()];
      const identity = box(boxedIdentityBytes);
      const there = { authKey: before, credential: between.hash, identity };
      ok(await running.call('changePassword', { session: session(role), body: there }));
      const hash = text(sha256(Buffer.from(before, 'base64url')));
      return { body: { authKey: between.authKey, credential: hash, identity } };
    },
    others: noObject,
  },
  security: { may: members, others: noObject },
  setFactor: {
    may: members,
    own: ({ member, right }, role) => ({
      body: { ...Object(right.setFactor.body), authKey: member(role).authKey },
    }),
    others: noObject,
  },
  endFactor: {
    may: members,
    own: ({ member, right }, role) => ({
      body: { ...Object(right.endFactor.body), authKey: member(role).authKey },
    }),
    others: noObject,
  },
  recoveryKey: {
    may: members,
    own: ({ member }, role) => ({ body: { authKey: member(role).authKey } }),
    // The password of somebody else proves nothing here.
    others: {
      ask: ({ site }) => ({ body: { authKey: site.other.authKey } }),
      status: 401,
      code: 'WRONG_CREDENTIAL',
    },
  },
  tryRecoveryKey: {
    may: members,
    own: ({ member }, role) => ({ body: { authKey: member(role).recovery } }),
    others: {
      ask: ({ site }) => ({ body: { authKey: site.other.recovery } }),
      status: 401,
      code: 'WRONG_CREDENTIAL',
    },
  },
  keepOwn: { may: members, others: noObject },
  startFiling: {
    may: everybody,
    own: () => ({ body: { report: newId(), check: random(32) } }),
    others: {
      ask: ({ filingId }) => ({ body: { report: filingId, check: random(32) } }),
      status: 409,
      code: 'ID_IN_USE',
    },
  },
  announceFile: {
    may: ['filing'],
    own: () => ({ body: { file: newId(), size: fileSize } }),
    others: {
      ask: ({ drafts }) => ({ body: { file: drafts.others, size: fileSize } }),
      status: 409,
      code: 'ID_IN_USE',
    },
  },
  withdrawFile: {
    may: ['filing'],
    own: async ({ running, session }) => ({ path: { file: await announce(running, session('filing')) } }),
    others: 'answers as if it were withdrawn already, and leaves it: shown in its own test',
  },
  dropFiling: {
    may: ['filing'],
    own: async ({ running }) => ({ session: await startFiling(running, newId()) }),
    others: noObject,
  },
  keepDraft: {
    may: ['filing'],
    own: () => ({ body: draft() }),
    others: {
      // By the name of the draft of another filing.
      ask: async ({ running }) => {
        const others = draft();
        const session = await startFiling(running, newId());
        ok(await running.call('keepDraft', { session, body: others }));
        return { body: draft(others.name) };
      },
      status: 409,
      code: 'ID_IN_USE',
    },
  },
  forgetDraft: { may: ['filing', 'whistleblower'], others: noObject },
  resumeDraft: { may: everybody, others: itsSecret },
  submit: {
    may: ['filing', 'whistleblower'],
    own: async ({ running, site }, role) => {
      const body = submission(site.channelId, [site.recipient.id], random(32));
      const session = await startFiling(running, newId());
      if (role === 'whistleblower') ok(await running.call('submit', { session, body }));
      return { session, body };
    },
    others: {
      // With the file of another filing among its own.
      ask: async ({ running, site, drafts }) => ({
        session: await startFiling(running, newId()),
        body: submission(site.channelId, [site.recipient.id], random(32), [drafts.others]),
      }),
      status: 409,
      code: 'CHUNK_MISSING',
    },
  },
  returnWithReceipt: { may: everybody, others: itsSecret },
  ownReport: { may: ['whistleblower'], others: noObject },
  ownItems: { may: ['whistleblower'], others: noObject },
  writeOwnItem: {
    may: ['whistleblower'],
    own: ({ reports }) => ({ body: comment(reports.recipient.holders) }),
    others: {
      ask: ({ reports }) => ({ body: fileItem(reports.recipient.holders, fileSize, reports.both.file) }),
      status: 409,
      code: 'ID_IN_USE',
    },
  },
  ownFile: ofFile(
    (file) => ({ path: { file } }),
    (cast, role) => ({ path: { file: ownFile(cast, role) } }),
  ),
  putOwnChunk: ofFile(
    (file) => ({ path: { file, index: 0 }, body: chunk(fileSize) }),
    (cast, role) => ({ path: { file: ownFile(cast, role), index: 0 }, body: chunk(fileSize) }),
  ),
  getOwnChunk: ofFile(
    (file) => ({ path: { file, index: 0 } }),
    async (cast, role) => {
      const path = { file: ownFile(cast, role), index: 0 };
      await cast.running.call('putOwnChunk', { session: cast.session(role), path, body: chunk(fileSize) });
      return { path };
    },
  ),
  reports: {
    may: recipients,
    own: () => ({}),
    // The page after a report that one does not hold.
    others: {
      ask: ({ reports }, role) => ({ query: `?before=${reports[notHeldBy(role)].reportId}` }),
      status: 404,
      code: 'NOT_FOUND',
    },
  },
  report: ofReport((report) => ({ path: pathOf(report) })),
  deleteReport: {
    ...ofReport((report) => ({ path: pathOf(report) })),
    own: async ({ running, site, channelOfBoth }, role) => {
      const [channel, holder] =
        role === 'both' ? [channelOfBoth, site.administrator.id] : [site.channelId, site.recipient.id];
      const { reportId } = await fileReport(running, site, channel, [holder]);
      return { path: { report: reportId } };
    },
    others: 'answers as if it were deleted already, and leaves it: shown in retention.test.ts',
  },
  leaveReport: {
    may: recipients,
    own: () => ({ path: { report: newId() } }),
    others: 'answers as if it were left already: shown in leaving.test.ts',
  },
  setStatus: ofReport((report) => ({ path: pathOf(report), body: { status: 'opened' } })),
  items: ofReport((report) => ({ path: pathOf(report), query: '?after=0' })),
  writeItem: ofReport((report) => ({ path: pathOf(report), body: comment(report.holders) })),
  file: ofReport((report) => ({ path: { ...pathOf(report), file: report.file } })),
  putChunk: {
    ...ofReport((report) => ({
      path: { ...pathOf(report), file: report.file, index: 0 },
      body: chunk(fileSize),
    })),
    // One's own file: that of the whistleblower is for reading.
    own: async ({ running, session, reports }, role) => {
      const report = reports[isHeldBy(role)];
      const item = fileItem(report.holders, fileSize);
      await running.call('writeItem', { session: session(role), path: pathOf(report), body: item });
      return { path: { ...pathOf(report), file: item.id, index: 0 }, body: chunk(fileSize) };
    },
  },
  getChunk: ofReport((report) => ({ path: { ...pathOf(report), file: report.file, index: 0 } })),
  reportAudit: ofReport((report) => ({ path: pathOf(report), query: '?after=0' })),
  keepReportHead: ofReport((report) => ({ path: pathOf(report), body: { box: itemBox() } })),
  siteAudit: { may: administrators, others: noObject },
  keepSiteHead: { may: administrators, others: noObject },
  overview: { may: administrators, others: noObject },
  invite: { may: administrators, others: noObject },
  publishPeople: {
    may: administrators,
    own: async ({ running, site }) => ({ body: { people: await nextPeople(running, site), unread: [] } }),
    others: noObject,
  },
  changeRoles: {
    may: administrators,
    own: async (cast) => ({ ...(await samePeople(cast)), path: { user: cast.site.other.id } }),
    others: ofNobody(samePeople),
  },
  removeUser: {
    may: administrators,
    own: ({ running, site, session }) => removal(running, site, session('both')),
    others: ofNobody((cast) => samePeople(cast, { reports: 'kept' })),
  },
  publishChannel: {
    may: administrators,
    own: ({ site }) => {
      const channel = newId();
      const body = channelBody(site.siteId, channel, 1, [site.recipient.id]);
      return { path: { channel }, body: { channel: statement(site.siteKey, body) } };
    },
    others: noObject,
  },
  setPersonRules: { may: administrators, others: 'an administrator may want it of anybody' },
  resetFactor: { may: administrators, others: 'an administrator may take it from anybody but themselves' },
  settings: { may: administrators, others: noObject },
  changeSettings: { may: administrators, others: noObject },
  // Pia administers and cannot sign: she has nothing to change, and nothing to give.
  changeSiteKey: { may: ['both'], others: noObject },
  giveSiteKey: { may: ['both'], others: ofNobody(() => ({ body: { seed: box(sealedSeedBytes) } })) },
  askReset: { may: everybody, others: 'answers the same for every name' },
  resetLink: { may: everybody, others: itsSecret },
  openReset: { may: everybody, others: itsSecret },
  completeReset: { may: everybody, others: itsSecret },
  mail: { may: administrators, others: noObject },
  setMail: { may: administrators, others: noObject },
  testMail: { may: administrators, others: noObject },
  setAddress: {
    may: administrators,
    others: ofNobody(() => ({ body: { mail: 'nobody@example.org' } })),
  },
  ownAddress: { may: members, others: noObject },
  setOwnAddress: {
    may: members,
    own: ({ member, right }, role) => ({
      body: { ...Object(right.setOwnAddress.body), authKey: member(role).authKey },
    }),
    others: noObject,
  },
  ownEscrow: { may: members, others: noObject },
  keepEscrowCopy: { may: members, others: noObject },
  notices: { may: members, others: noObject },
  seeNotices: { may: members, others: noObject },
  escrowSeed: { may: administrators, others: noObject },
  // Pia administers and holds no escrow: while it is on, she is turned away like anybody else.
  setEscrow: {
    may: ['both'],
    own: async ({ running, site }) => {
      const people = await nextPeople(running, site);
      return { body: { people, seeds: [], copies: [] } };
    },
    others: noObject,
  },
  escrowCopies: { may: ['both'], others: noObject },
  escrowCopy: { may: ['both'], others: ofNobody(() => ({})) },
  letBack: {
    may: ['both'],
    others: ofNobody(() => ({ body: { activation: random(32), identity: box(boxedIdentityBytes) } })),
  },
  restore: { may: everybody, others: itsSecret },
};

/** A session of the same kind that may be ended. */
async function another(
  running: TestServer,
  site: TestSite,
  reports: Cast['reports'],
  role: Role,
): Promise<string> {
  if (role === 'filing') return startFiling(running, newId());
  if (role !== 'whistleblower')
    return signIn(running, role === 'recipient' ? site.recipient : site.administrator);
  const { authKey } = reports.recipient.receipt;
  return String(ok(await running.call('returnWithReceipt', { body: { authKey } }))['session']);
}
