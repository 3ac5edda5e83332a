/** What a tree of files is, line by line, and whether it is still that: the signed manifest of an image or a layer. */
import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readSigned, writeSigned } from '../signed-file.ts';

/** Path below the root → type, mode, owner and content (SHA-256, link target or device). */
export type Manifest = ReadonlyMap<string, string>;

/** Measures a tree. Times are left out: reading an image must not change it. */
export async function manifestOf(root: string): Promise<Manifest> {
  const entries: [string, string][] = [];
  const pending = [''];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const name of readdirSync(join(root, folder)).sort()) {
      const path = join(folder, name);
      const full = join(root, path);
      const stat = lstatSync(full);
      const who = `${(stat.mode & 0o7777).toString(8)} ${stat.uid} ${stat.gid}`;
      if (stat.isDirectory()) {
        entries.push([path, `folder ${who}`]);
        pending.push(path);
      } else if (stat.isFile()) entries.push([path, `file ${who} ${await digest(full)}`]);
      else if (stat.isSymbolicLink()) entries.push([path, `link ${who} ${readlinkSync(full)}`]);
      // A layer's removed files are devices 0:0.
      else entries.push([path, `special ${who} ${stat.rdev}`]);
    }
  }
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Paths that are new, gone or different, each with the word for it. */
export function compareManifests(expected: Manifest, now: Manifest): readonly string[] {
  const changed: string[] = [];
  for (const [path, entry] of expected) {
    const there = now.get(path);
    if (there === undefined) changed.push(`gone ${path}`);
    else if (there !== entry) changed.push(`differs ${path}`);
  }
  for (const path of now.keys()) if (!expected.has(path)) changed.push(`new ${path}`);
  return changed.sort();
}

/** Writes the manifest, signed under the key in `keyPath`. */
export function writeManifest(path: string, manifest: Manifest, keyPath: string): void {
  const text = `${[...manifest].map((entry) => JSON.stringify(entry)).join('\n')}\n`;
  writeSigned(path, text, keyPath);
}

/** Reads a manifest back; undefined when it is missing, or not what was signed. */
export function readManifest(path: string, keyPath: string): Manifest | undefined {
  const text = readSigned(path, keyPath);
  if (text === undefined) return undefined;
  const lines = text.trimEnd().split('\n').filter(Boolean);
  // why: its signature is ours, so it is what writeManifest wrote.
  return new Map(lines.map((line) => JSON.parse(line) as [string, string]));
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
