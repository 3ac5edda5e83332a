/**
 * `npm run prove [proof…]`: the proofs that take minutes, all or those named. Each is a module of tools/proofs; the last line is
 * `N proved, N failed`.
 */
import { coreDumpProof } from './proofs/core-dump.ts';
import { dependenciesProof } from './proofs/dependencies.ts';
import { enumerationProof } from './proofs/enumeration.ts';
import { isolationProof } from './proofs/isolation.ts';
import { killRoundsProof } from './proofs/kill-rounds.ts';
import type { Proof } from './proofs/proof.ts';
import { runOrExit } from './steps.ts';

const proofs: Readonly<Record<string, Proof>> = {
  'core-dump': coreDumpProof,
  dependencies: dependenciesProof,
  enumeration: enumerationProof,
  'kill-rounds': killRoundsProof,
  isolation: isolationProof,
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !Object.hasOwn(proofs, name));
if (unknown.length > 0) {
  console.error(`sotto: error: no proof ${unknown.join(', ')}; there are ${Object.keys(proofs).join(', ')}`);
  process.exit(2);
}
const chosen = Object.entries(proofs).filter(([name]) => named.length === 0 || named.includes(name));
if (chosen.some(([, proof]) => proof.needsClient)) runOrExit('node', ['apps/web/build.ts']);

let failed = 0;
for (const [name, proof] of chosen) {
  console.log(`\n— ${name}: ${proof.claim}`);
  const started = performance.now();
  try {
    const seen = await proof.prove((line) => console.log(`  ${line}`));
    console.log(`proved ${name} (${secondsSince(started)} s): ${seen}`);
  } catch (error) {
    failed += 1;
    console.error(`FAILED ${name} (${secondsSince(started)} s)`, error);
  }
}
console.log(`\n${chosen.length - failed} proved, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

function secondsSince(started: number): string {
  return ((performance.now() - started) / 1000).toFixed(1);
}
