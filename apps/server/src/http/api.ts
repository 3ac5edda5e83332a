/**
 * One request of the API, from its headers to its answer. Nothing is read that the headers forbid; nothing reaches a
 * handler that the contract does not allow; nothing leaves that it does not allow either.
 */
import type { IncomingMessage } from 'node:http';
import type { ErrorCode } from '@sotto/contract/errors';
import {
  bodyMaxBytes,
  chunkBodyMaxBytes,
  type PathParameter,
  pathParameters,
  type Route,
  workHeader,
} from '@sotto/contract/route';
import { type RouteName, routes } from '@sotto/contract/routes';
import { ProtocolError } from '@sotto/protocol/errors';
import * as v from 'valibot';
import type { Clients } from '../limits/clients.ts';
import type { Pace } from '../limits/pace.ts';
import type { Log } from '../log/log.ts';
import type { Session, Sessions } from '../sessions/sessions.ts';
import { StorageError } from '../storage/storage-error.ts';
import type { Work } from '../work/work.ts';
import { type Answer, bytesAnswer, errorAnswer, forbiddenAnswer, jsonAnswer } from './answer.ts';
import type { Connection, Handlers } from './calls.ts';
import { chunksInFlight } from './chunks-in-flight.ts';
import { clearSiteData } from './headers.ts';
import { clientAddress } from './proxy-line.ts';
import { checkDeclaredLength, readBody } from './read-body.ts';
import { Forbidden, Refusal } from './refusal.ts';
import { findRoute } from './route-table.ts';

const chunks = chunksInFlight();

/** What the API works with. */
export type ApiParts = {
  readonly handlers: Handlers;
  readonly sessions: Sessions;
  readonly work: Work;
  readonly pace: Pace;
  readonly clients: Clients;
  readonly log: Log;
};

/** A handler as it is called: `Handlers` has made sure that it fits its route. */
type AnyHandler = (call: {
  path: unknown;
  query: unknown;
  body: unknown;
  session: Session | null;
  sessionId: string;
  connection: Connection;
  proof: string;
  client: string | null;
  gone: AbortSignal;
}) => Promise<unknown>;

/** Answers a request whose path begins with `/api/`. Never rejects. */
export async function answerApi(
  parts: ApiParts,
  request: IncomingMessage,
  address: URL,
  connection: Connection,
): Promise<Answer> {
  const found = findRoute(request.method ?? '', address.pathname);
  if (found.found === 'nothing') return errorAnswer('NOT_FOUND');
  if (found.found === 'other-methods') return errorAnswer('WRONG_METHOD', [['Allow', found.allowed]]);
  // Says when nobody waits for the answer any more.
  const gone = new AbortController();
  const close = () => gone.abort();
  request.socket.once('close', close);
  try {
    return await answerRoute(parts, request, address, connection, found.name, found.path, gone.signal);
  } catch (error) {
    return failureAnswer(parts.log, found.name, error);
  } finally {
    request.socket.off('close', close);
  }
}

async function answerRoute(
  parts: ApiParts,
  request: IncomingMessage,
  address: URL,
  connection: Connection,
  name: RouteName,
  segments: Readonly<Record<string, string>>,
  gone: AbortSignal,
): Promise<Answer> {
  const route: Route = routes[name];
  const path = readPath(segments);
  const query = readQuery(route, address);
  const limit = checkHead(route, request);
  const { session, sessionId } = findSession(parts.sessions, route, request);
  const isChunk = route.request === 'chunk' || route.response === 'chunk';
  if (session !== null && !isChunk) await parts.pace.step(session, gone);
  const proof = headerOf(request, workHeader);
  const from = clientAddress(request.socket);
  const client = from === null ? null : parts.clients.name('client', from);
  if (route.work === 'session') await parts.work.check(route.work, proof);
  const perform = async (): Promise<unknown> => {
    const body = limit === 0 ? null : readContent(route, await readBody(request, limit));
    // why: Handlers<N> has a handler of exactly this route's types, and all of the call was checked above.
    const handle = parts.handlers[name] as AnyHandler;
    return handle({ path, query, body, session, sessionId, connection, proof, client, gone });
  };
  const isUpload = route.request === 'chunk' && session !== null;
  const answer = isUpload ? await chunks.during(session, limit, perform) : await perform();
  if (route.response === 'chunk') {
    return answer instanceof Uint8Array ? bytesAnswer(answer) : refusedAnswer(parts.log, name);
  }
  const checked = v.safeParse(route.response, answer);
  if (!checked.success) return refusedAnswer(parts.log, name);
  return { ...jsonAnswer(200, checked.output), ...(route.clears ? { headers: [clearSiteData] } : {}) };
}

