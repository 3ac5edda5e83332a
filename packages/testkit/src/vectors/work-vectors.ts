/** Vectors of S9, the agent's half: a counter that holds, one that does not, and tokens that are not worked for. */
import { draw, workHash } from './reference.ts';
import type { NamedVector } from './vector.ts';
import { gives, refuses } from './writing.ts';

/** A token as the server makes it (S9), but for its MAC, which no agent can check. */
const token = Buffer.concat([
  draw('token', 11),
  Buffer.of(8),
  Buffer.from('6b49d23c', 'hex'),
  draw('token mac', 16),
]);
const counter = firstCounter();
const unsolved = [0n, 1n, 2n].find((one) => !solves(one)) ?? 3n;

export const workVectors: readonly NamedVector[] = [
  gives(
    's09-work-holds',
    'a counter whose hash begins with eight zero bits holds',
    'work',
    { token, counter: String(counter) },
    { holds: true },
  ),
  gives(
    's09-work-does-not-hold',
    'another counter does not hold',
    'work',
    { token, counter: String(unsolved) },
    { holds: false },
  ),
  refuses(
    's09-work-too-hard',
    'a token that asks for more than 11 bits is not worked for',
    'work',
    { token: Buffer.concat([token.subarray(0, 11), Buffer.of(12), token.subarray(12)]), counter: '0' },
    'TOO_LARGE',
    'form',
  ),
  refuses(
    's09-work-short-token',
    'a token of 31 bytes is refused',
    'work',
    { token: token.subarray(1), counter: '0' },
    'WRONG_LENGTH',
    'form',
  ),
];

function solves(value: bigint): boolean {
  return workHash(token, value)[0] === 0;
}

function firstCounter(): bigint {
  let value = 0n;
  while (!solves(value)) value += 1n;
  return value;
}

/** For the server's half, which checks the same work. */
export const solvedWork = { token, counter: String(counter), unsolved: String(unsolved) };
