/** The vectors' files are what the generator makes from its second writing of the spec. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const generator = join(import.meta.dirname, '../../../testkit/src/vectors/generate.ts');

test('every vector file is what the generator makes, and there is no other', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [generator, '--check'], {
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
  assert.equal(status, 0);
  assert.match(stdout, /^\d{3} vectors are what the generator makes\n$/);
});
