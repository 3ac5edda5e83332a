/** Fails when a Markdown file of the project names a path that is not there. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './steps.ts';

const rooms = /^(?:packages|apps|docs|tools|deploy|\.ci)\//;
const files = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .stdout.split('\n')
  .filter(Boolean);
let missing = 0;

for (const file of files) {
  const text = readFileSync(join(root, file), 'utf8');
  for (const [, link] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
    if (link === undefined || /^[a-z]+:/.test(link)) continue;
    report(file, link, join(root, dirname(file), link));
  }
  for (const [, code] of text.matchAll(/`([^`\s]+)`/g)) {
    if (code === undefined || !rooms.test(code) || /[*…<>{}]/.test(code)) continue;
    report(file, code, join(root, code));
  }
}
process.exit(missing > 0 ? 1 : 0);

function report(file: string, named: string, path: string): void {
  if (existsSync(path)) return;
  console.error(`${file}: names ${named}, which is not there`);
  missing += 1;
}
