/** A connection through Tor's socket: SOCKS5 (RFC 1928) with a name and password (RFC 1929), which Tor takes as "keep apart". */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** How long Tor may take to reach a server, in milliseconds: a circuit may have to be built first. */
const answerWithin = 60_000;

const version = 5;
const byPassword = 2;
const domainName = 3;

/**
 * Connects to a server; its name is looked up by the exit, never here.
 *
 * @param isolation streams with different words never share a circuit.
 * @throws Error saying which step failed; never the name of the server.
 */
export async function connectThroughTor(
  socketPath: string,
  isolation: string,
  host: string,
  port: number,
): Promise<Socket> {
  const socket = connect(socketPath);
  socket.setTimeout(answerWithin, () => socket.destroy(new Error('Tor does not answer')));
  try {
    await once(socket, 'connect');
    socket.write(Uint8Array.of(version, 1, byPassword));
    if ((await exactly(socket, 2))[1] !== byPassword) throw new Error('Tor takes no name');
    const word = Buffer.from(isolation);
    socket.write(Buffer.concat([Buffer.of(1, word.length), word, Buffer.of(1, 0x30)]));
    if ((await exactly(socket, 2))[1] !== 0) throw new Error('Tor refuses the name');
    const name = Buffer.from(host);
    socket.write(
      Buffer.concat([
        Buffer.of(version, 1, 0, domainName, name.length),
        name,
        Buffer.of(port >> 8, port & 255),
      ]),
    );
    const [, status = 1, , kind] = await exactly(socket, 4);
    if (status !== 0) throw new Error(`Tor cannot reach the server (SOCKS reply ${status})`);
    // The bound address is of no interest: 4 or 16 bytes, or a name behind its length; then a port.
    const bytes = kind === 1 ? 4 : kind === 4 ? 16 : ((await exactly(socket, 1))[0] ?? 0);
    await exactly(socket, bytes + 2);
    socket.setTimeout(0);
    return socket;
  } catch (cause) {
    socket.destroy();
    throw cause;
  }
}

/** Exactly so many bytes; what comes behind them stays in the socket. */
async function exactly(socket: Socket, bytes: number): Promise<Buffer> {
  for (;;) {
    // why: without an encoding a socket reads Buffers.
    const read = socket.read(bytes) as Buffer | null;
    if (read !== null && read.length === bytes) return read;
    if (socket.destroyed || socket.readableEnded || read !== null)
      throw new Error('Tor closed the connection');
    await Promise.race([once(socket, 'readable'), once(socket, 'end'), once(socket, 'close')]);
  }
}
