/**
 * Reports made beforehand, for tests that file many: sealed as every report is, to the true recipients of a channel, but
 * without a receipt. Where the server keeps the hash of a stretched receipt there are random bytes, which it cannot tell
 * from one; so nobody comes back by receipt, and recipients read them like any other. Nothing is stretched, and no
 * parameter of stretching is lowered.
 */
import { randomBytes } from 'node:crypto';
import { type Channel, openDirectory, reachable } from '@sotto/client/directory';
import { describeFile, newId } from '@sotto/client/items';
import { connect, type Server } from '@sotto/client/server';
import { questionnaire } from '@sotto/contract/built-in-questionnaire';
import type { AnswersContent } from '@sotto/contract/items';
import type { Answers } from '@sotto/contract/questionnaire';
import type { SubmitRequest } from '@sotto/contract/report';
import { chunkRange, sealChunk } from '@sotto/protocol/attachment';
import { type Bytes, toBase64url, type Uuid } from '@sotto/protocol/bytes';
import { boxIdentity, makeIdentity } from '@sotto/protocol/identity';
import { type ItemKind, sealItem } from '@sotto/protocol/item';
import type { ReportKey } from '@sotto/protocol/key-carrier';
import { makeReportKey, reportCheck, sealReportKey } from '@sotto/protocol/report';
import { chunkCount, keyBytes, paddedFileSize } from '@sotto/protocol/sizes';
import { deskEnvironment } from './desk.ts';

/** A file of a report made beforehand; `chunks` as they travel. */
export type PreparedFile = {
  readonly id: Uuid;
  readonly name: string;
  readonly content: Uint8Array;
  readonly paddedSize: number;
  readonly chunks: readonly Bytes[];
};
export type PreparedReport = {
  readonly key: ReportKey;
  readonly check: string;
  readonly answers: Answers;
  readonly files: readonly PreparedFile[];
  readonly request: SubmitRequest;
};
export type GivenFile = { readonly name: string; readonly content: Uint8Array<ArrayBuffer> };

const { library } = deskEnvironment('');

/** The routes of a server by name, for a test that is its own client. */
export const serverAt = (origin: string): Server => connect(deskEnvironment(origin));

/** The channel as the site states it, with the keys of its recipients. */
export async function channelOf(server: Server, channelId: string): Promise<Channel> {
  const site = await server.call('site', { session: null });
  if (site.state !== 'open') throw new Error('the site is not made yet');
  const channels = [...openDirectory(library, site, null).channels.values()];
  const channel = channels.find(({ body }) => body.id === channelId);
  if (channel === undefined) throw new Error('no such channel');
  return channel;
}

/** Makes all that a filing sends (S4, S7). */
export function prepareReport(
  channel: Channel,
  answers: Answers,
  given: readonly GivenFile[] = [],
): PreparedReport {
  const report = newId(library);
  const identity = makeIdentity(library, report);
  const reportKey = makeReportKey(library, report, identity.publicKey);
  const holders = reachable(channel);
  const item = (kind: ItemKind, id: Uuid, content: unknown) => ({
    id,
    box: toBase64url(
      sealItem(library, reportKey.key, { kind, report, item: id, author: null }, { seen: null, content }),
    ),
  });
  const content: AnswersContent = {
    siteKey: channel.siteKey,
    channel: channel.body.id,
    questionnaire,
    answers,
    agent: 'desk',
    holders: holders.map(({ id, publicKey }) => ({ id, publicKey: toBase64url(publicKey) })),
  };
  const files = given.map((file) => prepareFile(file));
  return {
    key: reportKey,
    check: toBase64url(reportCheck(library, reportKey)),
    answers,
    files: files.map(({ file }) => file),
    request: {
      channel: channel.body.id,
      publicKey: toBase64url(identity.publicKey),
      credential: toBase64url(randomBytes(keyBytes)),
      identity: toBase64url(boxIdentity(library, randomBytes(keyBytes), identity)),
      seal: toBase64url(sealReportKey(library, identity.publicKey, reportKey)),
      seals: holders.map(({ id, publicKey }) => ({
        holder: id,
        seal: toBase64url(sealReportKey(library, publicKey, reportKey)),
      })),
      answers: item('answers', newId(library), content),
      summary: item('summary', newId(library), { title: answers['title'] ?? '' }),
      files: files.map(({ file, described }) => item('file', file.id, described)),
    },
  };
}

/** Files a report that has not been filed. @returns the session, now the report's own. */
export async function fileReport(server: Server, prepared: PreparedReport): Promise<string> {
  const { session } = await server.call('startFiling', {
    session: null,
    body: { report: prepared.key.report, check: prepared.check },
  });
  for (const file of prepared.files) {
    await server.call('announceFile', { session, body: { file: file.id, size: file.paddedSize } });
    await Promise.all(
      file.chunks.map((body, index) =>
        server.call('putOwnChunk', { session, path: { file: file.id, index }, body }),
      ),
    );
  }
  await server.call('submit', { session, body: prepared.request });
  return session;
}

function prepareFile({ name, content }: GivenFile) {
  const { content: described, key } = describeFile(library, {
    name,
    type: 'application/octet-stream',
    size: content.length,
  });
  const paddedSize = paddedFileSize(content.length);
  const chunks = Array.from({ length: chunkCount(paddedSize) }, (_, index) => {
    const { start, end } = chunkRange(content.length, index);
    return sealChunk(library, key, content.length, index, content.subarray(start, end));
  });
  const file: PreparedFile = { id: newId(library), name, content, paddedSize, chunks };
  return { file, described };
}
