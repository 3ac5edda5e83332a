/**
 * The second factor (S3): time-based codes of RFC 6238 over HMAC-SHA-1, six digits, thirty seconds, as every authenticator
 * knows them. Only the server checks codes; an agent makes the secret and shows it to its owner.
 */
import { createHmac } from 'node:crypto';
import { utf8 } from '../bytes.ts';
import { equalSecrets } from './credential.ts';

/** Seconds a code is shown (RFC 6238 section 4.1). */
export const codeSeconds = 30;
export const codeDigits = 6;
/** One step before and one after: a clock that is wrong by half a minute, or a slow hand (RFC 6238 section 5.2). */
const stepsAround = [-1, 0, 1] as const;

/** The number of the step that a time is in. */
export function stepAt(seconds: number): number {
  return Math.floor(seconds / codeSeconds);
}

/** The code of a step: dynamic truncation of HMAC-SHA-1 (RFC 4226 section 5.3). */
export function codeAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** codeDigits).padStart(codeDigits, '0');
}

/**
 * The step whose code this is, among the present one and its neighbours, and later than the last that was used: a code works
 * once. All are compared, and each in constant time.
 *
 * @param after the last step used, -1 for none.
 * @returns null for a wrong code, an old one, and one that was used.
 */
export function stepOfCode(
  secret: Uint8Array,
  code: string,
  nowSeconds: number,
  after: number,
): number | null {
  const steps = stepsAround.map((around) => stepAt(nowSeconds) + around);
  const equal = steps.filter((step) => equalSecrets(utf8(codeAt(secret, step)), utf8(code)));
  return equal.find((step) => step > after) ?? null;
}
