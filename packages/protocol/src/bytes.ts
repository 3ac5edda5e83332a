/** Bytes and the few ways this protocol writes them: big-endian integers, base64url and base32 without padding, UUIDs (spec, Bytes). */
import { ProtocolError } from './errors.ts';

/** Bytes that own their memory, so that they may cross a worker's edge or a fetch. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A UUIDv4 in its canonical form: lower case, with hyphens. */
export type Uuid = string & { readonly __uuid: unique symbol };

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Compares without telling by time where two values of one length differ. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0);
  return difference === 0;
}

export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/** @throws ProtocolError `MALFORMED` when the bytes are not UTF-8; nothing is replaced silently. */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ProtocolError('MALFORMED');
  }
}

/** JSON in UTF-8. @throws ProtocolError `MALFORMED` for what JSON cannot say (undefined, a function): sealed, it would never open. */
export function toJson(value: unknown): Bytes {
  // why: its declared type leaves undefined out
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new ProtocolError('MALFORMED');
  return utf8(text);
}

/** @returns what the JSON says, unknown until a parser has read it. @throws ProtocolError `MALFORMED` for anything but JSON in UTF-8. */
export function fromJson(bytes: Uint8Array): unknown {
  const text = fromUtf8(bytes);
  try {
    return JSON.parse(text);
  } catch {
    throw new ProtocolError('MALFORMED');
  }
}

/** Four bytes, big-endian. @throws ProtocolError `MALFORMED` outside 0 … 2³² − 1. */
export function uint32(value: number): Bytes {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff) throw new ProtocolError('MALFORMED');
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** @throws ProtocolError `WRONG_LENGTH` when the four bytes are not all there. */
export function readUint32(bytes: Uint8Array, at: number): number {
  if (at < 0 || at + 4 > bytes.length) throw new ProtocolError('WRONG_LENGTH');
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);
}

const base64urlAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** RFC 4648 §6. */
const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 §5 without padding. */
export function toBase64url(bytes: Uint8Array): string {
  return toBase(bytes, base64urlAlphabet, 6);
}

/** @throws ProtocolError `MALFORMED` for another alphabet, padding, an impossible length or bits left over that are not zero. */
export function fromBase64url(text: string): Bytes {
  return fromBase(text, base64urlAlphabet, 6);
}

/** RFC 4648 §6 without padding, upper case. */
export function toBase32(bytes: Uint8Array): string {
  return toBase(bytes, base32Alphabet, 5);
}

/** @throws ProtocolError `MALFORMED`, as {@link fromBase64url}. */
export function fromBase32(text: string): Bytes {
  return fromBase(text, base32Alphabet, 5);
}

function toBase(bytes: Uint8Array, alphabet: string, bitsPerCharacter: number): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= bitsPerCharacter) {
      bits -= bitsPerCharacter;
      text += alphabet[held >> bits];
      held &= (1 << bits) - 1;
    }
  }
  return bits > 0 ? text + alphabet[held << (bitsPerCharacter - bits)] : text;
}

function fromBase(text: string, alphabet: string, bitsPerCharacter: number): Bytes {
  const bytes = new Uint8Array(Math.floor((text.length * bitsPerCharacter) / 8));
  let at = 0;
  let bits = 0;
  let held = 0;
  for (const character of text) {
    const value = alphabet.indexOf(character);
    if (value < 0) throw new ProtocolError('MALFORMED');
    held = (held << bitsPerCharacter) | value;
    bits += bitsPerCharacter;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = held >> bits;
      at += 1;
      held &= (1 << bits) - 1;
    }
  }
  // One text for one value: left-over bits must be zero and fewer than a character holds.
  if (held !== 0 || bits >= bitsPerCharacter) throw new ProtocolError('MALFORMED');
  return bytes;
}

export function isUuid(value: unknown): value is Uuid {
  return typeof value === 'string' && uuidPattern.test(value);
}

/** @throws ProtocolError `MALFORMED` for anything but a canonical UUIDv4. */
export function parseUuid(value: unknown): Uuid {
  if (!isUuid(value)) throw new ProtocolError('MALFORMED');
  return value;
}

/** Makes a UUIDv4 of 16 random bytes (RFC 9562 §5.4). */
export function uuidFromRandom(random: Uint8Array): Uuid {
  const bytes = Uint8Array.from(random);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return uuidFromBytes(bytes);
}

/** @throws ProtocolError `WRONG_LENGTH` or `MALFORMED` when the 16 bytes are no UUIDv4. */
export function uuidFromBytes(bytes: Uint8Array): Uuid {
  if (bytes.length !== 16) throw new ProtocolError('WRONG_LENGTH');
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return parseUuid(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
}

/** The 16 bytes of an id; sixteen zeros stand for "nobody" and "nothing". */
export function uuidBytes(id: Uuid | null): Bytes {
  if (id === null) return new Uint8Array(16);
  return Uint8Array.from(id.replaceAll('-', '').match(/../g) ?? [], (hex) => Number.parseInt(hex, 16));
}
