/**
 * `npm test [suite…]`: runs everything, or the suites named. Each suite's time is printed, and the last line
 * is `N passed, N failed`. A skipped test counts as failed: what did not run was not shown.
 */
import { globSync } from 'node:fs';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { root, runOrExit } from './steps.ts';
import { installTestNeeds } from './test-needs.ts';

type Suite = {
  name: string;
  files: readonly string[];
  isolation: 'none' | 'process';
  needs: readonly string[];
};

/** In the order they run: the quickest to fail come first. `needs` are names of test-needs.ts, and `client`: a client that is built. */
const suites: readonly Suite[] = [
  {
    name: 'unit',
    files: ['packages/*/test/unit/**/*.test.ts', 'apps/*/test/unit/**/*.test.ts', 'tools/test/*.test.ts'],
    isolation: 'none',
    needs: [],
  },
  {
    name: 'vectors',
    files: ['packages/*/test/vectors/**/*.test.ts'],
    isolation: 'process',
    needs: ['browsers'],
  },
  {
    name: 'api',
    files: ['apps/server/test/api/**/*.test.ts'],
    isolation: 'process',
    needs: ['client', 'codes', 'mail'],
  },
  {
    name: 'scenarios',
    files: ['apps/server/test/scenarios/**/*.test.ts'],
    isolation: 'process',
    needs: ['client', 'mail'],
  },
  {
    name: 'browsers',
    files: ['apps/web/test/browsers/**/*.test.ts'],
    isolation: 'process',
    needs: ['browsers', 'client', 'codes', 'mail'],
  },
  {
    name: 'isolation',
    files: ['apps/isolation/test/live/**/*.test.ts'],
    isolation: 'process',
    needs: ['isolation'],
  },
];

const named = process.argv.slice(2);
const unknown = named.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(
    `sotto: error: no suite ${unknown.join(', ')}; there are ${suites.map((suite) => suite.name).join(', ')}`,
  );
  process.exit(2);
}
const chosen = suites.filter((suite) => named.length === 0 || named.includes(suite.name));
installTestNeeds(chosen.flatMap((suite) => suite.needs));
// Whoever starts a server serves the client with it.
if (chosen.some((suite) => suite.needs.includes('client'))) runOrExit('node', ['apps/web/build.ts']);

let passed = 0;
let failed = 0;
const times: string[] = [];
for (const suite of chosen) {
  const files = suite.files.flatMap((pattern) => globSync(pattern, { cwd: root })).sort();
  const started = performance.now();
  const result = await runFiles(files, suite);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  times.push(
    `${suite.name.padEnd(10)} ${seconds.padStart(7)} s  ${result.passed} passed, ${result.failed} failed`,
  );
  passed += result.passed;
  failed += result.failed;
}
console.log(`\n${times.join('\n')}\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);

async function runFiles(files: readonly string[], suite: Suite): Promise<{ passed: number; failed: number }> {
  console.log(`\n— ${suite.name}: ${files.length} files`);
  const count = { passed: 0, failed: 0 };
  if (files.length === 0) return count;
  const events = run({
    files: [...files],
    cwd: root,
    isolation: suite.isolation,
    concurrency: suite.isolation === 'none' ? undefined : 1,
  });
  events.on('test:pass', (test) => {
    if (test.details.type === 'suite') return;
    // A skip or a todo is no pass.
    if (test.skip === undefined && test.todo === undefined) count.passed += 1;
    else count.failed += 1;
  });
  events.on('test:fail', () => {
    count.failed += 1;
  });
  const output = events.compose(new spec());
  for await (const line of output) process.stdout.write(String(line));
  return count;
}
