/** Reads the vectors from their files, in Node. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NamedVector, readVector } from './vector.ts';

export const vectorsFolder: string = join(import.meta.dirname, '../../../protocol/test/vectors');

export function storedVectors(): readonly NamedVector[] {
  return readdirSync(vectorsFolder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) =>
      readVector(file.slice(0, -'.json'.length), JSON.parse(readFileSync(join(vectorsFolder, file), 'utf8'))),
    );
}
