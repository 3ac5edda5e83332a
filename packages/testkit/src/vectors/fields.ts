/** The input of a vector, field by field: each is read as what it should be, and none may be left unread. */
import { type Bytes, parseUuid, type Uuid } from '@sotto/protocol/bytes';
import { isRecord } from './vector.ts';

export class Fields {
  readonly #record: Readonly<Record<string, unknown>>;
  readonly #unread: Set<string>;

  constructor(record: Readonly<Record<string, unknown>>) {
    this.#record = record;
    this.#unread = new Set(Object.keys(record));
  }

  /** Names of fields that nobody asked for. */
  get unread(): readonly string[] {
    return [...this.#unread];
  }

  any(name: string): unknown {
    if (!(name in this.#record)) throw new TypeError(`the input has no field ${name}`);
    this.#unread.delete(name);
    return this.#record[name];
  }

  text(name: string): string {
    const value = this.any(name);
    if (typeof value !== 'string') throw new TypeError(`${name} is no text`);
    return value;
  }

  number(name: string): number {
    const value = this.any(name);
    if (typeof value !== 'number') throw new TypeError(`${name} is no number`);
    return value;
  }

  bytes(name: string): Bytes {
    return bytesOf(this.any(name));
  }

  bytesList(name: string): readonly Bytes[] {
    const value = this.any(name);
    if (!Array.isArray(value)) throw new TypeError(`${name} is no list`);
    return value.map(bytesOf);
  }

  id(name: string): Uuid {
    return parseUuid(this.any(name));
  }

  idOrNobody(name: string): Uuid | null {
    const value = this.any(name);
    return value === null ? null : parseUuid(value);
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T {
    const value = this.text(name);
    const found = allowed.find((one) => one === value);
    if (found === undefined) throw new TypeError(`${name} is none of ${allowed.join(', ')}`);
    return found;
  }
}

/** Hexadecimal, or `{ "repeat": "61", "times": 9 }` for what would fill pages. */
function bytesOf(value: unknown): Bytes {
  if (isRecord(value) && typeof value['repeat'] === 'string' && typeof value['times'] === 'number')
    return fromHex(value['repeat'].repeat(value['times']));
  if (typeof value !== 'string') throw new TypeError('bytes are written in hexadecimal');
  return fromHex(value);
}

export function fromHex(text: string): Bytes {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new TypeError('not hexadecimal');
  return Uint8Array.from({ length: text.length / 2 }, (_, at) =>
    Number.parseInt(text.slice(at * 2, at * 2 + 2), 16),
  );
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
