/** Unpacks one LZ4 block (https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md), as Firefox writes its sessions. */

/** A match is four bytes at least, and its length is written without them. */
const shortestMatch = 4;
/** A length of fifteen in the token goes on in further bytes, as long as they are 255. */
const longLength = 15;
const goesOn = 255;

/** @param length of what is unpacked, in bytes. @throws Error for a block that is broken. */
export function uncompressLz4(block: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let to = 0;
  let from = 0;
  const next = (): number => {
    const byte = block[from];
    if (byte === undefined) throw new Error('the LZ4 block ends early');
    from += 1;
    return byte;
  };
  const whole = (short: number): number => {
    let sum = short;
    if (short === longLength) for (let byte = goesOn; byte === goesOn; sum += byte) byte = next();
    return sum;
  };
  while (from < block.length) {
    const token = next();
    for (let literals = whole(token >> 4); literals > 0; literals -= 1) out[to++] = next();
    if (from === block.length) break;
    const back = next() | (next() << 8);
    if (back === 0 || back > to) throw new Error('the LZ4 block points outside');
    for (let match = whole(token & 0x0f) + shortestMatch; match > 0; match -= 1) {
      out[to] = out[to - back] ?? 0;
      to += 1;
    }
  }
  if (to !== length) throw new Error(`the LZ4 block holds ${to} bytes, not ${length}`);
  return out;
}
