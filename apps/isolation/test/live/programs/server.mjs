// node server.mjs SOCKET|ADDRESS:PORT…: the server of the tests, as the platform's: it listens where it is told.
import { createServer } from 'node:http';
import { hostname } from 'node:os';

const answer = (request, response) => {
  const bytes = /^\/bytes\/(\d{1,9})$/.exec(request.url ?? '')?.[1];
  if (bytes !== undefined) response.end(Buffer.alloc(Number(bytes)));
  else response.end(`server on ${hostname()}, peer ${request.socket.remoteAddress ?? 'none'}\n`);
};
for (const place of process.argv.slice(2)) {
  const [address, port] = place.split(':');
  if (port === undefined) createServer(answer).listen(place);
  else createServer(answer).listen(Number(port), address);
}
