/**
 * The door through which packages come: an HTTP proxy for apt, in a network namespace that has nothing but loopback. It passes
 * requests to the hosts of the sources, and to nothing else, through Tor; and it says which lists it saw, with their dates.
 */
import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { listDates } from './lists.ts';
import { connectThroughTor } from './socks.ts';

/** What the door writes to its standard output, a JSON line each. */
export type DoorLine =
  | { kind: 'open'; port: number }
  | { kind: 'list'; url: string; date: string | undefined; validUntil: string | undefined };

/** A list of a source, signed: Debian's largest has 200 KiB. Beyond this it is passed on unread. */
const largestList = 4 * 1024 * 1024;

/** What a proxy keeps to itself (RFC 9110, 7.6.1). */
const ownHeaders = ['connection', 'proxy-connection', 'keep-alive', 'proxy-authorization', 'te', 'upgrade'];

/**
 * Opens the door on loopback, and keeps it open until standard input ends: when the verb that started us dies, we do.
 *
 * @param allowed `host:port` of each source.
 */
export async function openDoor(
  socketPath: string,
  isolation: string,
  allowed: ReadonlySet<string>,
  say: (line: DoorLine) => void,
): Promise<void> {
  const agent = throughTor(socketPath, isolation);
  const server = createServer((asked, answer) => pass(asked, answer, agent, allowed, say));
  server.on('connect', (_, socket: Duplex) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  say({ kind: 'open', port: address.port });
  await new Promise<void>((resolve) => process.stdin.on('end', resolve).on('error', resolve).resume());
  agent.destroy();
  server.closeAllConnections();
  server.close();
}

function throughTor(socketPath: string, isolation: string): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  // Node's own hook for another kind of connection: it may answer later, through the callback.
  agent.createConnection = ({ host, port }, connected) => {
    connectThroughTor(socketPath, isolation, host ?? '', Number(port)).then(
      (socket) => connected?.(null, socket),
      // why: the callback's type wants a stream even beside an error.
      (cause: Error) => connected?.(cause, undefined as never),
    );
    return undefined;
  };
  return agent;
}

function pass(
  asked: IncomingMessage,
  answer: ServerResponse,
  agent: Agent,
  allowed: ReadonlySet<string>,
  say: (line: DoorLine) => void,
): void {
  const url = URL.canParse(asked.url ?? '') ? new URL(asked.url ?? '') : undefined;
  const port = url?.port === '' ? '80' : url?.port;
  const reading = asked.method === 'GET' || asked.method === 'HEAD';
  if (url?.protocol !== 'http:' || !reading || !allowed.has(`${url.hostname}:${port}`)) {
    answer.writeHead(403, 'Not a source of packages').end();
    return;
  }
  const passed = request(
    {
      agent,
      host: url.hostname,
      port,
      path: `${url.pathname}${url.search}`,
      method: asked.method,
      headers: passedOn(asked.headers),
    },
    (received) => {
      // The status alone: the words beside it would come out in apt's messages, which we read.
      answer.writeHead(received.statusCode ?? 502, passedOn(received.headers));
      received.pipe(answer);
      // A connection that breaks in the middle breaks towards apt too: half a file must not look like a whole one.
      received.on('error', () => answer.destroy());
      if (received.statusCode === 200 && /\/(?:In)?Release$/.test(url.pathname))
        noteList(received, url.href, say);
    },
  );
  passed.on('error', () => {
    if (answer.headersSent) answer.destroy();
    else answer.writeHead(502, 'Tor does not reach the server').end();
  });
  answer.on('close', () => passed.destroy());
  passed.end();
}

function passedOn(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ownHeaders.includes(name)));
}

function noteList(received: IncomingMessage, url: string, say: (line: DoorLine) => void): void {
  const pieces: Buffer[] = [];
  let bytes = 0;
  received.on('data', (piece: Buffer) => {
    bytes += piece.length;
    if (bytes <= largestList) pieces.push(piece);
  });
  received.on('end', () => say({ kind: 'list', url, ...listDates(Buffer.concat(pieces).toString('utf8')) }));
}
