/** Reads the body of a request, never more than it may be: what is too large is refused before it is read. */
import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

/** All bodies that are being read at once, in bytes: some hundred chunks. Beyond it the next waits outside. */
const inFlightMax = 256 * 1024 * 1024;
let inFlight = 0;

/**
 * Refuses by the headers alone.
 *
 * @throws Refusal `TOO_LARGE` for a longer Content-Length, `MALFORMED` for a body where there must be none.
 */
export function checkDeclaredLength(request: IncomingMessage, limit: number): void {
  const declared = request.headers['content-length'];
  const chunked = request.headers['transfer-encoding'] !== undefined;
  if (limit === 0 && (chunked || (declared !== undefined && declared !== '0')))
    throw new Refusal('MALFORMED');
  if (declared !== undefined && Number(declared) > limit) throw new Refusal('TOO_LARGE');
}

/**
 * Reads a body of at most `limit` bytes whole into memory. A body without a declared length is counted.
 *
 * @throws Refusal `TOO_LARGE`, `BUSY` when too much is being read at once, `MALFORMED` when it ends early.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  checkDeclaredLength(request, limit);
  const expected = Number(request.headers['content-length'] ?? limit);
  if (inFlight + expected > inFlightMax) throw new Refusal('BUSY');
  inFlight += expected;
  try {
    return await collect(request, limit);
  } finally {
    inFlight -= expected;
  }
}

function collect(request: IncomingMessage, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    const onData = (part: Buffer): void => {
      length += part.length;
      if (length > limit) {
        request.off('data', onData);
        reject(new Refusal('TOO_LARGE'));
        return;
      }
      parts.push(part);
    };
    request.on('data', onData);
    request.on('end', () => resolve(new Uint8Array(Buffer.concat(parts, length))));
    // The client is gone or the connection broke: nothing was complete, so nothing is kept.
    request.on('error', () => reject(new Refusal('MALFORMED')));
    request.on('close', () => reject(new Refusal('MALFORMED')));
  });
}
