/** Vectors of S12: the sizes of items and files, and padding that is not as it should be. */
import { pad } from './reference.ts';
import type { NamedVector } from './vector.ts';
import { flipped, gives, refuses } from './writing.ts';

/** Worked out by hand from S12: L, E = ⌊log₂ L⌋, unit = 2^(E − ⌊log₂ E⌋ − 1). */
const layouts: readonly [string, number, number, number, number][] = [
  ['empty', 0, 4096, 1, 4096],
  ['4096', 4096, 4096, 1, 4096],
  // E = 12, ⌊log₂ 12⌋ = 3, unit 256.
  ['4097', 4097, 4352, 1, 4352],
  // E = 18, unit 2^13.
  ['500000', 500_000, 507_904, 1, 507_904],
  // E = 19, unit 2^14.
  ['one-chunk', 524_288, 524_288, 1, 524_288],
  ['one-chunk-and-a-byte', 524_289, 540_672, 2, 16_384],
  // E = 25, unit 2^20.
  ['50-million', 50_000_000, 50_331_648, 96, 524_288],
  // E = 31, ⌊log₂ 31⌋ = 4, unit 2^26: here 32-bit operators would fold.
  ['above-2-gib', 2_147_483_649, 2_214_592_512, 4224, 524_288],
  // E = 32, ⌊log₂ 32⌋ = 5, unit 2^26.
  ['above-4-gib', 4_294_967_297, 4_362_076_160, 8320, 524_288],
];

export const paddingVectors: readonly NamedVector[] = [
  ...layouts.map(([name, fileSize, padded, chunks, lastChunk]) =>
    gives(
      `s12-file-${name}`,
      `a file of ${fileSize} bytes is padded to ${padded}`,
      'file-layout',
      { size: fileSize },
      { padded, chunks, lastChunk },
    ),
  ),
  refuses(
    's12-file-negative',
    'a negative size is refused',
    'file-layout',
    { size: -1 },
    'TOO_LARGE',
    'form',
  ),
  refuses(
    's12-file-broken',
    'a size that is no whole number is refused',
    'file-layout',
    { size: 4096.5 },
    'TOO_LARGE',
    'form',
  ),
  refuses(
    's12-file-absurd',
    'a size above 2^46 is refused',
    'file-layout',
    { size: 2 ** 46 + 1 },
    'TOO_LARGE',
    'form',
  ),
  ...(
    [
      [0, 256],
      [255, 256],
      [256, 1024],
      [1023, 1024],
      [1024, 4096],
      [4096, 16_384],
    ] as const
  ).map(([length, bucket]) =>
    gives(
      `s12-pad-${length}`,
      `${length} bytes fill ${bucket}`,
      'pad',
      { message: Buffer.alloc(length, 'a') },
      { padded: pad(Buffer.alloc(length, 'a'), bucket) },
    ),
  ),
  gives(
    's12-unpad-message-like-padding',
    'a message that ends like padding comes back whole',
    'unpad',
    { padded: pad(Buffer.of(0x80, 0, 0), 256) },
    { message: '800000' },
  ),
  refuses(
    's12-pad-too-long',
    '640 KiB do not fit beside their mark',
    'pad',
    { message: { repeat: '61', times: 655_360 } },
    'MESSAGE_TOO_LONG',
    'form',
  ),
  refuses(
    's12-unpad-without-mark',
    'zeros alone are no padding',
    'unpad',
    { padded: Buffer.alloc(256) },
    'BAD_PADDING',
    'form',
  ),
  refuses(
    's12-unpad-other-mark',
    'another mark is no padding',
    'unpad',
    { padded: flipped(pad(Buffer.alloc(3), 256), 3) },
    'BAD_PADDING',
    'form',
  ),
  refuses(
    's12-unpad-after-mark',
    'a byte after the mark that is not zero is refused',
    'unpad',
    { padded: flipped(pad(Buffer.alloc(3), 256), -1) },
    'BAD_PADDING',
    'form',
  ),
  refuses(
    's12-unpad-no-bucket',
    'a length that is no bucket is refused',
    'unpad',
    { padded: pad(Buffer.alloc(3), 255) },
    'BAD_PADDING',
    'form',
  ),
  refuses(
    's12-unpad-larger-bucket',
    'a larger bucket than needed is refused',
    'unpad',
    { padded: pad(Buffer.alloc(3), 1024) },
    'BAD_PADDING',
    'form',
  ),
  refuses(
    's12-unpad-above-largest',
    'more than 640 KiB is refused',
    'unpad',
    { padded: { repeat: '80', times: 720_896 } },
    'BAD_PADDING',
    'form',
  ),
  refuses(
    's12-unpad-nothing',
    'no bytes at all are no padded message',
    'unpad',
    { padded: '' },
    'BAD_PADDING',
    'form',
  ),
];
