/** The pages in docs/security say nothing that is not there: each named test exists, and each quoted sentence is one that people see. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('every property names a test, and every test it names is there', () => {
  const [promised = ''] = read('docs/security/properties.md').split('\n## Not shown yet');
  const lines = promised.split('\n');
  const properties = lines.filter((line) => /^\d+\. /.test(line));
  const shown = lines.flatMap((line) => [...line.matchAll(/^ +- `([^`]+)` “([^”]+)”$/g)]);
  assert.deepEqual(
    properties.map((line) => Number.parseInt(line, 10)),
    properties.map((_, index) => index + 1),
  );
  for (const [at, line] of lines.entries())
    if (/^\d+\. /.test(line)) assert.match(lines[at + 1] ?? '', /^ +- `/, line);
  for (const line of lines.filter((one) => /^ +- /.test(one))) assert.match(line, /^ +- `[^`]+` “[^”]+”$/);
  for (const [, path = '', title = ''] of shown) assert.ok(read(path).includes(title), `${path}: ${title}`);
});

test('every sentence the threat model quotes is in the Client’s catalogue', () => {
  const catalogue = globSync('apps/web/src/words/*.ts', { cwd: root }).map(read).join('\n');
  const quoted = read('docs/security/threat-model.md')
    .split('\n')
    .filter((line) => line.startsWith('> '))
    .map((line) => line.slice(2));
  assert.ok(quoted.length >= 11);
  for (const sentence of quoted) assert.ok(catalogue.includes(sentence), sentence);
});

test('the threat model has a sentence for each of its threats', () => {
  const threats = read('docs/security/threat-model.md')
    .split(/^## (?=\d)/m)
    .slice(1);
  assert.equal(threats.length, 11);
  for (const threat of threats) {
    const [title = ''] = threat.split('\n');
    assert.match(threat, /\*\*Sotto does\.\*\*/, title);
    assert.match(threat, /\*\*Sotto cannot/, title);
    assert.match(threat, /^> /m, title);
  }
});

test('each direct dependency has its line and its reason', () => {
  const [, ...tables] = read('docs/dependencies.md').split('\n| package');
  const lines = tables.join('').split('\n');
  const packages = globSync(
    ['package.json', '{packages,apps}/*/package.json', 'tools/lighthouse/package.json'],
    {
      cwd: root,
    },
  );
  const direct = packages.flatMap((path) => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read(path));
    return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  });
  const foreign = new Set(direct.filter((name) => !name.startsWith('@sotto/')));
  assert.ok(foreign.size > 25);
  for (const name of foreign)
    assert.ok(
      lines.some((line) => line.split('|')[1]?.includes(`\`${name}\``)),
      name,
    );
});
