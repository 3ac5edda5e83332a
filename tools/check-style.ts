/**
 * The rules of the house that no linter has: a file says what it is in its first lines, stays small, and gives a reason
 * for each `as`. Generated files and declarations are left alone.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './steps.ts';

/** Lines at which a file has two reasons to change. */
const linesMax = 400;

const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts'], {
  cwd: root,
  encoding: 'utf8',
});
const findings = listed.stdout
  .split('\n')
  .filter((file) => file !== '' && !file.endsWith('.d.ts'))
  .flatMap((file) => findingsIn(file, readFileSync(join(root, file), 'utf8')));

for (const finding of findings) console.error(finding);
process.exit(findings.length > 0 ? 1 : 0);

function findingsIn(file: string, text: string): string[] {
  const lines = text.split('\n');
  const found: string[] = [];
  if (!/^(?:#!.*\n)?\/\*\*/.test(text))
    found.push(`${file}:1: the file does not say what it is (a docstring comes first)`);
  if (lines.length > linesMax)
    found.push(`${file}:${linesMax}: more than ${linesMax} lines; split it at the seam`);
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  visit(source);
  return found;

  function visit(node: ts.Node): void {
    if (ts.isAsExpression(node) && !ts.isConstTypeReference(node.type)) {
      const line = source.getLineAndCharacterOfPosition(node.type.getStart()).line;
      const first = source.getLineAndCharacterOfPosition(node.getStart()).line;
      if (!hasComment(lines, first, line))
        found.push(`${file}:${line + 1}: an \`as\` without a reason beside or above it`);
    }
    ts.forEachChild(node, visit);
  }
}

/** A comment on one of the expression's lines, or on the line above it. */
function hasComment(lines: readonly string[], first: number, last: number): boolean {
  return lines.slice(Math.max(0, first - 1), last + 1).some((line) => /\/\/|\*\/|^\s*\*/.test(line));
}
