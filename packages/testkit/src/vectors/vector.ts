/** One test vector as it lies in its file: one claim, one input, and what comes out or where it must fail (docs/protocol/vectors.md). */
import type { ProtocolErrorCode } from '@sotto/protocol/errors';

/**
 * How far an input gets before it is refused: by its form, before any key was tried; by the primitive, whose tag, signature
 * or public key does not hold; or by its content, once it is open.
 */
export type Stage = 'form' | 'primitive' | 'content';

export type Refusal = { readonly code: ProtocolErrorCode; readonly stage: Stage };

export type Vector = {
  /** A sentence that is true when the vector holds. */
  readonly claim: string;
  /** The step of the spec, e.g. `S6`, or the name of its section. */
  readonly step: string;
  /** `agent` runs wherever an agent does; `server` is the half without secret keys, in Node alone. */
  readonly door: 'agent' | 'server';
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly output?: Readonly<Record<string, unknown>>;
  readonly fails?: Refusal;
};

/** A vector and the name of its file, without `.json`. */
export type NamedVector = { readonly name: string; readonly vector: Vector };

const fields = new Set(['claim', 'step', 'door', 'operation', 'input', 'output', 'fails']);

/** Reads a vector's JSON. @throws TypeError naming what is wrong, when it is not one claim with one outcome. */
export function readVector(name: string, value: unknown): NamedVector {
  if (!isRecord(value)) throw new TypeError(`${name}: no object`);
  const { claim, step, door, operation, input, output, fails } = value;
  const foreign = Object.keys(value).filter((key) => !fields.has(key));
  if (foreign.length > 0) throw new TypeError(`${name}: unknown field ${foreign.join(', ')}`);
  if (typeof claim !== 'string' || typeof step !== 'string' || typeof operation !== 'string')
    throw new TypeError(`${name}: claim, step and operation are texts`);
  if (door !== 'agent' && door !== 'server') throw new TypeError(`${name}: no door ${String(door)}`);
  if (!isRecord(input)) throw new TypeError(`${name}: no input`);
  const named = { claim, step, door, operation, input } as const;
  if (isRecord(output) && fails === undefined) return { name, vector: { ...named, output } };
  if (isRefusal(fails) && output === undefined) return { name, vector: { ...named, fails } };
  throw new TypeError(`${name}: either an output or a failure`);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRefusal(value: unknown): value is Refusal {
  return (
    isRecord(value) &&
    typeof value['code'] === 'string' &&
    typeof value['stage'] === 'string' &&
    ['form', 'primitive', 'content'].includes(value['stage'])
  );
}
