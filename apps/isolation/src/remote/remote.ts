/**
 * The engine `remote`: physical isolation. On the machine where it runs, `up` writes a folder for each machine; there, the
 * folder's own `half up` does the rest, and needs nothing of this program.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison, Engine } from '../engine/engine.ts';
import { IsolationError } from '../errors.ts';
import type { Layout } from '../plan/layout.ts';
import { halvesOf } from './halves.ts';

/** Where the folders are written; each goes to its machine as /etc/sotto/half. */
export function halvesFolder({ state }: Pick<Layout, 'state'>): string {
  return join(state, 'halves');
}

export const remote: Engine = {
  name: 'remote',
  plan: ({ layout }) =>
    halvesOf(layout.configuration).map(({ name, files }) => ({
      name,
      why: `goes to its machine as /etc/sotto/half; there: half up`,
      text: files.map(({ path, content }) => `# ${name}/${path}\n${content.replace(/\n$/, '')}\n`).join('\n'),
    })),
  up: async ({ layout }, progress) => {
    const folder = halvesFolder(layout);
    rmSync(folder, { recursive: true, force: true });
    for (const { name, files } of halvesOf(layout.configuration)) {
      const started = performance.now();
      progress(name, undefined);
      mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
      for (const { path, mode, content } of files) {
        writeFileSync(join(folder, name, path), content);
        chmodSync(join(folder, name, path), mode);
      }
      progress(name, performance.now() - started);
    }
    return `written to ${folder}`;
  },
  down: async (layout) => rmSync(halvesFolder(layout), { recursive: true, force: true }),
  status: async ({ layout }) => {
    if (!existsSync(halvesFolder(layout))) return { verdict: 'down', rows: [] };
    const rows = comparisons(layout).map(({ list, expected, found }) => {
      const ok = expected.join('\n') === found.join('\n');
      return { thing: list, state: ok ? 'as the configuration says' : 'differs: run `up` again', ok };
    });
    return { verdict: rows.every(({ ok }) => ok) ? 'written' : 'finding', rows };
  },
  snapshot: () => {
    throw noStates();
  },
  rollback: () => {
    throw noStates();
  },
  audit: async ({ layout }) => comparisons(layout),
};

/** Every file of every half, line by line. */
function comparisons(layout: Layout): readonly Comparison[] {
  const folder = halvesFolder(layout);
  return halvesOf(layout.configuration).flatMap(({ name, files }) => {
    const there = existsSync(join(folder, name)) ? readdirSync(join(folder, name)).sort() : [];
    return [
      { list: `files of ${name}`, expected: files.map(({ path }) => path).sort(), found: there },
      ...files
        .filter(({ path }) => there.includes(path))
        .map(({ path, content }) => ({
          list: `${name}/${path}`,
          expected: content.split('\n'),
          found: readFileSync(join(folder, name, path), 'utf8').split('\n'),
        })),
    ];
  });
}

function noStates(): IsolationError {
  return new IsolationError(
    'REFUSED',
    'a Workstation on a machine of its own has no layers here',
    'Keep copies of that machine’s disk, and go back to one of them.',
  );
}
