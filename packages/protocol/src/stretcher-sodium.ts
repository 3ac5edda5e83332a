/** Argon2id by libsodium proper, for Node (S1, S9). */
import sodium from 'sodium-native';
import type { Stretcher } from './credential.ts';
import { stretchMemoryKiB } from './credential.ts';
import {
  chanceBy,
  difficultyOf,
  solve,
  type WorkHash,
  type WorkSolver,
  workMemoryKiB,
} from './proof-of-work.ts';
import { keyBytes } from './sizes.ts';

/** Runs on libuv's pool: the event loop stays free, and no step between start and end can be told. */
export const sodiumStretcher: Stretcher = {
  async stretch(secret, salt, passes, onProgress) {
    const out = await argon2id(secret, salt, passes, stretchMemoryKiB);
    onProgress?.(1);
    return out;
  },
};

export const sodiumWorkHash: WorkHash = (message, salt) => argon2id(message, salt, 1, workMemoryKiB);

/** One hash after the other: a terminal is in no hurry, and leaves the other cores alone. */
export const sodiumSolver: WorkSolver = (token, onProgress) => {
  const difficulty = difficultyOf(token);
  let tries = 0;
  return solve(sodiumWorkHash, token, 0n, 1n, () => {
    tries += 1;
    onProgress?.(chanceBy(tries, difficulty));
  });
};

async function argon2id(
  secret: Uint8Array,
  salt: Uint8Array,
  passes: number,
  memoryKiB: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const out = new Uint8Array(keyBytes);
  await sodium.crypto_pwhash_async(
    out,
    secret,
    salt,
    passes,
    memoryKiB * 1024,
    sodium.crypto_pwhash_ALG_ARGON2ID13,
  );
  return out;
}
