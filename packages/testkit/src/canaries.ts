/**
 * Canaries: words that stand nowhere else, put where only the people of a report may read, and then looked for everywhere
 * a server could have let them fall, in every form that a program is likely to give them.
 */
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ByteSearch, makeByteSearch, type Needle } from './byte-search.ts';

/** What is planted, and what a report of the search calls it. */
export type Canary = { readonly name: string; readonly text: string };
/** Where a canary was found, in which form: `place: name as form`. */
export type Sighting = string;

export const forms = [
  'utf-8',
  'latin-1',
  'utf-16le',
  'utf-16be',
  'base64 at 0',
  'base64 at 1',
  'base64 at 2',
  'hex, lower case',
  'hex, upper case',
  'json-escaped',
  'json, all escaped',
  'percent-encoded',
] as const;
export type Form = (typeof forms)[number];

/**
 * A new canary. Its heart is letters alone, and around it stand what escaping changes: a quote, a letter of Latin-1, a
 * character of three bytes.
 */
export function makeCanary(name: string): Canary {
  const heart = randomBytes(18)
    .toString('base64')
    .replaceAll(/[^A-Za-z]/g, 'k');
  return { name, text: `“${heart}ß" ☃` };
}

/** The bytes of a text in one form; `null` where the form cannot say it, or says it as UTF-8 does. */
export function inForm(text: string, form: Form): Uint8Array | null {
  const utf8 = Buffer.from(text, 'utf8');
  switch (form) {
    case 'utf-8':
      return utf8;
    case 'latin-1':
      return /^[\0-\xff]*$/.test(text) ? Buffer.from(text, 'latin1') : null;
    case 'utf-16le':
      return Buffer.from(text, 'utf16le');
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16();
    case 'base64 at 0':
    case 'base64 at 1':
    case 'base64 at 2':
      return Buffer.from(base64At(utf8, Number(form.at(-1))));
    case 'hex, lower case':
      return Buffer.from(utf8.toString('hex'));
    case 'hex, upper case':
      return Buffer.from(utf8.toString('hex').toUpperCase());
    case 'json-escaped':
      return Buffer.from(JSON.stringify(text).slice(1, -1));
    case 'json, all escaped':
      return Buffer.from([...utf16(text)].map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join(''));
    case 'percent-encoded':
      return Buffer.from(encodeURIComponent(text));
  }
}

/** A search for all canaries, whole and by the longest run of letters and digits in them, in all forms. */
export function makeCanarySearch(canaries: readonly Canary[]): ByteSearch {
  const needles = canaries.flatMap(({ name, text }) =>
    [...new Set([text, heartOf(text)])].flatMap((part) =>
      forms.flatMap((form) => needlesOf(name, part, form)),
    ),
  );
  return makeByteSearch(needles);
}

/** Where the canaries are in these bytes; each form of each is told once. */
export function sightings(search: ByteSearch, place: string, bytes: Uint8Array): Sighting[] {
  return [...new Set(search(bytes).map(({ name }) => `${place}: ${name}`))].sort();
}

/** Looks through every file under a folder, and through their names. */
export async function sightingsInFolder(search: ByteSearch, folder: string): Promise<Sighting[]> {
  const found: Sighting[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const place = path.slice(folder.length + 1);
    found.push(...sightings(search, `name of ${place}`, Buffer.from(entry.name)));
    if (entry.isFile()) found.push(...sightings(search, place, await readFile(path)));
  }
  return found;
}

/** Both alphabets of base64, where they differ. */
function needlesOf(name: string, text: string, form: Form): Needle[] {
  const bytes = inForm(text, form);
  if (bytes === null) return [];
  const needle = { name: `${name} as ${form}`, bytes };
  if (!form.startsWith('base64')) return [needle];
  const url = Buffer.from(Buffer.from(bytes).toString().replaceAll('+', '-').replaceAll('/', '_'));
  return url.equals(bytes) ? [needle] : [needle, { ...needle, bytes: url }];
}

/** What base64 shows of bytes that begin at `offset` of a group of three: the characters that only they decide. */
function base64At(bytes: Buffer, offset: number): string {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return whole.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}

function heartOf(text: string): string {
  const runs = text.match(/[A-Za-z0-9]+/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  // A short word would be found where nobody put it.
  return longest.length >= 12 ? longest : text;
}

function* utf16(text: string): Generator<number> {
  for (let at = 0; at < text.length; at += 1) yield text.charCodeAt(at);
}
