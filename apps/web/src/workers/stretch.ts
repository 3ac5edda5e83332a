/**
 * The stretch worker: runs Argon2id and nothing else (S1, S9). Alone served with 'wasm-unsafe-eval', and with nothing it
 * could connect to. Without WebAssembly, without memory or with a wrong result it says so and hashes nothing. Its first
 * message brings the line over which it is asked (stretch-messages.ts).
 */
import { loadArgon2id } from './argon2id.ts';
import type { StretchAnswer, StretchFailure, StretchRequest } from './stretch-messages.ts';

/** 128 MiB (S1) and 1 MiB (S9); no setting changes them. */
const memoryKiB = { stretch: 131_072, work: 1024 } as const;

/**
 * A known answer, made by libsodium and by OpenSSL: two passes over 1 MiB go through every kind of block. A library that
 * computes something else must never make a credential.
 */
const knownAnswer = {
  secret: new TextEncoder().encode('sotto stretch check'),
  salt: new Uint8Array(16).fill(0x5a),
  passes: 2,
  memoryKiB: 1024,
  hash: '17daee2046d138feafea9006e8b961c230bb50b75d5603123ca8798f750d158a',
} as const;

const ready = load();

addEventListener('message', ({ ports: [line] }) => {
  if (line === undefined) return;
  const say: Say = (message) => line.postMessage(message);
  line.onmessage = ({ data }: MessageEvent<StretchRequest>) => void answer(data, say);
  say({ kind: 'ready' });
});

type Say = (message: StretchAnswer) => void;

async function answer({ use, secret, salt, passes }: StretchRequest, say: Say): Promise<void> {
  const argon2id = await ready;
  if (typeof argon2id === 'string') return say({ kind: 'failure', code: argon2id });
  try {
    const hash = argon2id({
      secret,
      salt,
      passes,
      memoryKiB: memoryKiB[use],
      ...(use === 'stretch' ? { onProgress: (done: number) => say({ kind: 'progress', done }) } : {}),
    });
    secret.fill(0);
    say({ kind: 'hash', hash });
  } catch (error) {
    // memory.grow and typed arrays answer with RangeError when there is no room.
    say({ kind: 'failure', code: error instanceof RangeError ? 'STRETCH_NO_MEMORY' : 'STRETCH_FAILED' });
  }
}

async function load(): Promise<Awaited<ReturnType<typeof loadArgon2id>> | StretchFailure> {
  if (typeof WebAssembly !== 'object') return 'STRETCH_NO_WEBASSEMBLY';
  try {
    const argon2id = await loadArgon2id();
    return hex(argon2id(knownAnswer)) === knownAnswer.hash ? argon2id : 'STRETCH_WRONG_RESULT';
  } catch (error) {
    return error instanceof RangeError ? 'STRETCH_NO_MEMORY' : 'STRETCH_NO_WEBASSEMBLY';
  }
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
