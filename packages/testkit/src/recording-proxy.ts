/** A plain-TCP proxy in front of a server, which keeps all that goes through: the wire as the server sees it. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { untilRead } from './socket-queues.ts';

export type RecordingProxy = {
  /** Scheme, host and port, to be used in place of the server's. */
  readonly origin: string;
  /** All bytes so far, connection by connection, each direction in one piece. */
  recorded(): Buffer;
  /** How many bytes went through. */
  length(): number;
  close(): Promise<void>;
};

/**
 * Awaited after a piece has gone towards the server and before the next is taken: a request can be looked at half-way.
 * `arrived` waits until the server has read it.
 */
export type OnPassed = (piece: Buffer, arrived: () => Promise<void>) => Promise<void> | void;

/** Starts a proxy on loopback, on a port the system chooses, before the server at `origin`. */
export async function startRecordingProxy(origin: string, onPassed?: OnPassed): Promise<RecordingProxy> {
  const { hostname, port } = new URL(origin);
  const recordings: Buffer[][] = [];
  const open = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = connect({ host: hostname, port: Number(port) });
    const towards: Buffer[] = [];
    const back: Buffer[] = [];
    recordings.push(towards, back);
    void passOn(near, far, towards, onPassed);
    void passOn(far, near, back);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
    }
  });
  proxy.listen({ host: '127.0.0.1', port: 0 });
  await once(proxy, 'listening');
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    recorded: () => Buffer.concat(recordings.flat()),
    length: () => recordings.flat().reduce((sum, piece) => sum + piece.length, 0),
    async close() {
      proxy.close();
      for (const socket of open) socket.destroy();
      await once(proxy, 'close');
    },
  };
}

async function passOn(from: Socket, to: Socket, kept: Buffer[], onPassed?: OnPassed): Promise<void> {
  try {
    for await (const piece of from) {
      kept.push(piece);
      if (!to.write(piece)) await once(to, 'drain');
      await onPassed?.(piece, () => untilRead(to));
    }
    to.end();
  } catch {
    // One end is gone: so is the other.
    to.destroy();
  }
}
