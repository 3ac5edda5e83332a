/**
 * Whether a library is older than docs/dependencies.md allows, asked of the npm registry on the day it is run. It is no test: its answer
 * changes without the code. Known holes are asked for as well; a registry that does not answer that is said, and nothing is concluded from it.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { root } from '../steps.ts';
import { daysToUpdate, judge, type Published, upperBound } from './overdue.ts';
import type { Proof } from './proof.ts';

const registry = 'https://registry.npmjs.org/';
/** A library that another one holds back, by that one's peer range. */
const heldBack: Readonly<Record<string, string>> = { typescript: '@angular/compiler-cli' };

const names = v.record(v.string(), v.string());
const manifest = v.object({
  dependencies: v.optional(names, {}),
  devDependencies: v.optional(names, {}),
  optionalDependencies: v.optional(names, {}),
});
const lock = v.object({ packages: v.record(v.string(), v.object({ version: v.optional(v.string()) })) });
const packument = v.object({
  time: names,
  versions: v.record(v.string(), v.object({ deprecated: v.optional(v.string()) })),
});
const advisories = v.record(
  v.string(),
  v.array(v.object({ title: v.string(), url: v.string(), vulnerable_versions: v.string() })),
);

export const dependenciesProof: Proof = {
  claim: `no library is in use more than ${daysToUpdate} days after a newer one came, or with a hole that the registry knows`,
  needsClient: false,
  async prove(say) {
    const wrong: string[] = [];
    let oldest = 0;
    const pinned = direct();
    for (const [name, version] of pinned) {
      const holder = heldBack[name];
      const below = holder === undefined ? undefined : upperBound(peerRange(holder, name));
      const verdict = judge(version, await publishedOf(name), Date.now(), below);
      if (verdict.kind === 'current') continue;
      if (verdict.kind === 'deprecated') {
        wrong.push(`${name} ${version}: its authors advise against it: ${verdict.words}`);
        continue;
      }
      oldest = Math.max(oldest, verdict.days);
      const line = `${name} ${version}: ${verdict.version} has been there for ${verdict.days} days`;
      say(line);
      if (verdict.kind === 'overdue') wrong.push(line);
    }
    const holes = await knownHoles();
    if (holes !== null) wrong.push(...holes);
    if (wrong.length > 0) throw new Error(`to be brought up to date, or taken out:\n  ${wrong.join('\n  ')}`);
    const held = Object.entries(heldBack).map(([name, holder]) => `${name} is held back by ${holder}`);
    const asked =
      holes === null ? 'KNOWN HOLES WERE NOT CHECKED: the registry does not answer that' : 'no known hole';
    return `${pinned.size} libraries, a newer one there for ${oldest} days at the most; ${held.join(', ')}; ${asked} (${registry})`;
  },
};

/** Each library that a manifest of the project names, with its version. */
function direct(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const file of ['package.json', ...globSync('{apps,packages}/*/package.json', { cwd: root })]) {
    const read = v.parse(manifest, readJson(file));
    for (const part of [read.dependencies, read.devDependencies, read.optionalDependencies])
      for (const [name, version] of Object.entries(part))
        if (!name.startsWith('@sotto/')) found.set(name, version);
  }
  return found;
}

function peerRange(holder: string, name: string): string {
  const peers = v.object({ peerDependencies: v.optional(names, {}) });
  return v.parse(peers, readJson(`node_modules/${holder}/package.json`)).peerDependencies[name] ?? '';
}

async function publishedOf(name: string): Promise<Published> {
  const response = await fetch(`${registry}${name.replace('/', '%2f')}`);
  if (!response.ok) throw new Error(`the registry answers ${response.status} for ${name}`);
  const { time, versions } = v.parse(packument, await response.json());
  const deprecated = Object.entries(versions).flatMap(([version, { deprecated: words }]) =>
    words === undefined ? [] : [[version, words] as const],
  );
  return { times: time, deprecated: Object.fromEntries(deprecated) };
}

/** @returns a line for each known hole in anything that is installed; null when the registry does not tell. */
async function knownHoles(): Promise<readonly string[] | null> {
  const installed: Record<string, string[]> = {};
  for (const [path, { version }] of Object.entries(v.parse(lock, readJson('package-lock.json')).packages)) {
    const name = path.split('node_modules/').at(-1) ?? '';
    if (version !== undefined && path.includes('node_modules/')) {
      installed[name] = [...(installed[name] ?? []), version];
    }
  }
  const response = await fetch(`${registry}-/npm/v1/security/advisories/bulk`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(installed),
  });
  if (!response.ok) return null;
  return Object.entries(v.parse(advisories, await response.json())).flatMap(([name, found]) =>
    found.map(({ title, url, vulnerable_versions: range }) => `${name} ${range}: ${title} (${url})`),
  );
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}
