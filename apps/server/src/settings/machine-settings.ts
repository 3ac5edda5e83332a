/**
 * The settings of a server: what an operator may choose, each with its bounds and its usual value. They stand in
 * `settings.toml` under the home (settings/machine-settings-file.ts); what is not said there is as usual.
 */
import * as v from 'valibot';
import type { Limits } from '../backend.ts';
import type { DiskReserve } from '../blobs/attachments.ts';

/** What a server takes from its settings. */
export type MachineSettings = { readonly limits: Limits; readonly reserve: DiskReserve };

const units = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 } as const;
const sizeForm = /^(\d{1,6}(?:\.\d{1,3})?) ?(KiB|MiB|GiB|TiB)$/;

/** A size as text, `"1 GiB"`, between two others; in bytes once read. */
function size(least: string, most: string, usual: string) {
  const between = (bytes: number) => bytes >= bytesOf(least) && bytes <= bytesOf(most);
  const expected = `must be a size from "${least}" to "${most}", as "${usual}" is`;
  return v.optional(
    v.pipe(
      v.string(expected),
      v.check((text) => sizeForm.test(text), expected),
      v.transform(bytesOf),
      v.check(between, expected),
    ),
    usual,
  );
}

/** In bytes, rounded down. The text has the form of a size. */
function bytesOf(text: string): number {
  const [, amount = '', unit = ''] = sizeForm.exec(text) ?? [];
  return Math.floor(Number(amount) * (Object.entries(units).find(([name]) => name === unit)?.[1] ?? 0));
}

const percentExpected = 'must be a whole number from 0 to 90';

/**
 * The file as it is read. A file of 64 GiB has 131 072 chunks: what is missing of it is still told in one answer. A reserve
 * below 64 MiB would let attachments take the room that the database needs for a single group of filings.
 */
export const settingsSchema = v.strictObject({
  files: v.optional(
    v.pipe(
      v.strictObject({
        largest_file: size('1 MiB', '64 GiB', '1 GiB'),
        largest_report: size('1 MiB', '16 TiB', '4 GiB'),
      }),
      v.forward(
        v.check(
          ({ largest_file, largest_report }) => largest_report >= largest_file,
          'must not be smaller than files.largest_file',
        ),
        ['largest_report'],
      ),
    ),
    {},
  ),
  disk: v.optional(
    v.strictObject({
      reserve: size('64 MiB', '16 TiB', '2 GiB'),
      reserve_percent: v.optional(
        v.pipe(
          v.number(percentExpected),
          v.integer(percentExpected),
          v.minValue(0, percentExpected),
          v.maxValue(90, percentExpected),
        ),
        10,
      ),
    }),
    {},
  ),
});

/** What the checked file says, in the server's own terms. */
export function settingsOf({ files, disk }: v.InferOutput<typeof settingsSchema>): MachineSettings {
  return {
    limits: { file: files.largest_file, report: files.largest_report },
    reserve: { bytes: disk.reserve, fraction: disk.reserve_percent / 100 },
  };
}

/** Where nothing is set. */
export const usualMachine: MachineSettings = settingsOf(v.parse(settingsSchema, {}));
