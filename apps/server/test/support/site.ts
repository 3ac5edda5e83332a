/** A site with people in it, made over HTTP from made-up keys: an administrator, two recipients, one channel. */
import assert from 'node:assert/strict';
import type { SetupRequest } from '@sotto/contract/account';
import type { DirectoryUser, PeopleBody } from '@sotto/contract/directory';
import type { Role } from '@sotto/contract/forms';
import { parseUuid, type Uuid } from '@sotto/protocol/bytes';
import { sealedSeedBytes } from '@sotto/protocol/sizes';
import {
  accountKeys,
  box,
  channelBody,
  credential,
  enrolment,
  newId,
  peopleBody,
  person,
  random,
  type SigningKey,
  signingKey,
  statement,
  submission,
} from './made-up.ts';
import type { Caller, Received, TestServer } from './running.ts';

/** A person with what they sign in with. */
export type Member = {
  readonly id: Uuid;
  readonly userName: string;
  readonly authKey: string;
  /** authKey of the account recovery key. */
  readonly recovery: string;
  readonly publicKey: string;
};

/** The site and everybody in it. `people` and its version are those of the statement in force. */
export type TestSite = {
  readonly siteId: Uuid;
  readonly channelId: Uuid;
  readonly siteKey: SigningKey;
  readonly setup: SetupRequest;
  readonly administrator: Member;
  readonly recipient: Member;
  readonly other: Member;
  readonly people: readonly DirectoryUser[];
  readonly version: number;
};

/** The secret of the setup link. */
export function setupSecret({ server }: Pick<TestServer, 'server'>): string {
  const secret = /#setup=(.{43})$/.exec(server.setupLink ?? '')?.[1];
  assert.ok(secret);
  return secret;
}

/** A right request that makes the site, with its first administrator and nobody else. */
export function setupRequest(
  siteId: Uuid,
  secret: string,
  siteKey: SigningKey,
  password: { hash: string },
  recoveryHash?: string,
): SetupRequest {
  const id = newId();
  const keys = accountKeys(password.hash, recoveryHash);
  const ada = person(id, 'Ada', ['administrator', 'recipient'], {
    kind: 'public',
    publicKey: keys.publicKey,
  });
  return {
    secret,
    site: {
      name: 'A site',
      language: 'en',
      exitAddress: 'https://example.org/',
      publicKey: siteKey.publicKey,
    },
    administrator: { id, userName: 'ada', name: 'Ada', roles: ['administrator', 'recipient'], keys },
    siteSeed: box(sealedSeedBytes),
    recipient: null,
    people: statement(siteKey, peopleBody(siteId, 1, [ada])),
    channel: statement(siteKey, channelBody(siteId, newId(), 1, [id])),
    escrow: null,
  };
}

/** Makes a site with three people. */
export async function makeSite(running: TestServer): Promise<TestSite> {
  return makeSiteWith(running, setupSecret(running));
}

/** Makes a site by the secret of a setup link. */
export async function makeSiteWith(running: Caller, secret: string): Promise<TestSite> {
  const siteId = await siteIdOf(running);
  const siteKey = signingKey();
  const password = credential();
  const recovery = credential();
  const setup = setupRequest(siteId, secret, siteKey, password, recovery.hash);
  ok(await running.call('setup', { body: setup }));
  const site = ok(await running.call('site'));
  const channelId = channelIdOf(site['channels']);
  const administrator = {
    id: setup.administrator.id,
    userName: 'ada',
    authKey: password.authKey,
    recovery: recovery.authKey,
    publicKey: setup.administrator.keys.publicKey,
  };
  const session = await signIn(running, administrator);
  const ada = person(administrator.id, 'Ada', ['administrator', 'recipient'], {
    kind: 'public',
    publicKey: setup.administrator.keys.publicKey,
  });
  const ruth = await invite(running, siteId, siteKey, session, [ada], 2, 'ruth');
  const omar = await invite(running, siteId, siteKey, session, [ada, ruth.person], 3, 'omar');
  const both = channelBody(siteId, channelId, 2, [ruth.member.id, omar.member.id]);
  ok(
    await running.call('publishChannel', {
      session,
      path: { channel: channelId },
      body: { channel: statement(siteKey, both) },
    }),
  );
  return {
    siteId,
    channelId,
    siteKey,
    setup,
    administrator,
    recipient: ruth.member,
    other: omar.member,
    people: [ada, ruth.person, omar.person],
    version: 3,
  };
}

