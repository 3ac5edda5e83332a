/** Keys, ids, links, receipts and codes are drawn from the randomness of the system or the browser, and from nothing else. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../../../..');
const code = (patterns: string[]) =>
  globSync(patterns, { cwd: root }).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

const sources = /\b(?:getRandomValues|randomBytes|randomFillSync|randomInt|randomUUID)\(/;

test('nothing of the product draws from a generator that can be foreseen', () => {
  const product = code(['packages/{protocol,contract,client}/src/**/*.ts', 'apps/*/src/**/*.ts']);
  assert.ok(product.length > 300);
  for (const { path, text } of product) assert.doesNotMatch(text, /Math\s*\.\s*random|seedrandom/, path);
  assert.ok(product.filter(({ text }) => sources.test(text)).length > 10, 'what they draw from is found');
});

test('what makes keys draws nothing itself: the worker it runs in hands it the browser’s randomness', () => {
  for (const { path, text } of code(['packages/{protocol,contract,client}/src/**/*.ts']))
    assert.doesNotMatch(text, sources, path);
  const [environment] = code(['apps/web/src/workers/browser-environment.ts']);
  assert.match(
    environment?.text ?? '',
    /createNobleLibrary\(\(length\) => crypto\.getRandomValues\(new Uint8Array\(length\)\)\)/,
  );
});
