/** What a program is made of: every module it reaches by its imports, and what it takes from outside the project. */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../../..');

export type Reach = {
  /** Files of the project, from its root. */
  readonly files: ReadonlySet<string>;
  /** Names taken from outside, as `module#name`; `module#*` where the whole of it is taken. */
  readonly taken: ReadonlySet<string>;
};

/** Follows the imports that remain at run time: types are erased and bring no code. */
export function reachOf(...entries: readonly string[]): Reach {
  const files = new Set<string>();
  const taken = new Set<string>();
  const waiting = [...entries];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const { module, names } of importsOf(file)) {
      const inside = resolve(file, module);
      if (inside === null) for (const name of names) taken.add(`${module}#${name}`);
      else waiting.push(inside);
    }
  }
  return { files, taken };
}

/** What one file itself takes from outside the project. */
export function takenBy(file: string): ReadonlySet<string> {
  const outside = importsOf(file).filter(({ module }) => resolve(file, module) === null);
  return new Set(outside.flatMap(({ module, names }) => names.map((name) => `${module}#${name}`)));
}

function importsOf(file: string): { module: string; names: readonly string[] }[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: { module: string; names: readonly string[] }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const names = namesOf(node.importClause);
      if (names !== null) found.push({ module: node.moduleSpecifier.text, names });
    }
    if (
      ts.isExportDeclaration(node) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier) &&
      !node.isTypeOnly
    ) {
      found.push({ module: node.moduleSpecifier.text, names: ['*'] });
    }
    const dynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
    const [argument] = dynamic ? node.arguments : [];
    if (argument) {
      // An address made at run time could be anything: it is reported as such.
      found.push({ module: ts.isStringLiteral(argument) ? argument.text : '(computed)', names: ['*'] });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** @returns null for an import of types alone. */
function namesOf(clause: ts.ImportClause | undefined): readonly string[] | null {
  if (clause === undefined) return ['*'];
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return null;
  const bindings = clause.namedBindings;
  if (bindings === undefined || !ts.isNamedImports(bindings)) return ['*'];
  const names = bindings.elements
    .filter((element) => !element.isTypeOnly)
    .map(({ propertyName, name }) => (propertyName ?? name).text);
  return clause.name ? [...names, '*'] : names.length > 0 || bindings.elements.length === 0 ? names : null;
}

function resolve(from: string, module: string): string | null {
  if (module.startsWith('.')) return relative(root, join(root, dirname(from), module));
  const own = /^@sotto\/([a-z]+)\/(.+)$/.exec(module);
  return own === null ? null : `packages/${own[1]}/src/${own[2]}.ts`;
}