/** What somebody is invited as, and what the statement that names them says of escrow. */
export type OtherRights = { readonly roles: Role[]; readonly escrow: PeopleBody['escrow'] };

/** Invites somebody and activates their account. */
export async function invite(
  running: Caller,
  site: Uuid,
  siteKey: SigningKey,
  session: string,
  others: readonly DirectoryUser[],
  version: number,
  userName: string,
  { roles, escrow }: OtherRights = { roles: ['recipient'], escrow: null },
): Promise<{ member: Member; person: DirectoryUser }> {
  const id = newId();
  const enrolmentKey = signingKey();
  const activation = credential();
  const password = credential();
  const user = person(id, userName, roles, {
    kind: 'enrolment',
    enrolmentKey: enrolmentKey.publicKey,
  });
  const people = statement(siteKey, peopleBody(site, version, [...others, user], escrow));
  const invitation = { id, userName, name: userName, roles, activation: activation.hash };
  ok(await running.call('invite', { session, body: { invitation, people } }));
  const recovery = credential();
  const keys = { ...accountKeys(password.hash), recoveryCredential: recovery.hash };
  const signature = enrolment(enrolmentKey, id, keys.publicKey);
  ok(await running.call('activate', { body: { authKey: activation.authKey, keys, signature } }));
  const { authKey } = password;
  const member = { id, userName, authKey, recovery: recovery.authKey, publicKey: keys.publicKey };
  return { member, person: user };
}

export async function siteIdOf(running: Caller): Promise<Uuid> {
  return parseUuid(ok(await running.call('site'))['site']);
}

/** Signs a member in. @returns the session id. */
export async function signIn(
  running: Caller,
  { userName, authKey }: Pick<Member, 'userName' | 'authKey'>,
): Promise<string> {
  return String(ok(await running.call('signIn', { body: { userName, authKey } }))['session']);
}

/** A filed report, with its receipt's credential and a session of each kind that has to do with it. */
export type FiledReport = {
  readonly reportId: Uuid;
  readonly receipt: { authKey: string; hash: string };
  readonly holders: readonly Uuid[];
  readonly session: string;
};

/** Begins a report. @returns its session. */
export async function startFiling(
  running: Caller,
  report: Uuid,
  check: string = random(32),
): Promise<string> {
  return String(ok(await running.call('startFiling', { body: { report, check } }))['session']);
}

/** Files a report, to the first recipient alone unless told otherwise. */
export async function fileReport(
  running: Caller,
  site: TestSite,
  channelId: Uuid = site.channelId,
  holders: readonly Uuid[] = [site.recipient.id],
): Promise<FiledReport> {
  const reportId = newId();
  const receipt = credential();
  const session = await startFiling(running, reportId);
  ok(await running.call('submit', { session, body: submission(channelId, holders, receipt.hash) }));
  return { reportId, receipt, holders, session };
}

/** The JSON of an answer that must be a good one. */
export function ok(received: Received): Record<string, unknown> {
  assert.equal(received.status, 200, received.bytes.toString('utf8'));
  assert.ok(received.json);
  return received.json;
}

/** Asserts an error of the contract. */
export function refused(received: Received, status: number, code: string): void {
  assert.deepEqual({ status: received.status, code: received.code }, { status, code });
}

function channelIdOf(statements: unknown): Uuid {
  assert.ok(Array.isArray(statements));
  const bytes = Buffer.from(String(statements[0]), 'base64url');
  const { id }: { id?: unknown } = JSON.parse(bytes.subarray(65).toString('utf8'));
  return parseUuid(id);
}

/** All items of a report with few of them, as its whistleblower gets them. */
export async function itemsOf(
  running: Caller,
  session: string,
): Promise<{ id: string; kind: string; author: string | null; whole?: boolean }[]> {
  return Object(ok(await running.call('ownItems', { session, query: '?after=0' })))['items'];
}
