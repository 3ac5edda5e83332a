/** The servers of the pretended Internet: web, names, an echo. Each writes down who asked. */
import { createSocket } from 'node:dgram';
import { appendFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { internet } from './network.ts';

/** One line of `peers.jsonl`. */
export type Visit = { server: 'web' | 'names' | 'names over TCP' | 'echo'; peer: string };

/** The most that `/bytes/N` sends. */
const mostBytes = 256 * 1024 * 1024;

/** Bytes of one write of a large answer. */
const pieceBytes = 64 * 1024;

/** Milliseconds between two lines of `/drip`. */
const dripEvery = 20;

/** Listens until the process ends. */
export async function serve(folder: string): Promise<never> {
  const log = join(folder, 'peers.jsonl');
  const note = (visit: Visit) => appendFileSync(log, `${JSON.stringify(visit)}\n`);
  createHttpServer((request, response) => {
    const peer = request.socket.remoteAddress ?? '';
    note({ server: 'web', peer });
    answerWeb(request.url ?? '/', peer, response);
  }).listen(80, internet.web);
  const names = createSocket('udp4', (question, peer) => {
    note({ server: 'names', peer: peer.address });
    names.send(nameAnswer(question), peer.port, peer.address);
  });
  names.bind(53, internet.names);
  createTcpServer((socket) => {
    note({ server: 'names over TCP', peer: socket.remoteAddress ?? '' });
    socket.on('error', () => {});
    socket.on('data', (framed) => {
      const answer = nameAnswer(Buffer.from(framed).subarray(2));
      socket.end(Buffer.concat([Buffer.from([answer.length >> 8, answer.length & 255]), answer]));
    });
  }).listen(53, internet.names);
  const echo = createSocket('udp4', (message, peer) => {
    note({ server: 'echo', peer: peer.address });
    echo.send(message, peer.port, peer.address);
  });
  echo.bind(9999, internet.web);
  writeFileSync(log, '');
  return new Promise<never>(() => {});
}

/** `/bytes/N`: N zeros; `/drip`: a line every 20 ms; all else: `from PEER`. */
export function answerWeb(path: string, peer: string, response: ServerResponse): void {
  response.on('error', () => {});
  const wanted = /^\/bytes\/(\d{1,9})$/.exec(path)?.[1];
  if (wanted !== undefined) {
    const total = Math.min(Number(wanted), mostBytes);
    response.writeHead(200, { 'content-length': total });
    sendZeros(response, total);
  } else if (path === '/drip') {
    const timer = setInterval(() => response.write('drip\n'), dripEvery);
    response.on('close', () => clearInterval(timer));
  } else response.end(`from ${peer}\n`);
}

function sendZeros(response: ServerResponse, left: number): void {
  let remaining = left;
  const piece = Buffer.alloc(pieceBytes);
  const more = (): void => {
    while (remaining > 0) {
      const next = Math.min(remaining, pieceBytes);
      remaining -= next;
      if (!response.write(piece.subarray(0, next))) {
        response.once('drain', more);
        return;
      }
    }
    response.end();
  };
  more();
}

/** Answers any question with the web server's address (RFC 1035, 4.1): the question again, then one A record. */
export function nameAnswer(question: Uint8Array): Buffer {
  const copy = Buffer.from(question);
  let end = 12;
  while (end < copy.length && copy[end] !== 0) end += (copy[end] ?? 0) + 1;
  const asked = copy.subarray(12, end + 5);
  const wantsAddress = copy.readUInt16BE(end + 1) === 1;
  const header = Buffer.alloc(12);
  copy.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8580, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(wantsAddress ? 1 : 0, 6);
  const record = Buffer.from([
    0xc0,
    12,
    0,
    1,
    0,
    1,
    0,
    0,
    0,
    60,
    0,
    4,
    ...internet.web.split('.').map(Number),
  ]);
  return Buffer.concat(wantsAddress ? [header, asked, record] : [header, asked]);
}
