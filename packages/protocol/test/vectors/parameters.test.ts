/**
 * Argon2id runs at 16 passes, 128 MiB and one lane wherever it runs (S1), and nothing lowers that. That each implementation
 * computes it so is shown by the S1 vectors; here, that there is no other implementation and no knob.
 */
import assert from 'node:assert/strict';
import { argon2Sync } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { stretchLanes, stretchMemoryKiB, stretchPasses } from '../../src/credential.ts';
import { workMemoryKiB } from '../../src/proof-of-work.ts';
import { sodiumStretcher } from '../../src/stretcher-sodium.ts';

const root = join(import.meta.dirname, '../../../..');
/** Comments say a lot about Argon2id; what counts is code. */
const code = (file: string) =>
  readFileSync(join(root, file), 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '');
const product = globSync(['packages/{protocol,contract,client}/src/**/*.ts', 'apps/*/src/**/*.ts'], {
  cwd: root,
})
  .filter((file) => !file.endsWith('.d.ts'))
  .sort();

test('the spec says 16 passes, 128 MiB and one lane, and so does the code', () => {
  assert.deepEqual(
    { stretchPasses, stretchMemoryKiB, stretchLanes },
    { stretchPasses: 16, stretchMemoryKiB: 128 * 1024, stretchLanes: 1 },
  );
});

test('Argon2id is called in three files of the product, each run by the S1 or S9 vectors', () => {
  const callers = product.filter((file) =>
    /crypto_pwhash_async\(|\bargon2(?:Sync|id)?\)?\(/.test(code(file)),
  );
  assert.deepEqual(callers, [
    'apps/web/src/workers/stretch.ts',
    'packages/protocol/src/server/token.ts',
    'packages/protocol/src/stretcher-sodium.ts',
  ]);
});

test('the stretch worker has two memory sizes, those of the spec, and takes none from outside', () => {
  const source = code('apps/web/src/workers/stretch.ts');
  const sizes = [...source.matchAll(/const memoryKiB = \{ stretch: ([\d_]+), work: ([\d_]+) \} as const/g)];
  assert.deepEqual(
    sizes.map(([, stretch, work]) => [stretch, work].map((size) => Number(size?.replaceAll('_', '')))),
    [[stretchMemoryKiB, workMemoryKiB]],
  );
  assert.match(source, /memoryKiB: memoryKiB\[use\]/);
  assert.doesNotMatch(code('apps/web/src/workers/stretch-messages.ts'), /memory\w*:/i);
  assert.match(code('apps/web/src/workers/argon2id.ts'), /parallelism: 1,/);
});

test('no file that stretches reads an environment, an argument, an address or a setting', () => {
  const stretching = product.filter((file) =>
    /argon2|pwhash|stretchCredential|stretchPasses/.test(code(file)),
  );
  assert.ok(stretching.length >= 5);
  for (const file of stretching)
    assert.doesNotMatch(
      code(file),
      /\bprocess\.|\benv\b|\bargv\b|\blocation\b|localStorage|import\.meta\.env/,
      file,
    );
});

test('one pass less, or a MiB less, gives another key: the S1 vectors would not hold', async () => {
  const secret = Uint8Array.from(Buffer.from('0123456789012345'));
  const salt = new Uint8Array(16).fill(7);
  const hash = await sodiumStretcher.stretch(secret, salt, stretchPasses);
  const openSsl = (passes: number, memory: number) =>
    argon2Sync('argon2id', { message: secret, nonce: salt, passes, memory, parallelism: 1, tagLength: 32 });
  assert.deepEqual(Buffer.from(hash), openSsl(stretchPasses, stretchMemoryKiB));
  assert.notDeepEqual(Buffer.from(hash), openSsl(stretchPasses - 1, stretchMemoryKiB));
  assert.notDeepEqual(Buffer.from(hash), openSsl(stretchPasses, stretchMemoryKiB - 1024));
});
