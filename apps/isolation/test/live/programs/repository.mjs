/**
 * A server of packages: `repository.mjs FOLDER LOG [SOCKET]`, on port 8000 of the private Internet, or on a socket. A file under FOLDER/once is served one time in place of its namesake, as
 * somebody in the middle of one path would. Each request's peer is written down.
 */
import { appendFileSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const [, , folder, log, socket] = process.argv;
createServer((request, response) => {
  const path = new URL(request.url, 'http://x').pathname.replaceAll('..', '');
  appendFileSync(log, `${request.socket.remoteAddress} ${path}\n`);
  const once = join(folder, 'once', path);
  const spent = join(folder, 'spent');
  if (existsSync(once)) renameSync(once, spent);
  const file = existsSync(spent) ? spent : join(folder, path);
  if (!existsSync(file)) response.writeHead(404).end();
  else response.end(readFileSync(file));
  if (existsSync(spent)) renameSync(spent, `${spent}.gone`);
}).listen(
  socket === undefined ? { port: 8000, host: '198.18.1.80' } : { path: socket, writableAll: true },
  () => process.stdout.write('listening\n'),
);
