/** The spec in docs/protocol says what the code does: errors, sizes and labels are compared with it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Label } from '../../src/derive.ts';
import { protocolErrorSentences } from '../../src/errors.ts';
import { itemKinds } from '../../src/item.ts';
import * as sizes from '../../src/sizes.ts';

const root = join(import.meta.dirname, '../../../..');
const spec = readFileSync(join(root, 'docs/protocol/spec.md'), 'utf8');

/** The cells of a table's rows, under the heading it stands below. */
function tableUnder(heading: string): string[][] {
  const section = spec.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}

test('every error of the code is in the spec, with its sentence, and no other', () => {
  assert.deepEqual(Object.fromEntries(tableUnder('Errors')), protocolErrorSentences);
});

test('every size in the spec is the size in the code', () => {
  const rows = tableUnder('Sizes');
  assert.ok(rows.length > 5);
  const code: Readonly<Record<string, unknown>> = sizes;
  for (const [name = '', bytes] of rows) assert.equal(code[name], Number(bytes), name);
});

test('the labels of derivations in the spec are those the code knows', () => {
  const uses = ['password', 'receipt', 'recovery', 'activation'] as const;
  const labels: readonly Label[] = [
    ...uses.flatMap((use) => [`${use}/auth`, `${use}/wrap`] as const),
    'activation/sign',
    'identity/box',
    'identity/own',
    'item/',
    'chunk',
    'check',
  ];
  const written = tableUnder('Derivation').flatMap(
    ([cell]) => cell?.replace(' ‖ kind', '').split(', ') ?? [],
  );
  assert.deepEqual(written, labels);
});

test('every kind of item is in the spec, and no other', () => {
  const listed = /Kinds: ([^.]*)\./.exec(spec)?.[1] ?? '';
  assert.deepEqual(
    [...listed.matchAll(/`([^`]+)`/g)].map(([, kind]) => kind),
    [...itemKinds],
  );
});
