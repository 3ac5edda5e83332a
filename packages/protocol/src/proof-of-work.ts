/** Proof of work (S9), the agent's half: a counter whose Argon2id hash begins with enough zero bits. */
import { type Bytes, concat } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import { saltBytes, tokenBytes, tokenRandomBytes, workCounterBytes, workDifficulty } from './sizes.ts';

/** Argon2id v1.3, 1 pass, 1 MiB, 1 lane, 32 bytes out. */
export type WorkHash = (message: Bytes, salt: Bytes) => Promise<Bytes>;
export const workMemoryKiB = 1024;

/**
 * How many zero bits the token asks for.
 *
 * @throws ProtocolError `WRONG_LENGTH`, and `TOO_LARGE` where a server asks for more than the protocol allows: it would keep
 * a person's machine at work without end.
 */
export function difficultyOf(token: Uint8Array): number {
  const difficulty = token.length === tokenBytes ? token[tokenRandomBytes] : undefined;
  if (difficulty === undefined) throw new ProtocolError('WRONG_LENGTH');
  if (difficulty > workDifficulty.most) throw new ProtocolError('TOO_LARGE');
  return difficulty;
}

/** Whether Argon2id(token ‖ counter, salt token[0..16]) begins with the token's difficulty in zero bits, highest first. */
export async function holds(hash: WorkHash, token: Bytes, counter: bigint): Promise<boolean> {
  const difficulty = difficultyOf(token);
  return leadingZeroBits(await hash(workProof(token, counter), token.slice(0, saltBytes))) >= difficulty;
}

/**
 * Looks for a counter that holds, from `first` in steps of `step`, so that several workers share one token.
 *
 * @param onTry told after each hash, for a progress bar; the expected number of tries is 2^difficulty.
 */
export async function solve(
  hash: WorkHash,
  token: Bytes,
  first = 0n,
  step = 1n,
  onTry: () => void = () => {},
): Promise<bigint> {
  for (let counter = first; ; counter += step) {
    if (await holds(hash, token, counter)) return counter;
    onTry();
  }
}

/**
 * How an agent finds a counter, in whatever it may run hashes in.
 *
 * @param onProgress a number from 0 to 1, see {@link chanceBy}.
 * @throws ProtocolError `TOO_LARGE` and `WRONG_LENGTH` as {@link difficultyOf}.
 */
export type WorkSolver = (token: Bytes, onProgress?: (done: number) => void) => Promise<bigint>;

/** The chance that a counter has held by so many tries: what a progress bar can honestly show of a search. */
export function chanceBy(tries: number, difficulty: number): number {
  return 1 - (1 - 2 ** -difficulty) ** tries;
}

/** A proof as it travels: token (32) ‖ counter (8). */
export function workProof(token: Bytes, counter: bigint): Bytes {
  const counted = new Uint8Array(workCounterBytes);
  new DataView(counted.buffer).setBigUint64(0, counter);
  return concat(token, counted);
}

/** Zero bits at the front, highest bit of each byte first. */
export function leadingZeroBits(bytes: Uint8Array): number {
  let bits = 0;
  for (const byte of bytes) {
    if (byte !== 0) return bits + Math.clz32(byte) - 24;
    bits += 8;
  }
  return bits;
}
