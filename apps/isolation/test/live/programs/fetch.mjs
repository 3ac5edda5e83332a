// node fetch.mjs SOCKS-HOST SOCKS-PORT HOST PORT PATH: one HTTP request through SOCKS5; prints the body, or for
// /bytes/N its length and the milliseconds from the request to the last byte. Plain JavaScript: it runs alone.
import net from 'node:net';

const [socksHost, socksPort, host, port, path] = process.argv.slice(2);
const socket = net.connect(Number(socksPort), socksHost);
const name = Buffer.from(host);
let step = 'greeting';
let body = Buffer.alloc(0);
let started = 0;
let length = 0;
socket.setTimeout(30_000, () => process.exit(5));
socket.on('error', () => process.exit(6));
socket.on('connect', () => socket.write(Buffer.from([5, 1, 0])));
socket.on('data', (piece) => {
  if (step === 'greeting') {
    step = 'connecting';
    const request = [Buffer.from([5, 1, 0, 3, name.length]), name, Buffer.from([port >> 8, port & 255])];
    socket.write(Buffer.concat(request));
  } else if (step === 'connecting') {
    if (piece[1] !== 0) process.exit(7);
    step = 'body';
    started = performance.now();
    socket.write(`GET ${path} HTTP/1.0\r\nHost: ${host}\r\n\r\n`);
  } else {
    length += piece.length;
    if (!path.startsWith('/bytes/')) body = Buffer.concat([body, piece]);
  }
});
socket.on('end', () => {
  if (path.startsWith('/bytes/'))
    process.stdout.write(`${length} ${Math.round(performance.now() - started)}\n`);
  else process.stdout.write(body.toString().split('\r\n\r\n')[1] ?? '');
  process.exitCode = 0;
  socket.destroy();
});
