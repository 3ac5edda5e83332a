/**
 * Argon2id in WebAssembly, whose progress is counted rather than guessed: the library asks for a reference block before
 * each block it fills, and that question is where we count (docs/decisions/0040-argon2id-in-the-browser.md).
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
/** Blocks of 1 KiB between two reports: about 80 reports in 2 million blocks, one every 30 ms. */
const blocksPerReport = 1 << 15;
/** The first two blocks of a lane come from the seed and are not asked for. */
const seededBlocks = 2;

/** Compiles the module. @throws when WebAssembly is missing or forbidden. */
export async function loadArgon2id(): Promise<Argon2id> {
  let onBlock = (): void => {};
  const instantiate = async (bytes: Uint8Array<ArrayBuffer>, imports: WebAssembly.Imports) => {
    const { module, instance } = await WebAssembly.instantiate(bytes, imports);
    const { getLZ } = instance.exports;
    if (typeof getLZ !== 'function') throw new TypeError('argon2id has another shape');
    const counted = (...positions: readonly number[]): void => {
      onBlock();
      getLZ(...positions);
    };
    return { module, instance: { exports: { ...instance.exports, getLZ: counted } } };
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
