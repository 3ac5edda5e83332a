/** A line in front of a server: passes everything, counts it, and can be slow for all that pass together, workers too. */
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** How slow: milliseconds to the first byte of an answer, bytes a second for all answers together. */
export type Line = { readonly latency: number; readonly bytesPerSecond: number };
/** An answer that went over the line, with its size as it was sent, head and body, and when it began, in milliseconds of the epoch. */
export type Passed = { readonly path: string; readonly bytes: number; readonly began: number };
/** An open line. Use with `await using`. */
export type OpenLine = AsyncDisposable & {
  readonly origin: string;
  /** What went over it until now, in the order of the questions. */
  passed(): readonly Passed[];
};

/** What is sent at once on a slow line, in bytes: an Ethernet frame's worth. */
const piece = 1460;

/** Opens a line to `origin` on a port of its own. */
export async function openLine(origin: string, line: Line): Promise<OpenLine> {
  const passed: Passed[] = [];
  /** When the line is free again, in the milliseconds of `performance.now`. */
  let free = 0;

  async function carry(bytes: number): Promise<void> {
    const now = performance.now();
    free = Math.max(free, now) + (bytes / line.bytesPerSecond) * 1000;
    if (free > now) await delay(free - now);
  }

  async function pass(question: IncomingMessage, answer: ServerResponse): Promise<void> {
    const asked = performance.now();
    const { head, response, body } = await fetchFrom(origin, question);
    await delay(Math.max(0, asked + line.latency - performance.now()));
    const { pathname } = new URL(question.url ?? '/', origin);
    passed.push({
      path: pathname,
      bytes: head + body.length,
      began: performance.timeOrigin + performance.now(),
    });
    answer.writeHead(
      response.statusCode ?? 502,
      response.rawHeaders.filter((_, at) => !isHop(response.rawHeaders, at)),
    );
    for (let at = 0; at < body.length; at += piece) {
      const part = body.subarray(at, at + piece);
      await carry(part.length);
      answer.write(part);
    }
    answer.end();
  }

  const server = createServer((question, answer) => {
    pass(question, answer).catch(() => answer.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    passed: () => [...passed],
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function fetchFrom(
  origin: string,
  question: IncomingMessage,
): Promise<{ head: number; response: IncomingMessage; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const { host: _, ...headers } = question.headers;
    const sent = ask(`${origin}${question.url}`, { method: question.method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ head: headLength(response), response, body: Buffer.concat(parts) }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    question.pipe(sent);
  });
}

/** Bytes of the status line and headers: `name: value`, a line each, and an empty one. */
function headLength({ rawHeaders, statusMessage = '' }: IncomingMessage): number {
  const names = rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
  return 'HTTP/1.1 200 \r\n'.length + statusMessage.length + names + 2;
}

/** Connection and Keep-Alive are of one connection alone; this line has its own. */
function isHop(rawHeaders: readonly string[], at: number): boolean {
  const name = rawHeaders[at - (at % 2)]?.toLowerCase();
  return name === 'connection' || name === 'keep-alive';
}
