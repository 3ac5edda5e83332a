/** What a browser keeps of its visits: every file of its profile, as it lies there and unpacked where it is packed. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { BrowserName } from './browsers.ts';
import type { ByteSearch } from './byte-search.ts';
import { type Sighting, sightings } from './canaries.ts';
import { uncompressLz4 } from './lz4.ts';

/** Firefox packs its sessions and some settings so: this, the length in four bytes, one LZ4 block. */
const mozLz4 = Buffer.from('mozLz40\0', 'latin1');
const mozLz4Header = mozLz4.length + 4;

/** Looks through all files of a profile and through their names. The browser may still be running. */
export async function sightingsInProfile(search: ByteSearch, profile: string): Promise<Sighting[]> {
  const found: Sighting[] = [];
  for (const { place, path } of await filesOf(profile)) {
    found.push(...sightings(search, `name of ${place}`, Buffer.from(place)));
    for (const { how, bytes } of unpacked(await contentOf(path))) {
      found.push(...sightings(search, `${place}${how}`, bytes));
    }
  }
  return found.sort();
}

/** Addresses of an origin in the browser's history. */
export function historyOf(browser: BrowserName, profile: string, origin: string): string[] {
  const [file, sql] =
    browser === 'chromium'
      ? ['Default/History', 'SELECT url FROM urls']
      : ['places.sqlite', 'SELECT url FROM moz_places'];
  const database = new DatabaseSync(join(profile, file), { readOnly: true });
  try {
    const urls = database.prepare(sql).all();
    return urls.map(({ url }) => String(url)).filter((url) => url.startsWith(origin));
  } finally {
    database.close();
  }
}

/** Names of a host's cookies, and of the folders and files that are kept for it alone: databases, storage. */
export async function keptFor(browser: BrowserName, profile: string, host: string): Promise<string[]> {
  const [file, sql] =
    browser === 'chromium'
      ? ['Default/Cookies', 'SELECT name FROM cookies WHERE host_key = ?']
      : ['cookies.sqlite', 'SELECT name FROM moz_cookies WHERE host = ?'];
  const database = new DatabaseSync(join(profile, file), { readOnly: true });
  try {
    const cookies = database.prepare(sql).all(host);
    const files = (await filesOf(profile)).map(({ place }) => place);
    return [...cookies.map(({ name }) => `cookie ${name}`), ...files.filter((place) => place.includes(host))];
  } finally {
    database.close();
  }
}

async function filesOf(folder: string): Promise<{ place: string; path: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, place: path.slice(folder.length + 1) }));
}

/** A browser that runs takes files away between two steps of ours. */
async function contentOf(path: string): Promise<Buffer> {
  return await readFile(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
}

function unpacked(bytes: Buffer): { how: string; bytes: Uint8Array }[] {
  const found: { how: string; bytes: Uint8Array }[] = [{ how: '', bytes }];
  if (bytes.subarray(0, mozLz4.length).equals(mozLz4)) {
    const length = bytes.readUInt32LE(mozLz4.length);
    found.push({ how: ', unpacked', bytes: uncompressLz4(bytes.subarray(mozLz4Header), length) });
  }
  // The entries of a cache begin with what was received, packed as the server sent it.
  for (const unpack of [gunzipSync, brotliDecompressSync]) {
    try {
      found.push({ how: ', unpacked', bytes: unpack(bytes) });
    } catch {
      // It was packed in another way, or not at all.
    }
  }
  return found;
}
