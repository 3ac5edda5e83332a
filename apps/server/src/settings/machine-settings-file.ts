/** `settings.toml` under the home: read at each start, and written at the first, with every setting in it as a comment. */
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import * as v from 'valibot';
import { type MachineSettings, settingsOf, settingsSchema } from './machine-settings.ts';

/** Under the home. */
export const settingsFile = 'settings.toml';

/** More than any settings need; a larger file is not one. */
const largestText = 64 * 1024;

/** What a new home says. Each line that begins with # is the usual value (a test compares). */
export const writtenAtFirst = `# Settings of this Sotto. A line that begins with # says what is usual; take the # away to
# change it, and start the server again. Wrong values are refused at the start.
# Explained in docs/operations/running.md.

[files]
# The largest file, from "1 MiB" to "64 GiB".
#largest_file = "1 GiB"
# All files of one report together: not less than the largest file, up to "16 TiB".
#largest_report = "4 GiB"

[disk]
# No new file is taken while less than this is free, or less than this share of the disk.
#reserve = "2 GiB"
#reserve_percent = 10
`;

/** Why the settings were refused, with what to do. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/**
 * The settings of a home; a home without the file, or one that is not made yet, gets it and is as usual.
 *
 * @throws SettingsError naming the first setting that is wrong, and what it should be.
 */
export async function readSettings(homePath: string): Promise<MachineSettings> {
  const path = join(homePath, settingsFile);
  const text = await readFile(path, 'utf8').catch(absent);
  if (text !== undefined) return parseSettings(text);
  await mkdir(homePath, { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(writtenAtFirst);
    await file.sync();
  } finally {
    await file.close();
  }
  return parseSettings(writtenAtFirst);
}

/** The same for a text. */
export function parseSettings(text: string): MachineSettings {
  if (text.length > largestText)
    throw wrong(`is longer than ${largestText} characters`, 'it should be short');
  const checked = v.safeParse(settingsSchema, toml(text));
  if (checked.success) return settingsOf(checked.output);
  const [issue] = checked.issues;
  const place = v.getDotPath(issue) ?? 'the file';
  // An unknown name is most often a known one misspelt.
  const unknown = issue.type === 'strict_object' && issue.expected === 'never';
  if (unknown) throw wrong(`has no setting ${place}`, `the settings are ${knownSettings.join(', ')}`);
  throw wrong(`${place} ${issue.message}`, 'correct it and start again; without the line it is as usual');
}

const knownSettings: readonly string[] = Object.entries(settingsSchema.entries).flatMap(
  ([table, { wrapped }]) => Object.keys(wrapped.entries).map((name) => `${table}.${name}`),
);

function toml(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '';
    throw wrong(`is not TOML: ${reason}`, 'correct it and start again');
  }
}

function wrong(message: string, hint: string): SettingsError {
  return new SettingsError(`${settingsFile}: ${message}`, hint);
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
