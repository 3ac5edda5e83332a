/** The server as a client calls it: by the name of a route, each message checked against the contract on its way out and in. */
import { errorResponse } from '@sotto/contract/errors';
import { chunkBodyMaxBytes, type Route, type WorkPurpose, workHeader } from '@sotto/contract/route';
import {
  type PathOf,
  type QueryOf,
  type RequestOf,
  type ResponseOf,
  type RouteName,
  routes,
} from '@sotto/contract/routes';
import { type Bytes, fromBase64url, toBase64url } from '@sotto/protocol/bytes';
import { workProof } from '@sotto/protocol/proof-of-work';
import * as v from 'valibot';
import type { Environment } from './environment.ts';
import { ClientError } from './errors.ts';
import type { OnProgress } from './views.ts';

/** No answer of the contract is larger: a lying server cannot fill the memory. */
const answerMaxBytes = 96 * 1024 * 1024;

type Given<N extends RouteName> = {
  /** Base64url; null for routes that take no session. */
  readonly session: string | null;
} & (keyof PathOf<N> extends never ? unknown : { readonly path: PathOf<N> }) &
  (RequestOf<N> extends null ? unknown : { readonly body: RequestOf<N> }) &
  (QueryOf<N> extends null ? unknown : { readonly query: QueryOf<N> }) & {
    /** Told of the work that a session or a report costs (S9). */
    readonly onProgress?: OnProgress;
  };

export type Server = {
  call<N extends RouteName>(name: N, given: Given<N>): Promise<ResponseOf<N>>;
};

/** What every call may hold, whatever its route. */
type AnyGiven = {
  readonly session: string | null;
  readonly path?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly onProgress?: OnProgress;
};

type Reach = Pick<Environment, 'fetch' | 'origin' | 'solver'>;

/** A token lives a minute: a machine that sleeps in between works once more, and again, and then is told so. */
const triesOfWork = 3;

export function connect(environment: Reach): Server {
  return {
    async call<N extends RouteName>(name: N, given: Given<N>): Promise<ResponseOf<N>> {
      const route: Route = routes[name];
      const answer = await sendWithWork(environment, route, given);
      // The route's own schema has just checked it.
      return answer as ResponseOf<N>;
    },
  };
}

/** Does the work that a route costs: before it is asked for where it always is, else when the server asks for it. */
async function sendWithWork(environment: Reach, route: Route, given: AnyGiven): Promise<unknown> {
  const { work } = route;
  if (work === null) return await send(environment, route, given, null);
  let proof = work === 'session' ? await prove(environment, work, given.onProgress) : null;
  for (let tries = 1; ; tries += 1) {
    try {
      return await send(environment, route, given, proof);
    } catch (failure) {
      const wanted = failure instanceof ClientError && failure.code === 'WORK_NEEDED';
      if (!wanted || tries > triesOfWork) throw failure;
      proof = await prove(environment, work, given.onProgress);
    }
  }
}

/** S9: a token and a counter that holds, base64url; null when the site asks for none. */
async function prove(
  environment: Reach,
  purpose: WorkPurpose,
  onProgress: OnProgress | undefined,
): Promise<string | null> {
  const answer = await send(environment, routes.token, { session: null, body: { purpose } }, null);
  const { token: text } = answer as ResponseOf<'token'>; // why: its own schema has just checked it
  if (text === null) return null;
  const token = fromBase64url(text);
  const tell = (done: number) =>
    onProgress?.({ stage: 'working', done: Math.round(done * 1000), total: 1000 });
  tell(0);
  return toBase64url(workProof(token, await environment.solver(token, tell)));
}

async function send(
  environment: Reach,
  route: Route,
  given: AnyGiven,
  proof: string | null,
): Promise<unknown> {
  const headers = new Headers();
  if (proof !== null) headers.set(workHeader, proof);
  if (given.session !== null) headers.set('X-Session', given.session);
  const body = outgoing(route, given.body, headers);
  const init: RequestInit = {
    method: route.method,
    headers,
    cache: 'no-store',
    // There is no cookie. A browser heeds Clear-Site-Data only where it might have sent one.
    credentials: route.clears ? 'same-origin' : 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    // What ends or forgets something arrives even if the page goes meanwhile.
    keepalive: route.method === 'DELETE',
    ...(body === null ? {} : { body }),
  };
  const response = await reached(environment.fetch(environment.origin + addressOf(route, given), init));
  if (!response.ok) throw await refusal(response);
  if (route.response === 'chunk') return await read(response, chunkBodyMaxBytes);
  return checked(route.response, parse(await read(response, answerMaxBytes)));
}

function outgoing(route: Route, body: unknown, headers: Headers): Bytes | string | null {
  if (route.request === null) return null;
  if (route.request === 'chunk') {
    headers.set('Content-Type', 'application/octet-stream');
    // The type of the call says that a chunk's body is bytes.
    return body as Bytes;
  }
  headers.set('Content-Type', 'application/json');
  const sent = v.safeParse(route.request, body);
  // What the contract does not allow is not sent: the server would refuse it.
  if (!sent.success) throw new ClientError('MALFORMED');
  return JSON.stringify(body);
}

function addressOf(route: Route, given: AnyGiven): string {
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(given.path?.[name])),
  );
  const query = Object.entries(given.query ?? {}).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  return query.length === 0 ? path : `${path}?${new URLSearchParams(query)}`;
}

async function refusal(response: Response): Promise<ClientError> {
  if (response.status === 403) return new ClientError('NOT_ALLOWED');
  const said = v.safeParse(errorResponse, parse(await read(response, answerMaxBytes)));
  const after = /^\d{1,5}$/.exec(response.headers.get('Retry-After') ?? '');
  return new ClientError(
    said.success ? said.output.error.code : 'ANSWER_MALFORMED',
    after === null ? null : Number(after[0]),
  );
}

function checked(schema: v.GenericSchema, answer: unknown): unknown {
  const result = v.safeParse(schema, answer);
  if (!result.success) throw new ClientError('ANSWER_MALFORMED');
  return result.output;
}

function parse(bytes: Bytes): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ClientError('ANSWER_MALFORMED');
  }
}

/** Reads a body up to `limit` bytes; a longer one is not read further. */
async function read(response: Response, limit: number): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const piece = await reached(reader?.read() ?? Promise.resolve({ done: true as const, value: undefined }));
    if (piece.done) break;
    length += piece.value.length;
    if (length > limit) {
      await reader?.cancel();
      throw new ClientError('ANSWER_MALFORMED');
    }
    parts.push(piece.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** fetch rejects with one kind of error for everything between here and the server. */
async function reached<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch {
    throw new ClientError('UNREACHABLE');
  }
}
