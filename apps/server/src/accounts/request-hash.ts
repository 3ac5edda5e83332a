/** The hash by which a repeated request is known: every write can be repeated and is answered as the first time. */
import { type Bytes, utf8 } from '@sotto/protocol/bytes';
import { sha256 } from '@sotto/protocol/server/credential';

/** SHA-256 of a checked request. The schema has put its fields in order. */
export function requestHash(request: unknown): Bytes {
  return sha256(utf8(JSON.stringify(request)));
}
