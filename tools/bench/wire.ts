/** One client as a load has many: a socket that is kept, one request at a time, and as little work of its own as can be. */
import { connect } from 'node:net';

/** A connection to one server. */
export type Wire = Disposable & {
  /** @throws Error naming route and status for anything but 200, or that the connection was lost. */
  send(method: string, path: string, body: string | null, session?: string): Promise<string>;
};

const endOfHead = '\r\n\r\n';

/** Connects at once. Both servers of the bench say how long an answer is (`Content-Length`). */
export function openWire(origin: string): Wire {
  const { host, hostname, port } = new URL(origin);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let received = '';
  let told: (answer: { status: string; body: string } | null) => void = () => {};
  // The answers are ASCII, so that a character is a byte: base64url, ids, and numbers.
  socket.setEncoding('latin1').on('data', (part: string) => {
    received += part;
    const head = received.indexOf(endOfHead);
    if (head < 0) return;
    const body = head + endOfHead.length;
    const length = Number(/\ncontent-length: (\d+)/i.exec(received.slice(0, head))?.[1]);
    if (received.length < body + length) return;
    const answer = { status: received.slice(9, 12), body: received.slice(body) };
    received = '';
    told(answer);
  });
  socket.on('error', () => told(null));
  socket.on('close', () => told(null));
  return {
    async send(method, path, body, session) {
      const answered = new Promise<{ status: string; body: string } | null>((resolve) => {
        told = resolve;
      });
      const type = body === null ? '' : 'Content-Type: application/json\r\n';
      const own = session === undefined ? '' : `X-Session: ${session}\r\n`;
      const length = body === null ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
      socket.write(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${own}${type}${length}\r\n${body ?? ''}`);
      const answer = await answered;
      if (answer?.status !== '200') throw new Error(`${path} ${answer?.status ?? 'lost its connection'}`);
      return answer.body;
    },
    [Symbol.dispose]: () => socket.destroy(),
  };
}
