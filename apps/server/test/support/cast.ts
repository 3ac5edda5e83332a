/** A site with somebody in every role, each with objects of their own. */
import type { TestContext } from 'node:test';
import type { Uuid } from '@sotto/protocol/bytes';
import { channelBody, chunk, fileItem, newId, type peopleBody, statement } from './made-up.ts';
import type { TestServer } from './running.ts';
import {
  type FiledReport,
  fileReport,
  invite,
  type Member,
  type OtherRights,
  ok,
  signIn,
  startFiling,
  type TestSite,
} from './site.ts';
import { fileSize, makeWorld, type World } from './world.ts';

/** `both` is an administrator who is a recipient as well. */
export const roles = ['nobody', 'filing', 'whistleblower', 'recipient', 'administrator', 'both'] as const;
export type Role = (typeof roles)[number];

/** A report with one whole attachment. */
export type HeldReport = FiledReport & { readonly file: Uuid };

/** Everybody, and what is whose. */
export type Cast = World & {
  readonly channelOfBoth: Uuid;
  session(role: Role): string | undefined;
  /** Whose session it is, for roles that sign in. */
  member(role: Role): Member;
  /** Of `recipient` and `whistleblower`; of `both` alone. */
  readonly reports: { readonly recipient: HeldReport; readonly both: HeldReport };
  /** Announced by `filing`; by a filing of somebody else. */
  readonly drafts: { readonly own: Uuid; readonly others: Uuid };
  readonly filingId: Uuid;
};

/** Makes the site. */
export async function makeCast(test: TestContext): Promise<Cast> {
  const world = await makeWorld(test);
  const { running, site } = world;
  const ada = await signIn(running, site.administrator);
  const both = await addChannelOf(running, site, ada);
  // The world has invited Ines as well: the directory names her.
  const people = ok(await running.call('site'))['people'];
  const stated: ReturnType<typeof peopleBody> = JSON.parse(
    Buffer.from(String(people), 'base64url').subarray(65).toString('utf8'),
  );
  const { version, users, escrow } = stated;
  const { siteId, siteKey } = site;
  const rights: OtherRights = { roles: ['administrator'], escrow };
  const pia = await invite(running, siteId, siteKey, ada, users, version + 1, 'pia', rights);
  const reports = {
    recipient: await fileWithAttachment(running, site, site.channelId, site.recipient.id),
    both: await fileWithAttachment(running, site, both, site.administrator.id),
  };
  const filingId = newId();
  const sessions: Readonly<Record<Role, string | undefined>> = {
    nobody: undefined,
    filing: await startFiling(running, filingId),
    whistleblower: reports.recipient.session,
    recipient: await signIn(running, site.recipient),
    administrator: await signIn(running, pia.member),
    both: ada,
  };
  const drafts = {
    own: await announce(running, sessions.filing),
    others: await announce(running, await startFiling(running, newId())),
  };
  const member = (role: Role): Member =>
    ({ administrator: pia.member, both: site.administrator })[String(role)] ?? site.recipient;
  const session = (role: Role): string | undefined => sessions[role];
  return { ...world, channelOfBoth: both, session, member, reports, drafts, filingId };
}

async function addChannelOf(running: TestServer, site: TestSite, session: string): Promise<Uuid> {
  const channel = newId();
  const body = channelBody(site.siteId, channel, 1, [site.administrator.id]);
  const sent = { channel: statement(site.siteKey, body) };
  ok(await running.call('publishChannel', { session, path: { channel }, body: sent }));
  return channel;
}

async function fileWithAttachment(
  running: TestServer,
  site: TestSite,
  channel: Uuid,
  holder: Uuid,
): Promise<HeldReport> {
  const report = await fileReport(running, site, channel, [holder]);
  const { session, holders } = report;
  const item = fileItem(holders, fileSize);
  ok(await running.call('writeOwnItem', { session, body: item }));
  const path = { file: item.id, index: 0 };
  ok(await running.call('putOwnChunk', { session, path, body: chunk(fileSize) }));
  return { ...report, file: item.id };
}

export async function announce(running: TestServer, session: string | undefined): Promise<Uuid> {
  const file = newId();
  ok(await running.call('announceFile', { session, body: { file, size: fileSize } }));
  return file;
}
