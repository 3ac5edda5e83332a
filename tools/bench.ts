/**
 * `npm run bench [-- --quick] [measure…]`: measures what the product must reach, each beside the bare limit or the peer of
 * the same work in the same run, and writes docs/benchmarks.md. A timing decides nothing here: no test reads one.
 *
 * `--quick` measures less and writes nothing. One module a measure, all in tools/bench/.
 */
import { join } from 'node:path';
import { argon2idInTheBrowser } from './bench/argon2id.ts';
import { coldStart } from './bench/cold-start.ts';
import { filingRate } from './bench/filing-rate.ts';
import { firstVisit } from './bench/first-visit.ts';
import { isolation } from './bench/isolation.ts';
import { lighthouse } from './bench/lighthouse.ts';
import { listPage } from './bench/list-page.ts';
import { machine } from './bench/machine.ts';
import type { Measure } from './bench/measure.ts';
import { putSection, section } from './bench/sections.ts';
import { serverCpu } from './bench/server-cpu.ts';
import { signInRate } from './bench/sign-in-rate.ts';
import { transfer } from './bench/transfer.ts';
import { root, runOrExit } from './steps.ts';
import { installTestNeeds } from './test-needs.ts';

const measures: readonly Measure[] = [
  firstVisit,
  lighthouse,
  serverCpu,
  signInRate,
  filingRate,
  listPage,
  transfer,
  coldStart,
  argon2idInTheBrowser,
  isolation,
];
const page = join(root, 'docs/benchmarks.md');

const quick = process.argv.includes('--quick');
const named = process.argv.slice(2).filter((argument) => argument !== '--quick');
const unknown = named.filter((name) => !measures.some((measure) => measure.name === name));
if (unknown.length > 0) {
  console.error(
    `sotto: error: no measure ${unknown.join(', ')}; there are ${measures.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}
const chosen = measures.filter(({ name }) => named.length === 0 || named.includes(name));
installTestNeeds(chosen.flatMap(({ needs }) => needs ?? ['browsers']));
if (chosen.some(({ needs }) => needs === undefined)) runOrExit('node', ['apps/web/build.ts']);
for (const measure of chosen) {
  const surroundings = await machine();
  const started = performance.now();
  const result = await measure.run({ quick });
  const text = section(measure, result, surroundings);
  console.log(`${text}\n${measure.name}: ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  if (!quick) await putSection(page, measures, measure.name, text);
}
if (!quick) runOrExit('biome', ['check', '--write', page]);
