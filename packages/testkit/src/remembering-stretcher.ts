/**
 * The true stretching, done once for each credential: for tests that sign the same person in again and again. What comes out
 * is what Argon2id gives at its full parameters; only the second time costs nothing.
 */
import type { Bytes } from '@sotto/protocol/bytes';
import type { Stretcher } from '@sotto/protocol/credential';
import { sodiumStretcher } from '@sotto/protocol/stretcher-sodium';

/** A stretcher with a memory of its own. */
export function rememberingStretcher(): Stretcher {
  const known = new Map<string, Promise<Bytes>>();
  return {
    async stretch(secret, salt, passes, onProgress) {
      const asked = [secret, salt].map((bytes) => Buffer.from(bytes).toString('hex')).join(`/${passes}/`);
      const stretched = known.get(asked) ?? sodiumStretcher.stretch(Uint8Array.from(secret), salt, passes);
      known.set(asked, stretched);
      // A copy: whoever asked may overwrite it after use.
      const copy = Uint8Array.from(await stretched);
      onProgress?.(1);
      return copy;
    },
  };
}
