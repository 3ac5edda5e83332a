/**
 * Argon2id in WebAssembly, by the package argon2id. It asks its module which earlier block to mix in before each block it
 * fills, and that question is where we count, so that the progress is no guess, and where we spare it a search
 * (docs/decisions/0040-argon2id-in-the-browser.md).
 */
import withoutSimd from 'argon2id/dist/no-simd.wasm';
import withSimd from 'argon2id/dist/simd.wasm';
import setup from 'argon2id/lib/setup.js';

export type Argon2id = (cost: {
  readonly secret: Uint8Array;
  readonly salt: Uint8Array;
  readonly passes: number;
  readonly memoryKiB: number;
  /** Told every {@link blocksPerReport} blocks, from 0 to 1; 1 is only said when the last block is filled. */
  readonly onProgress?: (done: number) => void;
}) => Uint8Array<ArrayBuffer>;

const hashBytes = 32;
const blockBytes = 1024;
/** Blocks of 1 KiB between two reports: about 80 reports in 2 million blocks, one every 30 ms. */
const blocksPerReport = 1 << 15;
/** The first two blocks of a lane come from the seed and are not asked for. */
const seededBlocks = 2;

/** Compiles the module. @throws when WebAssembly is missing or forbidden. */
export async function loadArgon2id(): Promise<Argon2id> {
  let onBlock = (): void => {};
  const instantiate = async (bytes: Uint8Array<ArrayBuffer>, imports: WebAssembly.Imports) => {
    const { module, instance } = await WebAssembly.instantiate(bytes, imports);
    const exports = addressedByNumber(instance, memoryOf(imports), () => onBlock());
    return { module, instance: { exports } };
  };
  const compute = await setup(
    (imports) => instantiate(withSimd, imports),
    (imports) => instantiate(withoutSimd, imports),
  );
  return ({ secret, salt, passes, memoryKiB, onProgress }) => {
    const total = passes * memoryKiB - seededBlocks;
    let blocks = 0;
    onBlock = () => {
      blocks += 1;
      if (blocks % blocksPerReport === 0) onProgress?.(blocks / total);
    };
    const hash = compute({
      password: secret,
      salt,
      passes,
      memorySize: memoryKiB,
      parallelism: 1,
      tagLength: hashBytes,
    });
    onProgress?.(1);
    return Uint8Array.from(hash);
  };
}

/**
 * The module's functions, with earlier blocks addressed by number. The package keeps an object for each of 131 072 blocks
 * and follows one at random for each block it fills, which costs a fifth to a quarter of its time here. So it is
 * told that the earlier block is always the first one, whose object is at hand, and the true distance is added where that
 * address arrives. What is computed stays the same: the known answer in stretch.ts says so before each first use.
 */
function addressedByNumber(
  { exports }: WebAssembly.Instance,
  memory: WebAssembly.Memory | undefined,
  onBlock: () => void,
): WebAssembly.Exports {
  const { getLZ: earlierBlock, G: fill } = exports;
  if (memory === undefined || typeof earlierBlock !== 'function' || typeof fill !== 'function')
    throw new TypeError('argon2id has another shape');
  let words = new Uint32Array(memory.buffer);
  let distance = 0;
  return {
    ...exports,
    /** Writes the lane and then the number of the earlier block at the address `answer`. */
    getLZ(answer: number, ...position: readonly number[]): void {
      onBlock();
      earlierBlock(answer, ...position);
      // Memory that has grown leaves the view of before empty.
      if (words.length === 0) words = new Uint32Array(memory.buffer);
      const number = answer / words.BYTES_PER_ELEMENT + 1;
      distance = (words[number] ?? 0) * blockBytes;
      words[number] = 0;
    },
    G(previous: number, first: number, filled: number, scratch: number): void {
      fill(previous, first + distance, filled, scratch);
    },
  };
}

/** The memory that a module is given, under whatever name. */
function memoryOf(imports: WebAssembly.Imports): WebAssembly.Memory | undefined {
  return Object.values(imports)
    .flatMap((named) => Object.values(named))
    .find((thing) => thing instanceof WebAssembly.Memory);
}
