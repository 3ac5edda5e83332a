/** How the generator writes a vector: the name of its file tells the step, and bytes become hexadecimal. */
import type { ProtocolErrorCode } from '@sotto/protocol/errors';
import type { NamedVector, Stage, Vector } from './vector.ts';

/** Bytes, or what JSON can say. */
type Given = Readonly<Record<string, unknown>>;

/** A vector of what comes out. `name` begins with the step, e.g. `s06-`. */
export function gives(
  name: string,
  claim: string,
  operation: string,
  input: Given,
  output: Given,
): NamedVector {
  return { name, vector: { ...head(name, claim, operation), input: inHex(input), output: inHex(output) } };
}

/** A vector of what is refused, with which code, and how far it gets. */
export function refuses(
  name: string,
  claim: string,
  operation: string,
  input: Given,
  code: ProtocolErrorCode,
  stage: Stage,
): NamedVector {
  return { name, vector: { ...head(name, claim, operation), input: inHex(input), fails: { code, stage } } };
}

/** The same vectors for the half without secret keys. */
export function forServer(vectors: readonly NamedVector[]): NamedVector[] {
  return vectors.map(({ name, vector }) => ({ name, vector: { ...vector, door: 'server' } }));
}

function head(
  name: string,
  claim: string,
  operation: string,
): Pick<Vector, 'claim' | 'step' | 'door' | 'operation'> {
  const [, number] = /^s(\d\d)-/.exec(name) ?? [];
  const step = number === undefined ? (name.split('-')[0] ?? '') : `S${Number(number)}`;
  return { claim, step, door: 'agent', operation };
}

function inHex(record: Given): Record<string, unknown> {
  // why: a replacer that keeps every field turns an object into an object
  return JSON.parse(
    JSON.stringify(record, (_, value: unknown) => {
      // A Buffer has been through its own toJSON by now.
      if (isBufferJson(value)) return Buffer.from(value.data).toString('hex');
      return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
    }),
  ) as Record<string, unknown>;
}

function isBufferJson(value: unknown): value is { type: 'Buffer'; data: number[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'Buffer' &&
    'data' in value
  );
}

/** A copy with one bit of one byte changed; counted from the end when negative. */
export function flipped(bytes: Uint8Array, at: number): Buffer {
  const changed = Buffer.from(bytes);
  const index = at < 0 ? changed.length + at : at;
  changed[index] = (changed[index] ?? 0) ^ 1;
  return changed;
}

/** A copy with another first byte. */
export function withFirst(first: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(first), bytes.subarray(1)]);
}
