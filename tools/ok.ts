/**
 * `npm run ok`: the quick check before every commit. Types, lint and format, arrows between rooms, paths named
 * in docs, unit tests; each step's time is printed and the first failure does not hide the others.
 */
import { run, summary } from './steps.ts';

run('types', 'tsc', ['-p', '.']);
run('types of the pages', 'ngc', ['-p', 'apps/web/tsconfig.json', '--noEmit']);
run('types of the workers', 'tsc', ['-p', 'apps/web/tsconfig.workers.json']);
run("types of the client's tests", 'tsc', ['-p', 'apps/web/tsconfig.tests.json']);
run('lint and format', 'biome', ['check', '--error-on-warnings', '.']);
run('arrows', 'depcruise', [
  '--config',
  '.dependency-cruiser.json',
  'packages',
  'apps/server',
  'apps/isolation',
  'apps/web/src',
]);
run('house style', 'node', ['tools/check-style.ts']);
run('paths named in docs', 'node', ['tools/check-docs.ts']);
run('unit tests', 'node', ['tools/test.ts', 'unit']);
summary();
