/** A real server in this process, on a home of its own and a port the system chooses, and calls to it as any program could make. */
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { workHeader } from '@sotto/contract/route';
import { type RouteName, routes } from '@sotto/contract/routes';
import { fromBase64url, toBase64url } from '@sotto/protocol/bytes';
import { workProof } from '@sotto/protocol/proof-of-work';
import { sodiumSolver } from '@sotto/protocol/stretcher-sodium';
import { liftedLimits } from '@sotto/testkit/founded-site';
import { type RunningServer, type ServerOptions, startServer } from '../../src/app.ts';
import { makeLog } from '../../src/log/log.ts';
import { smtpTransport } from '../../src/mail/transport.ts';
import { usualMachine } from '../../src/settings/machine-settings.ts';
import { noReserve, testNow } from './rows.ts';
import { temporaryFolder } from './temporary.ts';

/** What came back, byte for byte. */
export type Received = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  /** The body as JSON; `undefined` when it is none. */
  readonly json: Record<string, unknown> | undefined;
  /** `error.code` of the body. */
  readonly code: unknown;
};

/** What is sent; a body that is no string and no bytes becomes JSON. */
export type Sent = {
  readonly session?: string | undefined;
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Whatever answers calls: a server in this process or in one of its own. */
export type Caller = {
  call(name: RouteName, sent?: Sent): Promise<Received>;
  send(method: string, path: string, sent?: Sent): Promise<Received>;
};

/** A running server with its log and its clock. */
export type TestServer = Caller & {
  readonly server: RunningServer;
  readonly home: string;
  readonly port: number;
  /** Lines of the log so far. */
  readonly lines: readonly string[];
  /** Milliseconds that answers were kept waiting, each. */
  readonly waits: readonly number[];
  /** Moves the server's clock, in milliseconds. */
  pass(milliseconds: number): void;
};

/** Starts a server that stops when the test ends. Most tests ask more of it, and faster, than people do; `usual` are the limits of a new site. */
export async function runServer(
  test: TestContext,
  changed: Partial<ServerOptions> = {},
  gates: 'lifted' | 'usual' = 'lifted',
): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-test-'));
  const home = changed.homePath ?? join(folder, 'home');
  const lines: string[] = [];
  const waits: number[] = [];
  let now = testNow;
  const server = await startServer({
    homePath: home,
    listen: { kind: 'loopback', host: '127.0.0.1', port: 0 },
    files: new Map(),
    log: makeLog((line) => lines.push(line)),
    clock: () => now,
    // Nobody waits in a test; how long they would have is for the test to see.
    wait: async (milliseconds) => void waits.push(milliseconds),
    limits: usualMachine.limits,
    reserve: noReserve,
    // In most tests no mail server is set; in those of mail there is a true one.
    mailTransport: smtpTransport(),
    ...changed,
  });
  if (gates === 'lifted') await server.backend.settings.change(liftedLimits);
  let stopped = false;
  const stop = server.stop.bind(server);
  const stopOnce = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    await stop();
  };
  test.after(async () => {
    await stopOnce();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    server: { ...server, stop: stopOnce },
    home,
    port: server.port,
    lines,
    waits,
    pass(milliseconds) {
      now += milliseconds;
    },
    ...callerTo(server.port),
  };
}

/** A new home with the same settings, for a server that is a process of its own. */
export async function liftedHome(test: TestContext): Promise<string> {
  const { home, server } = await runServer(test, { homePath: join(await temporaryFolder(test), 'home') });
  await server.stop();
  return home;
}

/** Calls to a server on a port of loopback. */
export function callerTo(port: number): Caller {
  return callerAt({ host: '127.0.0.1', port });
}

/** Calls to a server behind an onion service, all by one circuit, which Tor names as an address. */
export function callerBy(circuit: string, socketPath: string): Caller {
  const createConnection = (): Socket => {
    const socket = connect({ path: socketPath });
    socket.write(proxyLine(circuit));
    return socket;
  };
  return callerAt({ host: 'onion', agent: undefined, createConnection });
}

/** The line that Tor begins a connection with (haproxy's proxy-protocol.txt §2.1). */
export const proxyLine = (circuit: string): string => `PROXY TCP6 ${circuit} ::1 65535 80\r\n`;

/** The same calls by somebody who does the work (S9) that the server asks for. */
export function working(caller: Caller): Caller {
  return {
    send: caller.send,
    async call(name, sent = {}) {
      const answer = await caller.call(name, sent);
      if (answer.code !== 'WORK_NEEDED') return answer;
      const asked = await caller.call('token', { body: { purpose: routes[name].work } });
      const token = fromBase64url(String(asked.json?.['token']));
      const proof = toBase64url(workProof(token, await sodiumSolver(token)));
      return caller.call(name, { ...sent, headers: { ...sent.headers, [workHeader]: proof } });
    },
  };
}

type Where = { readonly host: string; readonly port: number } | { readonly socketPath: string } | Line;
/** Node asks for a connection of one's own only where no agent is named. */
type Line = {
  readonly host: string;
  readonly agent: undefined;
  readonly createConnection: () => Socket;
};

function callerAt(where: Where): Caller {
  const send = (method: string, path: string, sent: Sent = {}): Promise<Received> =>
    sendTo(where, method, path, sent);
  return {
    send,
    call(name, sent = {}) {
      const path = routes[name].path.replaceAll(/:(\w+)/g, (_, part: string) => String(sent.path?.[part]));
      const type = routes[name].request === 'chunk' ? 'application/octet-stream' : 'application/json';
      const typed = sent.body === undefined ? {} : { 'Content-Type': type };
      return send(routes[name].method, path + (sent.query ?? ''), {
        ...sent,
        headers: { ...typed, ...sent.headers },
      });
    },
  };
}

/** One request over a connection of its own. */
export function sendTo(where: Where, method: string, path: string, sent: Sent = {}): Promise<Received> {
  const { body, session } = sent;
  const content =
    body === undefined || typeof body === 'string' || body instanceof Uint8Array
      ? body
      : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      agent: false,
      ...where,
      method,
      path,
      headers: {
        ...(session === undefined ? {} : { 'X-Session': session }),
        ...(content === undefined ? {} : { 'Content-Length': Buffer.byteLength(content) }),
        ...sent.headers,
      },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const bytes = Buffer.concat(parts);
        const json = parse(bytes);
        const error: unknown = json?.['error'];
        const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, json, code });
      });
    });
    request.end(content);
  });
}

function parse(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
