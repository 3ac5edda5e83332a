// node drip.mjs SOCKS-HOST SOCKS-PORT HOST: a download that never ends by itself; prints the time of every piece, in
// milliseconds since 1970, and last the time at which it was cut.
import net from 'node:net';

const [socksHost, socksPort, host] = process.argv.slice(2);
const socket = net.connect(Number(socksPort), socksHost);
const name = Buffer.from(host);
let step = 0;
const now = () => process.stdout.write(`${Date.now()}\n`);
socket.on('connect', () => socket.write(Buffer.from([5, 1, 0])));
socket.on('error', () => {});
socket.on('close', now);
socket.on('data', () => {
  step += 1;
  if (step === 1)
    socket.write(Buffer.concat([Buffer.from([5, 1, 0, 3, name.length]), name, Buffer.from([0, 80])]));
  else if (step === 2) socket.write(`GET /drip HTTP/1.0\r\nHost: ${host}\r\n\r\n`);
  else now();
});
