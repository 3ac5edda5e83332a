/** A few questions to the Gateway's Tor over its control socket (control-spec of the Tor project, sections 3 and 4). */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/** How long Tor may take for one answer, in milliseconds. */
const answerWithin = 5000;

/**
 * Asks Tor: authenticates with the cookie, sends the commands in order and returns each one's lines.
 *
 * @throws Error when the socket, the cookie or an answer is not there; the caller decides whether that is a failure.
 */
export async function askTor(
  socketPath: string,
  cookiePath: string,
  commands: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const cookie = readFileSync(cookiePath).toString('hex');
  const socket = connect(socketPath);
  socket.setTimeout(answerWithin, () => socket.destroy(new Error('tor does not answer')));
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  // The iterator ends quietly when the socket breaks; the loop below then reports it.
  socket.on('error', () => {});
  try {
    const answers: string[][] = [];
    for (const command of [`AUTHENTICATE ${cookie}`, ...commands]) {
      socket.write(`${command}\r\n`);
      answers.push(await answer(lines));
    }
    return answers.slice(1);
  } finally {
    socket.destroy();
  }
}

/** `250-key=value`, `250+key=` with lines up to `.`, and a last `250 OK`. */
async function answer(lines: AsyncIterator<string>): Promise<string[]> {
  const collected: string[] = [];
  let inBlock = false;
  for (;;) {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('tor closed its control socket');
    if (inBlock) {
      if (value === '.') inBlock = false;
      else collected.push(value);
      continue;
    }
    if (!value.startsWith('250')) throw new Error('tor refused a control command');
    if (value[3] === ' ') return collected;
    if (value[3] === '+') inBlock = true;
    else collected.push(value.slice(4));
  }
}

/** How far Tor's start has got, in percent. */
export async function bootstrapPercent(socketPath: string, cookiePath: string): Promise<number> {
  const [lines] = await askTor(socketPath, cookiePath, ['GETINFO status/bootstrap-phase']);
  return Number(/PROGRESS=(\d+)/.exec(lines?.[0] ?? '')?.[1] ?? 0);
}

/** The IPv4 addresses of every relay in the consensus: where a Gateway's packets may go. */
export async function relayAddresses(socketPath: string, cookiePath: string): Promise<ReadonlySet<string>> {
  const [lines] = await askTor(socketPath, cookiePath, ['GETINFO ns/all']);
  // `r nickname identity digest date time IP ORPort DirPort` (dir-spec, 3.4.1).
  const routers = (lines ?? [])
    .filter((line) => line.startsWith('r '))
    .map((line) => line.split(' ')[6] ?? '');
  return new Set(routers.filter(Boolean));
}
