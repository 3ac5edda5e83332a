/**
 * Proof of work (S9), the server's half: it makes tokens it need not store, and checks them before it hashes. Whether a
 * token was used is for the caller to know, and to mark between {@link isLiveToken} and {@link provesWork}.
 */
import { argon2, createHmac, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { type Bytes, concat, readUint32, uint32 } from '../bytes.ts';
import { ProtocolError } from '../errors.ts';
import { holds, type WorkHash, workMemoryKiB } from '../proof-of-work.ts';
import { keyBytes, tokenBytes, tokenMacBytes, tokenRandomBytes, workDifficulty } from '../sizes.ts';
import { equalSecrets } from './credential.ts';

/** Seconds a token lives. */
export const tokenLifetime = 60;

/**
 * Random (11) ‖ difficulty (1) ‖ expiry (4) ‖ first 16 bytes of HMAC-SHA-256(key, those 16).
 *
 * @param random other than the system's for vectors alone.
 * @throws ProtocolError `TOO_LARGE` for a difficulty that agents refuse.
 */
export function makeToken(
  key: Uint8Array,
  difficulty: number,
  nowSeconds: number,
  random: (length: number) => Uint8Array = randomBytes,
): Bytes {
  if (!Number.isInteger(difficulty) || difficulty < 0 || difficulty > workDifficulty.most)
    throw new ProtocolError('TOO_LARGE');
  const signed = concat(
    random(tokenRandomBytes),
    Uint8Array.of(difficulty),
    uint32(nowSeconds + tokenLifetime),
  );
  return concat(signed, mac(key, signed));
}

/** Whether this server made the token and it has not expired; one from the future is of a clock that was set back. */
export function isLiveToken(key: Uint8Array, token: Uint8Array, nowSeconds: number): boolean {
  if (token.length !== tokenBytes) return false;
  const signed = token.subarray(0, tokenBytes - tokenMacBytes);
  const left = readUint32(signed, tokenRandomBytes + 1) - nowSeconds;
  return (
    equalSecrets(token.subarray(tokenBytes - tokenMacBytes), mac(key, signed)) &&
    left > 0 &&
    left <= tokenLifetime
  );
}

/** Whether the counter solves the token: one hash of 1 MiB, on libuv's pool. @throws ProtocolError as `difficultyOf`. */
export function provesWork(token: Bytes, counter: bigint): Promise<boolean> {
  return holds(workHash, token, counter);
}

/** Argon2id of OpenSSL, so that the server needs no library of the agents. */
const workHash: WorkHash = async (message, salt) => {
  const hash = await promisify(argon2)('argon2id', {
    message,
    nonce: salt,
    passes: 1,
    memory: workMemoryKiB,
    parallelism: 1,
    tagLength: keyBytes,
  });
  return Uint8Array.from(hash);
};

function mac(key: Uint8Array, signed: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(signed).digest().subarray(0, tokenMacBytes);
}
