/** Runs one vector anywhere: the same module in Node and in a browser's worker. Nothing here knows a file or a test. */
import { ProtocolError } from '@sotto/protocol/errors';
import type { Operation } from './agent-operations.ts';
import { Fields, toHex } from './fields.ts';
import type { Stage, Vector } from './vector.ts';
import { type Platform, ScriptedRandom, type Watched, watch } from './world.ts';

/** What came of a vector: `null` when it holds, else what was expected and what was seen. Vectors hold no secrets. */
export type Verdict = string | null;

export async function runVector(
  vector: Vector,
  operations: Readonly<Record<string, Operation>>,
  platform: Platform,
): Promise<Verdict> {
  const operation = operations[vector.operation];
  if (operation === undefined) return `there is no operation ${vector.operation}`;
  const { random: script, ...input } = vector.input;
  const random = new ScriptedRandom(new Fields({ script: script ?? [] }).bytesList('script'));
  const { library, watched } = watch(platform.createLibrary(random.draw));
  const fields = new Fields(input);
  try {
    const output = await operation(fields, { ...platform, library });
    if (vector.fails) return `should fail with ${vector.fails.code}, but gave ${written(output)}`;
    if (fields.unread.length > 0) return `the input's ${fields.unread.join(', ')} was not used`;
    if (random.left > 0) return `${random.left} random values were not drawn`;
    return same('output', written(output), written(vector.output));
  } catch (error) {
    if (!(error instanceof ProtocolError)) return String(error);
    if (!vector.fails) return `should not fail, but failed with ${error.code}`;
    const code = same('code', error.code, vector.fails.code);
    // The server's primitives are Node's own and are not watched.
    return code ?? (vector.door === 'server' ? null : same('stage', stageOf(watched), vector.fails.stage));
  }
}

function stageOf(watched: Watched): Stage {
  if (watched.refused > 0) return 'primitive';
  return watched.asked > 0 ? 'content' : 'form';
}

function same(what: string, seen: string, expected: string): Verdict {
  return seen === expected ? null : `${what} should be ${expected}, but is ${seen}`;
}

/** JSON with bytes in hexadecimal and the names of each object in order. */
function written(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (part instanceof Uint8Array) return toHex(part);
    if (typeof part === 'object' && part !== null && !Array.isArray(part))
      return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
    return part;
  });
}
