/** What a connection over loopback has under way: bytes written by one program that the other has not read yet. Linux. */
import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/** Milliseconds: a program that has not read for so long will not read. */
const readTimeout = 20_000;

/** Waits until the program at the other end has read all that was written to the socket. @throws Error after 20 seconds. */
export async function untilRead(socket: Socket): Promise<void> {
  const deadline = Date.now() + readTimeout;
  while (Date.now() < deadline) {
    if (socket.writableLength === 0 && (await underWay(socket)) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('the other end of a connection does not read');
}

/** Bytes in the queue towards the other end, and in the other end's own (proc(5), /proc/net/tcp). */
async function underWay({ localPort = 0, remotePort = 0 }: Socket): Promise<number> {
  let bytes = 0;
  for (const line of (await readFile('/proc/net/tcp', 'utf8')).split('\n').slice(1)) {
    const [, local = '', remote = '', , queues = ''] = line.trim().split(/\s+/);
    const [sending = '', received = ''] = queues.split(':');
    if (portOf(local) === localPort && portOf(remote) === remotePort) bytes += Number.parseInt(sending, 16);
    if (portOf(local) === remotePort && portOf(remote) === localPort) bytes += Number.parseInt(received, 16);
  }
  return bytes;
}

const portOf = (address: string): number => Number.parseInt(address.split(':')[1] ?? '', 16);
