// node rates.mjs SOCKS-PORT ROUNDS REQUESTS BYTES ONION PORT PORT: asks the two servers behind one onion in turns, through SOCKS5, and
// prints a JSON line a round: milliseconds a request and milliseconds of one transfer, for each. A round has a circuit of its own, which
// both servers share: Tor makes one for a new name and password (RFC 1929). Whoever was first in one turn is second in the next.
import net from 'node:net';

const [socksPort, rounds, requests, bytes, host, ...ports] = process.argv.slice(2);

function ask(port, path, round) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(socksPort), '127.0.0.1');
    const word = Buffer.from(`round${round}`);
    const name = Buffer.from(host);
    let step = 'greeting';
    let length = 0;
    socket.setTimeout(60_000, () => socket.destroy(new Error('no answer in a minute')));
    socket.on('error', reject);
    socket.on('connect', () => socket.write(Buffer.from([5, 1, 2])));
    socket.on('data', (piece) => {
      if (step === 'greeting') {
        step = 'password';
        socket.write(Buffer.concat([Buffer.from([1, word.length]), word, Buffer.from([word.length]), word]));
      } else if (step === 'password') {
        step = 'connecting';
        const wanted = [Buffer.from([5, 1, 0, 3, name.length]), name, Buffer.from([port >> 8, port & 255])];
        socket.write(Buffer.concat(wanted));
      } else if (step === 'connecting') {
        if (piece[1] !== 0) return socket.destroy(new Error(`SOCKS says ${piece[1]}`));
        step = 'body';
        socket.write(`GET ${path} HTTP/1.0\r\nHost: ${host}\r\n\r\n`);
      } else length += piece.length;
    });
    socket.on('end', () => {
      socket.destroy();
      if (step === 'body') resolve(length);
      else reject(new Error(`ended while ${step}`));
    });
  });
}

/** A circuit to an onion may fail while it is made: that says nothing about the server. */
async function first(port, round) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask(port, '/', round);
    } catch (error) {
      if (tries === 20) throw error;
    }
  }
}

async function milliseconds(which, path, round, least) {
  const began = performance.now();
  if ((await ask(ports[which], path, round)) < least) throw new Error('cut off');
  return performance.now() - began;
}

for (let round = 0; round < Number(rounds); round += 1) {
  const seen = ports.map(() => ({ request: 0, transfer: 0 }));
  const turn = (count) => ((round + count) % 2 === 0 ? [0, 1] : [1, 0]);
  for (const port of ports) await first(port, round);
  for (let count = 0; count < Number(requests); count += 1)
    for (const which of turn(count))
      seen[which].request += (await milliseconds(which, '/', round, 1)) / Number(requests);
  for (const which of turn(0))
    seen[which].transfer = await milliseconds(which, `/bytes/${bytes}`, round, Number(bytes));
  process.stdout.write(`${JSON.stringify(seen)}\n`);
}
