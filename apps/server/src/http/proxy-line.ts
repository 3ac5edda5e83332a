/**
 * The line that tells one client from another where all come from one socket: the PROXY protocol, version 1 (haproxy's proxy-protocol.txt
 * §2.1). Tor writes the circuit into it as an address (`HiddenServiceExportCircuitID haproxy`).
 */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Bytes of the longest line, with its end. */
const longest = 107;
/** Milliseconds until it must be there. */
const patience = 20_000;
const form = /^PROXY TCP[46] ([0-9a-fA-F:.]{2,45}) [0-9a-fA-F:.]{2,45} \d{1,5} \d{1,5}$/;

const addresses = new WeakMap<Socket, string>();

/** Where a connection comes from, as its line says; null where there is none. It is hashed at once and kept no longer than the connection. */
export function clientAddress(socket: Socket): string | null {
  return addresses.get(socket) ?? null;
}

/**
 * From now on the server reads each connection's line before anything else of it; one without a right line is cut. Its own listener for
 * connections is kept behind this one, so that its bounds of time hold as before.
 */
export function expectProxyLine(server: Server): void {
  const behind = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    const cut = setTimeout(() => socket.destroy(), patience);
    const drop = () => socket.destroy();
    socket.on('error', drop);
    socket.once('close', () => clearTimeout(cut));
    let read = Buffer.alloc(0);
    const onReadable = (): void => {
      const part: unknown = socket.read();
      if (!(part instanceof Buffer)) return;
      read = Buffer.concat([read, part]);
      const end = read.indexOf('\r\n');
      if (end === -1 && read.length < longest) return;
      socket.off('readable', onReadable);
      socket.off('error', drop);
      clearTimeout(cut);
      const address = end === -1 ? undefined : form.exec(read.toString('latin1', 0, end))?.[1];
      if (address === undefined) {
        socket.destroy();
        return;
      }
      addresses.set(socket, address);
      const rest = read.subarray(end + 2);
      if (rest.length > 0) socket.unshift(rest);
      for (const listener of behind) listener.call(server, socket);
    };
    socket.on('readable', onReadable);
  });
}
