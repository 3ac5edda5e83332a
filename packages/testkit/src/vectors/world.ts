/** What an operation of a vector runs in: a library that is watched, a stretcher, and random bytes that were written down. */
import type { Bytes } from '@sotto/protocol/bytes';
import type { Stretcher } from '@sotto/protocol/credential';
import type { Library, RandomBytes } from '@sotto/protocol/library';
import type { WorkHash } from '@sotto/protocol/proof-of-work';

/** One way to run the agent's half: libsodium in Node, noble in Node or in a browser. */
export type Platform = {
  readonly createLibrary: (random: RandomBytes) => Library;
  readonly stretcher: Stretcher;
  readonly workHash: WorkHash;
};

export type World = {
  readonly library: Library;
  readonly stretcher: Stretcher;
  readonly workHash: WorkHash;
};

/** What the primitives did: how many were asked to open, verify or seal to something, and how many refused. */
export type Watched = { asked: number; refused: number };

/** Gives the bytes of a vector in their order, and nothing else. */
export class ScriptedRandom {
  readonly #script: Bytes[];

  constructor(script: readonly Bytes[]) {
    this.#script = [...script];
  }

  get left(): number {
    return this.#script.length;
  }

  readonly draw: RandomBytes = (length) => {
    const next = this.#script.shift();
    if (next?.length !== length) throw new TypeError(`the vector gives no ${length} random bytes here`);
    return Uint8Array.from(next);
  };
}

/** The library with its judging primitives counted, so that a refusal's stage is seen and not guessed. */
export function watch(library: Library): { library: Library; watched: Watched } {
  const watched: Watched = { asked: 0, refused: 0 };
  function judged<A extends readonly unknown[], R>(primitive: (...given: A) => R): (...given: A) => R {
    return (...given) => {
      watched.asked += 1;
      const result = primitive(...given);
      if (result === null || result === false) watched.refused += 1;
      return result;
    };
  }
  return {
    watched,
    library: {
      ...library,
      openSecretBox: judged(library.openSecretBox),
      openSealedBox: judged(library.openSealedBox),
      openAead: judged(library.openAead),
      sealedBox: judged(library.sealedBox),
      ed25519Verify: judged(library.ed25519Verify),
    },
  };
}