function readPath(segments: Readonly<Record<string, string>>): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const [name, segment] of Object.entries(segments)) {
    if (!isPathParameter(name)) throw new Refusal('NOT_FOUND');
    const checked = v.safeParse(pathParameters[name], segment);
    if (!checked.success) throw new Refusal('MALFORMED');
    read[name] = checked.output;
  }
  return read;
}

function isPathParameter(name: string): name is PathParameter {
  return Object.hasOwn(pathParameters, name);
}

function readQuery(route: Route, address: URL): unknown {
  const pairs = [...address.searchParams];
  const names = new Set(pairs.map(([name]) => name));
  if (names.size !== pairs.length) throw new Refusal('MALFORMED');
  if (route.query === null) {
    if (address.search !== '') throw new Refusal('MALFORMED');
    return null;
  }
  return accept(route.query, Object.fromEntries(pairs));
}

/** Checks type and length of the body by the headers alone; returns how long it may be, 0 for none. */
function checkHead(route: Route, request: IncomingMessage): number {
  const wanted = route.request === 'chunk' ? 'application/octet-stream' : 'application/json';
  const limit = route.request === null ? 0 : route.request === 'chunk' ? chunkBodyMaxBytes : bodyMaxBytes;
  checkDeclaredLength(request, limit);
  if (limit > 0 && !isType(request.headers['content-type'], wanted)) throw new Refusal('WRONG_TYPE');
  return limit;
}

function isType(header: string | undefined, wanted: string): boolean {
  const [type, ...parameters] = (header ?? '').toLowerCase().split(';');
  return type?.trim() === wanted && parameters.every((part) => part.trim() === 'charset=utf-8');
}

function readContent(route: Route, bytes: Uint8Array): unknown {
  if (route.request === 'chunk' || route.request === null) return bytes;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal('MALFORMED');
  }
  return accept(route.request, value);
}

function accept(schema: v.GenericSchema, value: unknown): unknown {
  const checked = v.safeParse(schema, value, { abortEarly: true });
  if (!checked.success) throw new Refusal('MALFORMED');
  return checked.output;
}

/** Empty when it was not sent. */
function headerOf(request: IncomingMessage, name: string): string {
  const header = request.headers[name.toLowerCase()];
  return typeof header === 'string' ? header : '';
}

/** @throws Refusal `SESSION_ENDED` without a living session, Forbidden for one of another kind. */
function findSession(
  sessions: Sessions,
  route: Route,
  request: IncomingMessage,
): { session: Session | null; sessionId: string } {
  if (route.session.includes('none')) return { session: null, sessionId: '' };
  const sessionId = headerOf(request, 'X-Session');
  const session = sessions.find(sessionId);
  if (session === undefined) throw new Refusal('SESSION_ENDED');
  if (!route.session.some((kind) => isOfKind(session, kind))) throw new Forbidden();
  return { session, sessionId };
}

function isOfKind(session: Session, kind: Route['session'][number]): boolean {
  if (kind === 'any') return true;
  if (kind === 'recipient') return session.kind === 'member' && session.isRecipient;
  if (kind === 'administrator') return session.kind === 'member' && session.isAdministrator;
  return session.kind === kind;
}

/** An answer that the contract does not allow is a fault of ours: it is not sent. */
function refusedAnswer(log: Log, route: RouteName): Answer {
  log({ entry: 'answer-refused', route });
  return errorAnswer('FAILED');
}

function failureAnswer(log: Log, route: RouteName, error: unknown): Answer {
  if (error instanceof Forbidden) return forbiddenAnswer;
  const full = (error instanceof StorageError || error instanceof Refusal) && error.code === 'DISK_FULL';
  // The operator must know as well: people are being sent away.
  if (full) log({ entry: 'disk-full', route });
  if (full) return errorAnswer('DISK_FULL');
  if (error instanceof Refusal) {
    // RFC 9110 §10.2.3
    const when = error.retryAfter === null ? [] : [['Retry-After', String(error.retryAfter)] as const];
    return errorAnswer(error.code, when);
  }
  log({ entry: 'request-failed', route, code: codeOf(error) });
  return errorAnswer('FAILED');
}

/** The code of what was thrown and nothing else of it. */
export function codeOf(error: unknown): ErrorCode | string {
  if (error instanceof StorageError || error instanceof ProtocolError) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
