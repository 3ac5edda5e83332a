/** Who asked for less motion gets none: whatever moves stands under the media query for those who did not (WCAG 2.2, 2.3.3). */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const styles = join(import.meta.dirname, '../../src/styles');
const moving = /^\s*(?:animation|transition|scroll-behavior)\b|^\s*@keyframes\b/;

/** Lines that move something although less motion was asked for. */
function movingLines(css: string): string[] {
  const open: string[] = [];
  const found: string[] = [];
  for (const line of css.replaceAll(/\/\*[\s\S]*?\*\//g, '').split('\n')) {
    const still = open.some((block) => block.includes('(prefers-reduced-motion: no-preference)'));
    if (moving.test(line) && !still) found.push(line.trim());
    if (line.includes('{')) open.push(line);
    if (line.includes('}')) open.pop();
  }
  return found;
}

test('nothing moves for people who asked for less motion', () => {
  const files = globSync('*.css', { cwd: styles });
  const all = files.map((file) => readFileSync(join(styles, file), 'utf8'));
  assert.match(all.join('\n'), /animation:/, 'there is something that moves');
  assert.deepEqual(all.flatMap(movingLines), []);
});

test('what moves without asking is found', () => {
  assert.deepEqual(
    movingLines(
      'a {\n  transition: rotate 1s;\n}\n@media (prefers-reduced-motion: no-preference) {\n  b {\n    animation: x 1s;\n  }\n}',
    ),
    ['transition: rotate 1s;'],
  );
});
