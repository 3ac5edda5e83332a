/** The HTTP server: bare node:http (docs/decisions/0023), bounded in time and size, for the API and the client's files. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Answer, errorAnswer, send } from './answer.ts';
import { type ApiParts, answerApi } from './api.ts';
import type { Connection } from './calls.ts';
import type { ListenAddress } from './listening.ts';
import { type PolicyReports, policyReportPath } from './policy-reports.ts';
import { expectProxyLine } from './proxy-line.ts';
import { type StaticFiles, staticAnswer } from './static-files.ts';

/** Milliseconds until the headers must be there; until the whole request: a chunk over a very slow line. */
const headersTimeout = 20_000;
const requestTimeout = 300_000;
/** No route needs more: a session id is 43 characters. */
const maxHeaderSize = 8 * 1024;
const maxConnections = 2000;
/** How long a client whose body was refused may still send before the connection is cut. */
const lingerTime = 2000;

/** What the server answers with. */
export type ServeParts = ApiParts & {
  readonly files: StaticFiles;
  readonly policyReports: PolicyReports;
  readonly connection: Connection;
};

/** Makes the server; it does not listen yet. */
export function makeServer(parts: ServeParts): Server {
  const server = createServer({ headersTimeout, requestTimeout, maxHeaderSize, keepAliveTimeout: 5000 });
  server.maxConnections = maxConnections;
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    void answer(parts, request).then((given) => {
      if (!request.complete) refuseRest(request, response);
      send(response, given);
    });
  };
  server.on('request', onRequest);
  // A client that asks first is told to go on only by a request that will be read.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    request.once('newListener', (event) => {
      if (event === 'data') response.writeContinue();
    });
    onRequest(request, response);
  });
  server.on('clientError', (_, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    else socket.destroy();
  });
  return server;
}

/** Begins to listen and resolves with the port, 0 for a unix socket. */
export function listen(server: Server, address: ListenAddress): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => {
      server.off('error', reject);
      const bound = server.address();
      resolve(typeof bound === 'object' && bound !== null ? bound.port : 0);
    });
    if (address.kind === 'unix-socket' && address.proxyLine) expectProxyLine(server);
    if (address.kind === 'unix-socket') server.listen({ path: address.path });
    else server.listen({ host: address.host, port: address.port });
  });
}

async function answer(parts: ServeParts, request: IncomingMessage): Promise<Answer> {
  const address = URL.parse(request.url ?? '', 'http://localhost');
  if (address === null || !(request.url ?? '').startsWith('/')) return errorAnswer('NOT_FOUND');
  if (address.pathname === policyReportPath) return parts.policyReports(request);
  if (address.pathname.startsWith('/api/')) return answerApi(parts, request, address, parts.connection);
  const file = parts.files.get(address.pathname);
  if (file === undefined) return errorAnswer('NOT_FOUND');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return errorAnswer('WRONG_METHOD', [['Allow', 'GET, HEAD']]);
  }
  return staticAnswer(file, request.headers['accept-encoding']);
}

/** The body was not wanted: what still comes is dropped unread, so that the client gets the answer, then it is cut. */
function refuseRest(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Connection', 'close');
  request.resume();
  const cut = setTimeout(() => request.socket.destroy(), lingerTime);
  cut.unref();
  request.once('close', () => clearTimeout(cut));
}
