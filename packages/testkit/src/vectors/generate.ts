/**
 * Writes the test vectors: `node packages/testkit/src/vectors/generate.ts`. With `--check` it writes nothing, and fails unless
 * the files are exactly what it would write. The same at every run: all its randomness follows from names.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditVectors } from './audit-vectors.ts';
import { carrierVectors } from './carrier-vectors.ts';
import { credentialVectors } from './credential-vectors.ts';
import { draftVectors } from './draft-vectors.ts';
import { enrolmentVectors } from './enrolment-vectors.ts';
import { envelopeVectors } from './envelope-vectors.ts';
import { fileVectors } from './file-vectors.ts';
import { grantVectors } from './grant-vectors.ts';
import { itemVectors } from './item-vectors.ts';
import { paddingVectors } from './padding-vectors.ts';
import { directoryVectors, serverVectors } from './server-vectors.ts';
import { vectorsFolder as folder } from './stored-vectors.ts';
import type { NamedVector } from './vector.ts';
import { workVectors } from './work-vectors.ts';

/** File name to content, in order. @throws Error when two vectors have one name. */
function vectorFiles(vectors: readonly NamedVector[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { name, vector } of vectors) {
    const file = `${name}.json`;
    if (files.has(file)) throw new Error(`two vectors are called ${name}`);
    files.set(file, `${JSON.stringify(vector, null, 2)}\n`);
  }
  return files;
}

const wanted = vectorFiles([
  ...envelopeVectors,
  ...carrierVectors,
  ...credentialVectors,
  ...draftVectors,
  ...workVectors,
  ...enrolmentVectors,
  ...itemVectors,
  ...fileVectors,
  ...paddingVectors,
  ...grantVectors,
  ...directoryVectors,
  ...serverVectors,
  ...auditVectors,
]);
const present = readdirSync(folder).filter((file) => file.endsWith('.json'));

if (process.argv.includes('--check')) {
  const names = [...new Set([...wanted.keys(), ...present])].sort();
  const wrong = names.filter(
    (file) => !present.includes(file) || readFileSync(join(folder, file), 'utf8') !== wanted.get(file),
  );
  for (const file of wrong) process.stderr.write(`${file} is not what the generator makes\n`);
  if (wrong.length > 0) process.exitCode = 1;
  else process.stdout.write(`${names.length} vectors are what the generator makes\n`);
} else {
  for (const file of present.filter((one) => !wanted.has(one))) rmSync(join(folder, file));
  for (const [file, content] of wanted) writeFileSync(join(folder, file), content);
  process.stdout.write(`${wanted.size} vectors written\n`);
}
