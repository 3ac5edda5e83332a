/** Fields for a password hide what is typed until a person asks to see it, take it whole, and let it be pasted. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const source = join(import.meta.dirname, '../../src');
const files = globSync('**/*.ts', { cwd: source }).map((path) => ({
  path,
  text: readFileSync(join(source, path), 'utf8'),
}));
const forPassword = /<(?:input|sotto-text-field)\b[^>]*\b(?:id|fieldId)="[\w-]*(?:password|repeated)"[^>]*>/g;
const hidden = /type="password"|\[type\]="shown\(\) \? 'text' : 'password'"/;

test('every field for a password hides it', () => {
  const fields = files.flatMap(({ path, text }) =>
    [...text.matchAll(forPassword)].map(([tag]) => ({ path, tag })),
  );
  assert.ok(fields.length >= 4, `${fields.length} fields`);
  for (const { path, tag } of fields) {
    assert.match(tag, hidden, path);
    assert.doesNotMatch(tag, /maxlength/i, path);
  }
});

test('no field forbids to paste', () => {
  for (const { path, text } of files) assert.doesNotMatch(text, /['"(]paste['")]|onpaste/, path);
});
