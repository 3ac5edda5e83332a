/**
 * The peer of the measures, as a program of its own: bare node:http and the file system, doing the same reading, parsing,
 * writing and syncing as Sotto's server, and nothing that makes Sotto Sotto. `node tools/bench/bare-server.ts FOLDER`
 *
 * `POST /keep?syncs=n` parses JSON, appends it to one file and syncs n times. `PUT /chunk/i` writes a chunk as S7 has it: body,
 * sync, first byte, sync. `GET /chunk/i` reads one.
 */
import { open } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { sealedChunkBytes } from '@sotto/protocol/sizes';

const folder = process.argv[2] ?? '.';
const log = await open(join(folder, 'log'), 'a');
const chunks = await open(join(folder, 'chunks'), 'w+');

const server = createServer(async (request, response) => {
  const address = new URL(request.url ?? '/', 'http://localhost');
  const index = Number(address.pathname.split('/')[2] ?? 0);
  if (request.method === 'POST') {
    const body = await bodyOf(request);
    JSON.parse(body.toString('utf8'));
    const syncs = Number(address.searchParams.get('syncs'));
    if (syncs > 0) await log.write(body);
    for (let sync = 0; sync < syncs; sync += 1) await log.datasync();
    response.setHeader('Content-Type', 'application/json');
    response.end('{}');
  } else if (request.method === 'PUT') {
    const chunk = await bodyOf(request);
    await chunks.write(chunk, 1, chunk.length - 1, index * sealedChunkBytes + 1);
    await chunks.datasync();
    await chunks.write(chunk, 0, 1, index * sealedChunkBytes);
    await chunks.datasync();
    response.end();
  } else {
    const length = Number(address.searchParams.get('length'));
    const chunk = Buffer.alloc(length);
    await chunks.read(chunk, 0, length, index * sealedChunkBytes);
    response.end(chunk);
  }
});

server.listen(0, '127.0.0.1', () => {
  const bound = server.address();
  if (typeof bound === 'object' && bound !== null) process.stdout.write(`http://127.0.0.1:${bound.port}\n`);
});
process.on('SIGTERM', () => process.exit(0));

function bodyOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', reject);
  });
}
