/** An HTTP proxy in front of a server, which cuts connections and changes answers on purpose: a bad line, or a liar between. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** What happens to a request: it passes, its connection is cut, or the body of its answer becomes another. */
export type Meddling = 'pass' | 'cut' | ((body: Buffer) => Buffer);
/** Asked for each request; `path` with its query. */
export type Meddle = (method: string, path: string) => Meddling;

export type MeddlingProxy = {
  /** Scheme, host and port, to be used in place of the server's. */
  readonly origin: string;
  /** Another way to meddle, from now on. */
  meddle(how: Meddle): void;
  close(): Promise<void>;
};

/** Starts one on loopback, on a port the system chooses, before the server at `origin`; at first it passes everything. */
export async function startMeddlingProxy(origin: string): Promise<MeddlingProxy> {
  let meddle: Meddle = () => 'pass';
  const proxy = createServer((near, answer) => {
    const how = meddle(near.method ?? '', near.url ?? '');
    if (how === 'cut') near.destroy();
    else passOn(origin, near, answer, how);
  });
  proxy.listen({ host: '127.0.0.1', port: 0 });
  await once(proxy, 'listening');
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    meddle(how) {
      meddle = how;
    },
    async close() {
      proxy.close();
      proxy.closeAllConnections();
      await once(proxy, 'close');
    },
  };
}

function passOn(
  origin: string,
  near: IncomingMessage,
  answer: ServerResponse,
  how: Exclude<Meddling, 'cut'>,
): void {
  const far = request(origin + (near.url ?? ''), { method: near.method, headers: near.headers });
  const broken = () => near.destroy();
  far.on('error', broken);
  near.on('error', broken);
  far.on('response', async (response) => {
    try {
      const pieces: Buffer[] = [];
      for await (const piece of response) pieces.push(piece);
      const body = how === 'pass' ? Buffer.concat(pieces) : how(Buffer.concat(pieces));
      const { 'transfer-encoding': _, ...headers } = response.headers;
      answer.writeHead(response.statusCode ?? 502, { ...headers, 'content-length': body.length });
      answer.end(body);
    } catch {
      broken();
    }
  });
  near.pipe(far);
}
